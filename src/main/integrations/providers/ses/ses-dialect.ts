import { z } from 'zod'
import type { Clock } from '../../../kernel/clock.ts'
import type { ApiDialect } from '../../http/api-provider.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { rawMail } from '../../http/mail.ts'
import { readJson } from '../../http/read-json.ts'
import { retryAfterMs } from '../../http/retry-after.ts'
import { acceptance, apiFault, refusal } from '../../http/send-outcome.ts'
import type { Composer } from '../../mime/compose.ts'
import type { MailStyle } from '../../mime/mail-style.ts'
import type { SendOutcome } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { classifySes, waitOfSes } from './classify.ts'
import { sesError, sesRequest } from './ses-request.ts'
import { pollSuppressions } from './suppressions.ts'

type Ses = SettingsOf<'ses'>

/** How Amazon SES v2 is spoken to (API reference, SendEmail with raw content). */
export function sesDialect(
  settings: Ses,
  ports: { readonly clock: Clock; readonly compose: Composer; readonly style: MailStyle },
): ApiDialect {
  const { clock, compose, style } = ports
  const { configurationSet } = settings
  return {
    requestOf(envelope, key) {
      const mail = rawMail(envelope, compose, style)
      if ('outcome' in mail) return mail
      const body = JSON.stringify({
        FromEmailAddress: envelope.from.address,
        Destination: { ToAddresses: [envelope.to] },
        Content: { Raw: { Data: Buffer.from(mail.bytes).toString('base64') } },
        EmailTags: [{ Name: 'message_id', Value: envelope.messageId }],
        ...(configurationSet === '' ? {} : { ConfigurationSetName: configurationSet }),
      })
      return sesRequest(settings, key, { method: 'POST', path: '/v2/email/outbound-emails', body }, clock.now())
    },
    read: readSes,
    poll: (cursor, ask, key) =>
      pollSuppressions(
        cursor,
        path => ask(sesRequest(settings, key, { method: 'GET', path, body: '' }, clock.now())),
        clock,
      ),
  }
}

const Sent = z.object({ MessageId: z.string() })

function readSes(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status === 200) return acceptance(answer, readJson(answer, Sent)?.MessageId ?? null)
  const { code, message } = sesError(answer)
  const why = classifySes(answer.status, code, message)
  const fault = apiFault(why, `${answer.status} ${code}`.trim(), message)
  return refusal(fault, retryAfterMs(answer.headers, now) ?? waitOfSes(why, message))
}
