import { z } from 'zod'
import type { SenderDiagnosis } from '../../../../shared/contract/senders.ts'
import { diagnoseApi, type Finding, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import type { HttpAnswer, HttpOutcome } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'
import { sendgridErrors } from './sendgrid-answer.ts'
import { sendgridBase } from './sendgrid-request.ts'

const Scopes = z.object({ scopes: z.array(z.string()) })
const Domains = z.array(z.object({ domain: z.string(), valid: z.boolean() }))
const Senders = z.object({ results: z.array(z.object({ from_email: z.string(), verified: z.boolean() })) })

const KEYS = 'SendGrid › Settings › API Keys'

/** Tries a SendGrid account: the scopes of its key for the login, its domains and single senders for the sender. */
export function diagnoseSendgrid(
  settings: SettingsOf<'sendgrid'>,
  ask: (path: string) => Promise<HttpOutcome>,
): Promise<SenderDiagnosis> {
  const base = new URL(sendgridBase(settings))
  const address = settings.fromAddress.toLowerCase()
  const domain = address.slice(address.lastIndexOf('@') + 1)
  return diagnoseApi({
    host: base.hostname,
    isEncrypted: base.protocol === 'https:',
    login: { ask: () => ask('/v3/scopes'), read: scopes },
    sender: {
      async ask() {
        const domains = await ask(`/v3/whitelabel/domains?domain=${encodeURIComponent(domain)}`)
        return domains.kind === 'answered' && hasDomain(domains, domain)
          ? domains
          : ask('/v3/verified_senders?limit=500')
      },
      read: answer => sender(answer, address, domain),
    },
  })
}

function scopes(answer: HttpAnswer): Finding {
  const said = sendgridErrors(answer)
    .map(error => error.message)
    .join('; ')
  if (answer.status === 401 || answer.status === 403) {
    const remedy = `Make a new key under ${KEYS} and copy it whole; it begins with SG. For an account in the European Union choose that region.`
    return { ok: false, detail: `SendGrid does not know this key (${answer.status})`, remedy }
  }
  const known = answer.status === 200 ? readJson(answer, Scopes) : null
  if (known === null) return unexpectedAnswer(answer, said)
  if (known.scopes.includes('mail.send')) return { ok: true, detail: 'The key may send' }
  return { ok: false, detail: 'The key may not send', remedy: `Give the key the permission Mail Send under ${KEYS}.` }
}

function hasDomain(answer: HttpAnswer, domain: string): boolean {
  return (readJson(answer, Domains) ?? []).some(one => one.valid && one.domain.toLowerCase() === domain)
}

function sender(answer: HttpAnswer, address: string, domain: string): Finding {
  if (answer.status === 401 || answer.status === 403) {
    return {
      ok: true,
      detail: 'The key may send, but not look up senders: whether this one is verified was not checked',
    }
  }
  if (answer.status !== 200) return unexpectedAnswer(answer, '')
  if (hasDomain(answer, domain)) return { ok: true, detail: `${domain} is authenticated` }
  const known = readJson(answer, Senders)?.results.find(one => one.from_email.toLowerCase() === address)
  if (known?.verified === true) return { ok: true, detail: 'The sender is verified' }
  const remedy = `SendGrid › Settings › Sender Authentication: authenticate ${domain}, or verify this one address.`
  return { ok: false, detail: 'SendGrid knows neither this address nor its domain as a sender', remedy }
}
