import { createHmac } from 'node:crypto'

/** The key of a `whsec_` secret; null when it is none of 24 to 64 bytes (Standard Webhooks 1.0). */
export function webhookKey(secret: string): Buffer | null {
  const text = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret.trim())?.[1]
  if (text === undefined) return null
  const key = Buffer.from(text, 'base64')
  return key.length >= 24 && key.length <= 64 ? key : null
}

/** The signature of one delivery: HMAC-SHA256 over id, time in seconds and body (Standard Webhooks 1.0). */
export function signWebhook(
  key: Buffer,
  delivery: { readonly id: string; readonly timestamp: number; readonly body: string },
): string {
  const signed = `${delivery.id}.${delivery.timestamp}.${delivery.body}`
  return `v1,${createHmac('sha256', key).update(signed, 'utf8').digest('base64')}`
}
