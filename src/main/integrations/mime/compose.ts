import type { EmailEnvelope } from '../provider.ts'
import { breaksHeader, dateText, mailboxHeader, plainHeader, textHeader } from './header.ts'
import { encodeQuotedPrintable, mostQuotedPrintable } from './quoted-printable.ts'

/** A message as it goes over the wire, or why it cannot be written. */
export type Composed =
  | { readonly kind: 'message'; readonly bytes: Uint8Array; readonly needsSmtpUtf8: boolean }
  | { readonly kind: 'refused'; readonly reason: string }

/** Writes a message as RFC 5322 and MIME have it: ASCII unless an address needs SMTPUTF8, CRLF, no line that begins with a dot. */
export type Composer = (envelope: EmailEnvelope) => Composed

interface CampaignHead {
  readonly fromName: string
  readonly fromAddress: string
  readonly replyTo: string
  /** The headers that are the same in every message of a campaign. */
  readonly head: string
  readonly domain: string
}

const HEADS_KEPT = 50
const ROOM_FOR_HEADERS = 16_384

/**
 * A composer that keeps what a campaign's messages have in common and the memory it works in.
 */
export function createComposer(): Composer {
  const heads = new Map<string, CampaignHead>()
  let text = Buffer.allocUnsafe(32_768)
  let message = Buffer.allocUnsafe(131_072)
  let second = -1
  let secondText = ''

  function headOf(envelope: EmailEnvelope): CampaignHead {
    const { campaignId, from, replyTo } = envelope
    const known = heads.get(campaignId)
    if (known && known.fromName === from.name && known.fromAddress === from.address && known.replyTo === replyTo) {
      return known
    }
    const lines = [mailboxHeader('From', from.name, from.address)]
    if (replyTo !== '') lines.push(plainHeader('Reply-To', replyTo))
    const domain = from.address.slice(from.address.lastIndexOf('@') + 1)
    lines.push(plainHeader('X-Campaign-Id', campaignId), 'MIME-Version: 1.0')
    const fresh = {
      fromName: from.name,
      fromAddress: from.address,
      replyTo,
      head: `${lines.join('\r\n')}\r\n`,
      domain,
    }
    if (heads.size >= HEADS_KEPT) heads.clear()
    heads.set(campaignId, fresh)
    return fresh
  }

  function dateOf(at: number): string {
    const wanted = Math.floor(at / 1000)
    if (wanted !== second) {
      second = wanted
      secondText = dateText(at)
    }
    return secondText
  }

  function headers(envelope: EmailEnvelope): string {
    const { messageId, to } = envelope
    const { head, domain } = headOf(envelope)
    let out = head
    out += `${plainHeader('To', to)}\r\n${textHeader('Subject', envelope.subject)}\r\nDate: ${dateOf(envelope.at)}\r\n`
    out += `${plainHeader('Message-ID', `<${messageId}@${domain}>`)}\r\nX-Message-Ref: ${messageId}\r\n`
    if (envelope.unsubscribeMailto !== '') {
      out += `${plainHeader('List-Unsubscribe', `<${mailtoUri(envelope)}>`)}\r\n`
      out += `${plainHeader('List-Id', `<${envelope.campaignId}.${domain}>`)}\r\nPrecedence: bulk\r\n`
    }
    return out
  }

  /** Appends a body with its own content headers. */
  function part(type: 'plain' | 'html', body: string, from: number): number {
    const most = body.length * 3
    if (text.length < most) text = Buffer.allocUnsafe(most * 2)
    const octets = text.write(body, 'utf8')
    const encoding = isBase64Shorter(body.length, octets) ? 'base64' : 'quoted-printable'
    let at = from
    at += message.write(
      `Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`,
      at,
      'latin1',
    )
    if (encoding === 'quoted-printable') return encodeQuotedPrintable(text, octets, message, at)
    for (let i = 0; i < octets; i += OCTETS_IN_LINE) {
      at += message.write(text.toString('base64', i, Math.min(i + OCTETS_IN_LINE, octets)), at, 'latin1')
      at = lineEnd(message, at)
    }
    return at
  }

  return envelope => {
    const reason = whyRefused(envelope)
    if (reason !== null) return { kind: 'refused', reason }
    const { html, text: plain, messageId } = envelope
    const room = ROOM_FOR_HEADERS + mostQuotedPrintable(3 * html.length) + mostQuotedPrintable(3 * plain.length)
    if (message.length < room) message = Buffer.allocUnsafe(room)
    let at = message.write(headers(envelope), 0, 'utf8')
    if (html === '' || plain === '') at = part(html === '' ? 'plain' : 'html', html === '' ? plain : html, at)
    else {
      // `=_` can occur neither in quoted-printable nor in base64 (RFC 2045 section 6.7), so the boundary is in no body.
      const boundary = `=_${messageId}`
      at += message.write(
        `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\n`,
        at,
        'latin1',
      )
      at = part('plain', plain, at)
      at += message.write(`\r\n--${boundary}\r\n`, at, 'latin1')
      at = part('html', html, at)
      at += message.write(`\r\n--${boundary}--`, at, 'latin1')
    }
    at = lineEnd(message, at)
    return {
      kind: 'message',
      // A copy: the socket may still hold it when the next message is written.
      bytes: Buffer.from(message.subarray(0, at)),
      needsSmtpUtf8: !isAscii(envelope.to) || !isAscii(envelope.from.address) || !isAscii(envelope.replyTo),
    }
  }
}

// 57 octets make the 76 characters that a line of base64 may have (RFC 2045 section 6.8).
const OCTETS_IN_LINE = 57
const ADDRESS = /^[^\s<>"(),;:\\@\p{Cc}]+@[^\s<>"(),;:\\@\p{Cc}]+$/u
const IDENTIFIER = /^[A-Za-z0-9._-]{1,64}$/
const MAILTO = /^[\x21-\x3b\x3d\x3f-\x7e]+$/

function whyRefused(envelope: EmailEnvelope): string | null {
  if (breaksHeader(envelope.subject)) return 'The subject contains a line break'
  if (breaksHeader(envelope.from.name)) return 'The name of the sender contains a line break'
  if (!ADDRESS.test(envelope.from.address)) return 'The address of the sender cannot be written in a message'
  if (!ADDRESS.test(envelope.to)) return 'The address of the recipient cannot be written in a message'
  if (envelope.replyTo !== '' && !ADDRESS.test(envelope.replyTo))
    return 'The reply address cannot be written in a message'
  if (envelope.unsubscribeMailto !== '' && !MAILTO.test(envelope.unsubscribeMailto)) {
    return 'The unsubscribe address cannot be written in a message'
  }
  if (!IDENTIFIER.test(envelope.messageId) || !IDENTIFIER.test(envelope.campaignId)) return 'An id is not an identifier'
  return null
}

function mailtoUri(envelope: EmailEnvelope): string {
  const { unsubscribeMailto } = envelope
  if (/^mailto:/i.test(unsubscribeMailto)) return unsubscribeMailto
  return `mailto:${unsubscribeMailto}?subject=unsubscribe%20${envelope.messageId}`
}

// Beyond a sixth of non-ASCII octets, base64 (4/3) is shorter than quoted-printable (1 + 2 x share). What UTF-8 has more than
// UTF-16 is half of the octets of a letter such as ü, and two thirds of those of 漢: near enough, and nothing has to be counted.
function isBase64Shorter(length: number, octets: number): boolean {
  return (octets - length) * 2 * 6 > octets
}

function lineEnd(target: Uint8Array, at: number): number {
  target[at] = 13
  target[at + 1] = 10
  return at + 2
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false
  return true
}
