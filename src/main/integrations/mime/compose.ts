import { createDkimSigner, type DkimKey, type DkimSigner } from '../dkim/sign.ts'
import type { EmailEnvelope } from '../provider.ts'
import { verpAddress } from '../verp.ts'
import { createAttachments } from './attachment.ts'
import { createHeadWriter, tokenOf, whyRefused } from './head.ts'
import { type ComposedMail, type MailPart, type MailStyle, PLAIN_STYLE } from './mail-style.ts'
import { encodeQuotedPrintable, mostQuotedPrintable } from './quoted-printable.ts'

/** A message as it goes over the wire, or why it cannot be written. */
export type Composed = ComposedMail | { readonly kind: 'refused'; readonly reason: string }

/** Writes a message as RFC 5322 and MIME have it: ASCII unless an address needs SMTPUTF8, CRLF, no line that begins with a dot. */
export type Composer = (envelope: EmailEnvelope, style?: MailStyle) => Composed

const ROOM_FOR_HEADERS = 16_384

/**
 * A composer that keeps what a campaign's messages have in common, the keys it signs with, and the memory it works in.
 */
export function createComposer(): Composer {
  const head = createHeadWriter()
  const attachments = createAttachments()
  let signing: { readonly keys: readonly DkimKey[]; readonly sign: DkimSigner } | null = null
  let text = Buffer.allocUnsafe(32_768)
  let message = Buffer.allocUnsafe(131_072)

  function signature(bytes: Uint8Array, keys: readonly DkimKey[], at: number): string {
    if (signing === null || !isSame(signing.keys, keys)) signing = { keys, sign: createDkimSigner(keys) }
    return signing.sign(bytes, at)
  }

  /** Appends a body with its own content headers. */
  function body(type: 'plain' | 'html', content: string, from: number): number {
    const most = content.length * 3
    if (text.length < most) text = Buffer.allocUnsafe(most * 2)
    const octets = text.write(content, 'utf8')
    const encoding = isBase64Shorter(content.length, octets) ? 'base64' : 'quoted-printable'
    let at = put(`Content-Type: text/${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n`, from)
    if (encoding === 'quoted-printable') return encodeQuotedPrintable(text, octets, message, at)
    for (let i = 0; i < octets; i += OCTETS_IN_LINE) {
      at = put(`${text.toString('base64', i, Math.min(i + OCTETS_IN_LINE, octets))}\r\n`, at)
    }
    return at
  }

  function put(words: string, at: number): number {
    return at + message.write(words, at, 'latin1')
  }

  function bodies(envelope: EmailEnvelope, from: number): number {
    const { html, text: plain } = envelope
    if (html === '' || plain === '') return body(html === '' ? 'plain' : 'html', html === '' ? plain : html, from)
    return multipart('alternative', envelope.messageId, from, [
      at => body('plain', plain, at),
      at => body('html', html, at),
    ])
  }

  function multipart(kind: Multipart, messageId: string, from: number, parts: readonly Writer[]): number {
    // `=_` can occur neither in quoted-printable nor in base64 (RFC 2045 section 6.7), so the boundary is in no body.
    const boundary = `=_${BOUNDARY[kind]}${messageId}`
    let at = put(`Content-Type: multipart/${kind};\r\n boundary="${boundary}"\r\n\r\n--${boundary}\r\n`, from)
    parts.forEach((write, n) => {
      at = write(at)
      at = put(`\r\n--${boundary}${n === parts.length - 1 ? '--' : '\r\n'}`, at)
    })
    return at
  }

  /** What the files need, boundaries included; null when one cannot be read. */
  function roomFor(parts: readonly MailPart[]): number | null {
    try {
      return parts.reduce((sum, part) => sum + attachments.part(part).length + 200, 0)
    } catch {
      return null
    }
  }

  function file(part: MailPart): Writer {
    return at => {
      const bytes = attachments.part(part)
      message.set(bytes, at)
      return at + bytes.length
    }
  }

  /** multipart/mixed > related > alternative, as far as each is needed (RFC 2046, standards.md 1.1). */
  function content(envelope: EmailEnvelope, from: number): number {
    const parts = envelope.attachments ?? []
    const shown = parts.filter(part => part.inline)
    const attached = parts.filter(part => !part.inline)
    const { messageId } = envelope
    const related = (at: number): number =>
      shown.length === 0
        ? bodies(envelope, at)
        : multipart('related', messageId, at, [inner => bodies(envelope, inner), ...shown.map(file)])
    return attached.length === 0 ? related(from) : multipart('mixed', messageId, from, [related, ...attached.map(file)])
  }

  return (envelope, style = PLAIN_STYLE) => {
    const reason = whyRefused(envelope, style)
    if (reason !== null) return { kind: 'refused', reason }
    const { html, text: plain } = envelope
    const files = roomFor(envelope.attachments ?? [])
    if (files === null) return { kind: 'refused', reason: 'An attached file could not be read' }
    const room = ROOM_FOR_HEADERS + mostQuotedPrintable(3 * html.length) + mostQuotedPrintable(3 * plain.length) + files
    if (message.length < room) message = Buffer.allocUnsafe(room)
    const token = tokenOf(envelope.messageId, style)
    let at = message.write(head(envelope, style, token), 0, 'utf8')
    at = content(envelope, at)
    at = put('\r\n', at)
    const unsigned = message.subarray(0, at)
    return {
      kind: 'message',
      // A copy: the socket may still hold it when the next message is written.
      bytes:
        style.dkim.length === 0
          ? Buffer.from(unsigned)
          : Buffer.concat([Buffer.from(signature(unsigned, style.dkim, envelope.at), 'latin1'), unsigned]),
      needsSmtpUtf8: !isAscii(envelope.to) || !isAscii(envelope.from.address) || !isAscii(envelope.replyTo),
      mailFrom:
        (token === null || style.bounceAddress === '' ? null : verpAddress(style.bounceAddress, token)) ??
        (style.bounceAddress === '' ? envelope.from.address : style.bounceAddress),
    }
  }
}

type Multipart = 'mixed' | 'related' | 'alternative'
type Writer = (at: number) => number

const BOUNDARY: Readonly<Record<Multipart, string>> = { mixed: 'm_', related: 'r_', alternative: '' }

// 57 octets make the 76 characters that a line of base64 may have (RFC 2045 section 6.8).
const OCTETS_IN_LINE = 57

// Beyond a sixth of non-ASCII octets, base64 (4/3) is shorter than quoted-printable (1 + 2 x share). What UTF-8 has more than
// UTF-16 is half of the octets of a letter such as ü, and two thirds of those of 漢: near enough, and nothing has to be counted.
function isBase64Shorter(length: number, octets: number): boolean {
  return (octets - length) * 2 * 6 > octets
}

function isSame(known: readonly DkimKey[], wanted: readonly DkimKey[]): boolean {
  if (known === wanted) return true
  return (
    known.length === wanted.length &&
    known.every(
      (key, n) =>
        key.privateKey === wanted[n]?.privateKey &&
        key.selector === wanted[n]?.selector &&
        key.domain === wanted[n]?.domain,
    )
  )
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) return false
  return true
}
