import { z } from 'zod'
import type { Clock } from '../../../kernel/clock.ts'
import type { ApiDialect } from '../../http/api-provider.ts'
import { basicAuthorization } from '../../http/authorization.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { rawMail } from '../../http/mail.ts'
import { multipartForm } from '../../http/multipart-form.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, refusal } from '../../http/send-outcome.ts'
import type { Composer } from '../../mime/compose.ts'
import type { MailStyle } from '../../mime/mail-style.ts'
import type { SendOutcome } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { classifyMailgun } from './classify.ts'
import { pollMailgun } from './events.ts'
import { mailgunBase, mailgunMessage, mailgunQuestion } from './mailgun-request.ts'

/** How Mailgun is spoken to (API reference: POST /v3/{domain}/messages.mime). */
export function mailgunDialect(
  settings: SettingsOf<'mailgun'>,
  { clock, compose, style }: { readonly clock: Clock; readonly compose: Composer; readonly style: MailStyle },
): ApiDialect {
  const domain = encodeURIComponent(settings.domain)
  return {
    requestOf(envelope, key) {
      const mail = rawMail(envelope, compose, style)
      if ('outcome' in mail) return mail
      const { type, body } = multipartForm(envelope.messageId, [
        { name: 'to', text: envelope.to },
        { name: 'v:message-id', text: envelope.messageId },
        { name: 'message', fileName: 'message.eml', type: 'message/rfc822', bytes: mail.bytes },
      ])
      return {
        method: 'POST',
        url: `${mailgunBase(settings)}/v3/${domain}/messages.mime`,
        headers: { authorization: basicAuthorization('api', key), 'content-type': type },
        body,
      }
    },
    read: readMailgun,
    poll: (cursor, ask, key) =>
      pollMailgun({ cursor, domain, clock, ask: path => ask(mailgunQuestion(settings, key, path)) }),
  }
}

const Sent = z.object({ id: z.string() })

function readMailgun(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status === 200) {
    return acceptance(answer, readJson(answer, Sent)?.id.replace(/^<|>$/g, '') ?? null)
  }
  const message = mailgunMessage(answer)
  const fault = apiFault(classifyMailgun(answer.status, message), String(answer.status), message)
  return refusal(fault, retryAfterMs(answer.headers, now))
}
