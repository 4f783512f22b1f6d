import { z } from 'zod'
import type { SenderDiagnosis } from '../../../../shared/contract/senders.ts'
import { diagnoseApi, type Finding, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import type { HttpAnswer, HttpOutcome } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'
import { sesBase, sesError } from './ses-request.ts'

const Account = z.object({
  SendingEnabled: z.boolean().optional(),
  ProductionAccessEnabled: z.boolean().optional(),
  SendQuota: z.object({ Max24HourSend: z.number(), MaxSendRate: z.number(), SentLast24Hours: z.number() }).optional(),
})
const Identity = z.object({ VerifiedForSendingStatus: z.boolean() })

/** Tries an account of Amazon SES: GetAccount for the login, GetEmailIdentity for the sender. */
export function diagnoseSes(
  settings: SettingsOf<'ses'>,
  ask: (path: string) => Promise<HttpOutcome>,
): Promise<SenderDiagnosis> {
  const base = new URL(sesBase(settings))
  const domain = settings.fromAddress.slice(settings.fromAddress.lastIndexOf('@') + 1)
  const identity = (name: string): Promise<HttpOutcome> => ask(`/v2/email/identities/${encodeURIComponent(name)}`)
  return diagnoseApi({
    host: base.hostname,
    isEncrypted: base.protocol === 'https:',
    login: { ask: () => ask('/v2/email/account'), read: answer => account(answer, settings.region) },
    sender: {
      async ask() {
        const whole = await identity(domain)
        // A single address may be verified without its domain.
        const isKnown = whole.kind === 'answered' && readJson(whole, Identity)?.VerifiedForSendingStatus === true
        return isKnown ? whole : identity(settings.fromAddress)
      },
      read: answer => sender(answer, domain, settings.region),
    },
  })
}

function account(answer: HttpAnswer, region: string): Finding {
  const { code, message } = sesError(answer)
  if (answer.status !== 200) return refused(code, message, answer)
  const said = readJson(answer, Account)
  if (said === null) return unexpectedAnswer(answer, 'not an answer of Amazon SES')
  if (said.SendingEnabled === false) {
    const remedy = 'Open Amazon SES › Account dashboard: AWS has paused sending for this account and says there why.'
    return { ok: false, detail: `Sending is switched off in ${region}`, remedy }
  }
  const quota = said.SendQuota
  const limits = quota ? `: ${quota.MaxSendRate} a second, ${quota.Max24HourSend} in 24 hours` : ''
  const sandbox =
    said.ProductionAccessEnabled === false
      ? '. The account is in the sandbox: it sends to verified addresses only. Ask AWS for production access.'
      : ''
  return { ok: true, detail: `Signed in${limits}${sandbox}` }
}

function refused(code: string, message: string, answer: HttpAnswer): Finding {
  const detail = `Amazon SES answered ${answer.status} ${code}`
  if (code === 'AccessDeniedException') {
    const remedy =
      'In IAM, give this user the permissions ses:SendRawEmail, ses:SendEmail, ses:GetAccount, ses:GetEmailIdentity and ses:ListSuppressedDestinations.'
    return { ok: false, detail, remedy }
  }
  if (/expired|not yet current/i.test(message) || code === 'RequestExpired') {
    return { ok: false, detail, remedy: 'Set the clock of this machine right: the signature carries the time.' }
  }
  if (answer.status === 401 || answer.status === 403 || answer.status === 400) {
    const remedy =
      'Check the access key id and the secret access key: IAM › Users › Security credentials. The SMTP password of SES is another one.'
    return { ok: false, detail, remedy }
  }
  return unexpectedAnswer(answer, message)
}

function sender(answer: HttpAnswer, domain: string, region: string): Finding {
  if (answer.status === 200 && readJson(answer, Identity)?.VerifiedForSendingStatus === true) {
    return { ok: true, detail: `${domain} may send in ${region}` }
  }
  const { code, message } = sesError(answer)
  if (code === 'AccessDeniedException') return refused(code, message, answer)
  if (answer.status === 200 || answer.status === 404) {
    const remedy = `In Amazon SES, region ${region}, open Identities, add ${domain} and put the records it shows into the DNS.`
    return { ok: false, detail: `${domain} is not verified in ${region}`, remedy }
  }
  return unexpectedAnswer(answer, message)
}
