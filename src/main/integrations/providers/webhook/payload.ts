import type { HttpRequest } from '../../http/http-outcome.ts'
import type { Envelope } from '../../provider.ts'
import { signWebhook } from './signature.ts'

/** Standard Webhooks asks for less than 20 KB. */
export const MOST_BODY = 20_000

/** The body of a delivery: what is sent to whom, in our own words. */
export function webhookBody(envelope: Envelope): string {
  const { messageId, campaignId, channel, to, text, at } = envelope
  const social = envelope.channel === 'social' ? { link: envelope.link, imageLink: envelope.imageLink } : {}
  const email = envelope.channel === 'email' ? { subject: envelope.subject, html: envelope.html } : {}
  return JSON.stringify({
    type: 'campaign.message',
    timestamp: new Date(at).toISOString(),
    data: { messageId, campaignId, channel, to, text, ...email, ...social },
  })
}

/** One delivery, signed with every key: two while a secret is being changed. `nowMs` is the time of this try. */
export function webhookRequest(
  url: string,
  keys: readonly Buffer[],
  delivery: { readonly id: string; readonly body: string; readonly nowMs: number },
): HttpRequest {
  const { id, body } = delivery
  const timestamp = Math.floor(delivery.nowMs / 1000)
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': keys.map(key => signWebhook(key, { id, timestamp, body })).join(' '),
    },
    body,
  }
}
