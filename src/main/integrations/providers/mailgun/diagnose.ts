import { z } from 'zod'
import type { SenderDiagnosis } from '../../../../shared/contract/senders.ts'
import { diagnoseApi, type Finding, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import type { HttpAnswer, HttpOutcome } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'
import { mailgunBase, mailgunMessage } from './mailgun-request.ts'

const Domain = z.object({
  domain: z.object({ name: z.string(), state: z.string(), is_disabled: z.boolean().optional() }),
})

/** Tries a Mailgun account by asking for its domain. */
export function diagnoseMailgun(
  settings: SettingsOf<'mailgun'>,
  ask: (path: string) => Promise<HttpOutcome>,
): Promise<SenderDiagnosis> {
  const base = new URL(mailgunBase(settings))
  const path = `/v3/domains/${encodeURIComponent(settings.domain)}`
  return diagnoseApi({
    host: base.hostname,
    isEncrypted: base.protocol === 'https:',
    login: { ask: () => ask(path), read: login },
    sender: { ask: () => ask(path), read: answer => sender(answer, settings) },
  })
}

function login(answer: HttpAnswer): Finding {
  if (answer.status === 401 || answer.status === 403) {
    const remedy =
      'Copy the key again: Mailgun › Account settings › API security. Choose the region in which the domain was made. A sending key of one domain may send, but cannot be tried here.'
    return { ok: false, detail: `Mailgun does not accept this key (${answer.status})`, remedy }
  }
  // An unknown domain is a matter of the next step.
  return answer.status === 200 || answer.status === 404
    ? { ok: true, detail: 'Signed in' }
    : unexpectedAnswer(answer, mailgunMessage(answer))
}

function sender(answer: HttpAnswer, { domain, region }: SettingsOf<'mailgun'>): Finding {
  if (answer.status === 404) {
    const remedy = `Check how the domain is written, and the region: Mailgun › Send › Sending › Domains shows both.`
    return { ok: false, detail: `${domain} is not a domain of this account in the region ${region}`, remedy }
  }
  const known = answer.status === 200 ? readJson(answer, Domain)?.domain : undefined
  if (known === undefined) return unexpectedAnswer(answer, mailgunMessage(answer))
  if (known.is_disabled === true || known.state === 'disabled') {
    return { ok: false, detail: `${domain} is switched off`, remedy: 'Mailgun › Domains says why; ask their support.' }
  }
  if (known.state !== 'active') {
    const remedy = `Put the records that Mailgun › Domains › ${domain} › DNS records shows into the DNS, then press Verify there.`
    return { ok: false, detail: `${domain} is not verified`, remedy }
  }
  return { ok: true, detail: `${domain} may send` }
}
