import type { Clock } from '../../../kernel/clock.ts'
import type { ApiDialect } from '../../http/api-provider.ts'
import { createAttachedFiles } from '../../http/attached-files.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { ownHeaders, plainMail } from '../../http/mail.ts'
import { apiFault, refusal } from '../../http/send-outcome.ts'
import type { MailPart, MailStyle } from '../../mime/mail-style.ts'
import type { EmailEnvelope, SendOutcome } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { classifySendgrid } from './classify.ts'
import { sendgridErrors, sendgridWaitMs } from './sendgrid-answer.ts'
import { sendgridRequest } from './sendgrid-request.ts'
import { pollSendgrid } from './suppressions.ts'

/** How SendGrid's v3 API is spoken to (reference: POST /v3/mail/send). */
export function sendgridDialect(
  settings: SettingsOf<'sendgrid'>,
  { clock, style }: { readonly clock: Clock; readonly style: MailStyle },
): ApiDialect {
  const read = createAttachedFiles()
  return {
    requestOf(envelope, key) {
      const mail = plainMail(envelope, style)
      if ('outcome' in mail) return mail
      return sendgridRequest(settings, key, '/v3/mail/send', bodyOf(mail, style, read))
    },
    read: readSendgrid,
    poll: (cursor, ask, key) => pollSendgrid(cursor, path => ask(sendgridRequest(settings, key, path, null)), clock),
  }
}

function bodyOf(mail: EmailEnvelope, style: MailStyle, read: (part: MailPart) => string): unknown {
  const { from, to, replyTo, subject, text, html, messageId } = mail
  // In this order, and neither may be empty.
  const content = [
    ...(text === '' ? [] : [{ type: 'text/plain', value: text }]),
    ...(html === '' ? [] : [{ type: 'text/html', value: html }]),
  ]
  const attachments = (mail.attachments ?? []).map(part => ({
    content: read(part),
    type: part.type,
    filename: part.name,
    disposition: part.inline ? 'inline' : 'attachment',
    ...(part.inline ? { content_id: part.mediaId } : {}),
  }))
  return {
    personalizations: [{ to: [{ email: to }], custom_args: { message_id: messageId } }],
    from: { email: from.address, ...(from.name === '' ? {} : { name: from.name }) },
    ...(replyTo === '' ? {} : { reply_to: { email: replyTo } }),
    subject: subject === '' ? ' ' : subject,
    content: content.length > 0 ? content : [{ type: 'text/plain', value: ' ' }],
    headers: Object.fromEntries(ownHeaders(mail, style)),
    ...(attachments.length > 0 ? { attachments } : {}),
  }
}

function readSendgrid(answer: HttpAnswer, now: number): SendOutcome {
  // 202 and nothing else means accepted; its body is empty, so that it may break off.
  if (answer.status === 202) {
    return { kind: 'accepted', providerMessageId: (answer.headers['x-message-id'] ?? '').slice(0, 200), reply: '202' }
  }
  const errors = sendgridErrors(answer)
  const why = classifySendgrid(answer.status, errors)
  const said = errors.map(error => (error.field === '' ? error.message : `${error.field}: ${error.message}`)).join('; ')
  return refusal(apiFault(why, String(answer.status), said), sendgridWaitMs(answer, now))
}
