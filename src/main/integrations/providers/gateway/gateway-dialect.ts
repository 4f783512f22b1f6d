import { smartEncode } from '../../../../shared/domain/smart-encoding.ts'
import type { ApiDialect } from '../../http/api-provider.ts'
import type { HttpAnswer, HttpRequest } from '../../http/http-outcome.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { apiFault, classOfStatus, refusal } from '../../http/send-outcome.ts'
import { type SendOutcome, type SmsEnvelope, WRONG_CHANNEL } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { readJsonPath, textAt } from './json-path.ts'
import { filledBody, filledHeader, filledUrl, type Values } from './request-template.ts'

type Gateway = SettingsOf<'gateway'>

/** How a gateway is spoken to that its owner has described (standards.md 2.5). */
export function gatewayDialect(settings: Gateway): ApiDialect {
  let secret = ''
  return {
    requestOf(envelope, key) {
      if (envelope.channel !== 'sms') return { outcome: WRONG_CHANNEL }
      secret = key
      return gatewayRequest(settings, envelope, key)
    },
    read: (answer, now) => readGateway(answer, { settings, secret, now }),
  }
}

function gatewayRequest(settings: Gateway, envelope: SmsEnvelope, secret: string): HttpRequest {
  const text = settings.smartEncoding ? smartEncode(envelope.text).text : envelope.text
  const values: Values = {
    to: envelope.to,
    toDigits: envelope.to.replace(/\D/g, ''),
    from: envelope.from.address,
    // Half of a pair of surrogates cannot be written in an address.
    text: Buffer.from(text, 'utf8').toString('utf8'),
    id: envelope.messageId,
    secret,
  }
  const headers: Record<string, string> = {}
  for (const { name, value } of settings.headers) headers[name.toLowerCase()] = filledHeader(value, values)
  const takesBody = settings.method !== 'GET' && settings.body !== ''
  if (takesBody) headers['content-type'] ??= bodyType(settings.body)
  return {
    method: settings.method,
    url: filledUrl(settings.url, values),
    headers,
    body: takesBody ? filledBody(settings.body, headers['content-type'] ?? '', values) : null,
  }
}

/** What a body is when no header says it: JSON by its first sign, else a form. */
function bodyType(body: string): string {
  return /^\s*[[{]/.test(body) ? 'application/json' : 'application/x-www-form-urlencoded'
}

function readGateway(
  answer: HttpAnswer,
  { settings, secret, now }: { readonly settings: Gateway; readonly secret: string; readonly now: number },
): SendOutcome {
  const { status } = answer
  const said = withoutSecret(answer.body.slice(0, 500), secret)
  if (status < settings.successFrom || status > settings.successTo) {
    return refusal(apiFault(classOfStatus(status, []), String(status), said), retryAfterMs(answer.headers, now))
  }
  const idPath = settings.idPath === '' ? null : readJsonPath(settings.idPath)
  const successPath = settings.successPath === '' ? null : readJsonPath(settings.successPath)
  if (idPath === null && successPath === null) return { kind: 'accepted', providerMessageId: '', reply: String(status) }
  const body = parsedJson(answer)
  if (body === undefined) {
    const text = 'The answer is not the JSON that was expected: nobody knows whether the message was taken'
    return { kind: 'unknown', fault: apiFault('uncertain', String(status), text) }
  }
  if (successPath !== null && textAt(body, successPath) !== settings.successEquals) {
    return refusal(apiFault('permanent_message', String(status), said), null)
  }
  const id = idPath === null ? '' : (textAt(body, idPath) ?? '')
  return { kind: 'accepted', providerMessageId: withoutSecret(id, secret).slice(0, 200), reply: String(status) }
}

function parsedJson(answer: HttpAnswer): unknown {
  if (!answer.isComplete) return undefined
  try {
    return JSON.parse(answer.body)
  } catch {
    return undefined
  }
}

// Some gateways repeat the request in what they complain of.
function withoutSecret(text: string, secret: string): string {
  return secret.length < 4
    ? text
    : text.replaceAll(secret, '[secret]').replaceAll(encodeURIComponent(secret), '[secret]')
}
