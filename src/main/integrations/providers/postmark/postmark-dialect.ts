import { z } from 'zod'
import type { ApiDialect } from '../../http/api-provider.ts'
import { createAttachedFiles } from '../../http/attached-files.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { ownHeaders, plainMail } from '../../http/mail.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, refusal } from '../../http/send-outcome.ts'
import type { MailPart, MailStyle } from '../../mime/mail-style.ts'
import type { EmailEnvelope, SendOutcome } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { classifyPostmark } from './classify.ts'
import { postmarkError, postmarkRequest } from './postmark-request.ts'

/** How Postmark is spoken to (developer documentation: POST /email; it takes no raw messages). */
export function postmarkDialect(settings: SettingsOf<'postmark'>, style: MailStyle): ApiDialect {
  const read = createAttachedFiles()
  return {
    requestOf(envelope, token) {
      const mail = plainMail(envelope, style)
      if ('outcome' in mail) return mail
      return postmarkRequest(settings, token, '/email', bodyOf(mail, { stream: settings.messageStream, style, read }))
    },
    read: readPostmark,
  }
}

function bodyOf(
  mail: EmailEnvelope,
  terms: { readonly stream: string; readonly style: MailStyle; readonly read: (part: MailPart) => string },
): unknown {
  const { stream, style, read } = terms
  const { from, to, replyTo, subject, html, text, messageId } = mail
  const attachments = (mail.attachments ?? []).map(part => ({
    Name: part.name,
    Content: read(part),
    ContentType: part.type,
    ...(part.inline ? { ContentID: `cid:${part.mediaId}` } : {}),
  }))
  return {
    From: from.name === '' ? from.address : `"${from.name.replace(/[\\"]/g, sign => `\\${sign}`)}" <${from.address}>`,
    To: to,
    ...(replyTo === '' ? {} : { ReplyTo: replyTo }),
    Subject: subject,
    ...(html === '' ? {} : { HtmlBody: html }),
    ...(text === '' && html !== '' ? {} : { TextBody: text }),
    // Postmark makes its own Message-ID.
    Headers: ownHeaders(mail, style)
      .filter(([name]) => name !== 'Message-ID')
      .map(([Name, Value]) => ({ Name, Value })),
    Metadata: { message_id: messageId },
    ...(stream === '' ? {} : { MessageStream: stream }),
    ...(attachments.length > 0 ? { Attachments: attachments } : {}),
  }
}

const Sent = z.object({ ErrorCode: z.number(), Message: z.string(), MessageID: z.string().optional() })

function readPostmark(answer: HttpAnswer, now: number): SendOutcome {
  const sent = answer.status === 200 ? readJson(answer, Sent) : null
  if (answer.status === 200 && (sent === null || sent.ErrorCode === 0)) {
    return acceptance(answer, sent?.MessageID ?? null)
  }
  const { code, message } = postmarkError(answer)
  const why = classifyPostmark(answer.status, code, message)
  const fault = apiFault(why, code === 0 ? String(answer.status) : `${answer.status} ${code}`, message)
  return refusal(fault, retryAfterMs(answer.headers, now))
}
