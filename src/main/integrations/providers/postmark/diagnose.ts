import { z } from 'zod'
import type { SenderDiagnosis } from '../../../../shared/contract/senders.ts'
import { diagnoseApi, type Finding, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import type { HttpAnswer, HttpOutcome } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'
import { postmarkBase, postmarkError } from './postmark-request.ts'

const Server = z.object({ Name: z.string(), DeliveryType: z.string().optional() })
const Stream = z.object({ ID: z.string(), Name: z.string(), ArchivedAt: z.string().nullish() })

/** Tries a Postmark account: its server for the login, the message stream for the sender. */
export function diagnosePostmark(
  settings: SettingsOf<'postmark'>,
  ask: (path: string) => Promise<HttpOutcome>,
): Promise<SenderDiagnosis> {
  const base = new URL(postmarkBase(settings))
  const stream = settings.messageStream === '' ? 'outbound' : settings.messageStream
  return diagnoseApi({
    host: base.hostname,
    isEncrypted: base.protocol === 'https:',
    login: { ask: () => ask('/server'), read: server },
    sender: {
      ask: () => ask(`/message-streams/${encodeURIComponent(stream)}`),
      read: answer => sender(answer, stream),
    },
  })
}

function server(answer: HttpAnswer): Finding {
  const { message } = postmarkError(answer)
  if (answer.status === 401 || answer.status === 403) {
    const remedy =
      'Copy the server API token again: Postmark › your server › API Tokens. The account token is another one.'
    return { ok: false, detail: `Postmark does not know this token (${answer.status})`, remedy }
  }
  const known = answer.status === 200 ? readJson(answer, Server) : null
  if (known === null) return unexpectedAnswer(answer, message)
  const sandbox = known.DeliveryType === 'Sandbox' ? '. It is a sandbox: nothing is delivered' : ''
  return { ok: true, detail: `Signed in to the server ${known.Name}${sandbox}` }
}

function sender(answer: HttpAnswer, stream: string): Finding {
  const known = answer.status === 200 ? readJson(answer, Stream) : null
  if (known !== null && (known.ArchivedAt ?? null) === null) {
    const detail = `The message stream ${known.ID} is there. Whether the sender is confirmed cannot be asked with this token`
    return { ok: true, detail }
  }
  if (known !== null || answer.status === 404 || answer.status === 422) {
    const remedy =
      'Postmark › your server › Message Streams shows the ID of each; newsletters go by a broadcast stream.'
    return { ok: false, detail: `There is no message stream with the ID ${stream}`, remedy }
  }
  return unexpectedAnswer(answer, postmarkError(answer).message)
}
