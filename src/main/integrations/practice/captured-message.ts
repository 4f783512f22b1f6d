import PostalMime from 'postal-mime'
import type { Captured } from './practice-store.ts'

/** A captured message, read. */
export interface ReadMessage {
  readonly headers: { name: string; value: string }[]
  readonly html: string | null
  readonly text: string
  readonly source: string
}

/** Reads a captured message as a mail reader, or a phone, would. */
export async function readCaptured(message: Captured & { readonly raw: Uint8Array }): Promise<ReadMessage> {
  const source = Buffer.from(message.raw).toString('utf8')
  if (message.channel === 'sms') {
    const headers = [
      { name: 'From', value: message.from },
      { name: 'To', value: message.to },
    ]
    return { headers, html: null, text: source, source }
  }
  const email = await PostalMime.parse(message.raw)
  return {
    headers: email.headers.map(header => ({ name: header.originalKey, value: header.value })),
    html: email.html ?? null,
    text: email.text ?? '',
    source,
  }
}

/** The first web address that the recipient could follow; null when there is none. An unsubscribe link is not one. */
export function firstLink(message: Pick<ReadMessage, 'html' | 'text'>): string | null {
  if (message.html !== null) {
    for (const match of message.html.matchAll(/<a\b[^>]*\bhref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)) {
      const url = (match[1] ?? match[2] ?? '').replaceAll('&amp;', '&').trim()
      if (/^https?:\/\//i.test(url)) return url
    }
  }
  return /https?:\/\/[^\s<>"')]+/i.exec(message.text)?.[0] ?? null
}
