import type { Clock } from '../../../kernel/clock.ts'
import { apiFault, refusal } from '../../http/send-outcome.ts'
import type { Provider } from '../../provider.ts'
import type { ApiLine } from '../api-line.ts'
import { readDelivery } from './classify.ts'
import { MOST_BODY, webhookBody, webhookRequest } from './payload.ts'
import { webhookKey } from './signature.ts'

/** Delivers messages to a webhook, signed. Two secrets apart by a blank both sign, so that one can take the place of the other. */
export function createWebhook(url: string, line: ApiLine, clock: Clock): Provider {
  const { client, key } = line
  return {
    async send(envelope, signal) {
      const known = await key()
      if (known.kind === 'missing') return refusal(known.fault, null)
      const keys = known.text.split(/\s+/).map(webhookKey)
      const sound = keys.filter(one => one !== null)
      if (sound.length !== keys.length) {
        return refusal(apiFault('account', 'bad_secret', 'The secret is not whsec_ and 24 to 64 bytes in base64'), null)
      }
      const body = webhookBody(envelope)
      if (Buffer.byteLength(body) > MOST_BODY) {
        return refusal(apiFault('permanent_message', 'too_long', 'A delivery may have 20 KB'), null)
      }
      const request = webhookRequest(url, sound, { id: envelope.messageId, body, nowMs: clock.now() })
      return readDelivery(await client.request(request, signal), clock.now())
    },
    close: () => client.close(),
  }
}
