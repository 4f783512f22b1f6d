import { readFileSync } from 'node:fs'
import { breaksHeader } from './header.ts'
import type { MailPart } from './mail-style.ts'

// 57 octets make the 76 characters that a line of base64 may have (RFC 2045 section 6.8).
const OCTETS_IN_LINE = 57
const CHARACTERS_IN_LINE = 76
const MOST_KEPT_BYTES = 32 * 2 ** 20

/** Writes files as MIME parts, and keeps what it wrote: a campaign sends the same ones to everybody. */
export interface Attachments {
  /** The part with its headers, without the boundary around it. Fails when the file cannot be read. */
  part(part: MailPart): Uint8Array
}

/** Attachments that read their files when they are first needed. */
export function createAttachments(): Attachments {
  const kept = new Map<string, Uint8Array>()
  let bytes = 0
  return {
    part(part) {
      const key = JSON.stringify([part.path, part.name, part.inline, part.type, part.mediaId])
      const known = kept.get(key)
      if (known) return known
      const fresh = written(part)
      if (bytes + fresh.length > MOST_KEPT_BYTES) {
        kept.clear()
        bytes = 0
      }
      kept.set(key, fresh)
      bytes += fresh.length
      return fresh
    },
  }
}

const TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,63}$/i

function written(part: MailPart): Uint8Array {
  const type = TYPE.test(part.type) ? part.type.toLowerCase() : 'application/octet-stream'
  const head = [
    `Content-Type: ${type}`,
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: ${part.inline ? 'inline' : 'attachment'};\r\n ${fileName(part.name)}`,
    ...(part.inline ? [`Content-ID: <${part.mediaId}>`] : []),
  ]
  return Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`), base64Lines(readFileSync(part.path))])
}

/** The `filename` parameter: in quotes, or in RFC 2231 form when it is not plain ASCII. */
function fileName(name: string): string {
  const safe = breaksHeader(name) ? name.replace(/[\r\n\0]/g, ' ') : name
  if (/^[\x20-\x7e]{1,60}$/.test(safe) && !/["\\]/.test(safe)) return `filename="${safe}"`
  const encoded = encodeURIComponent(Buffer.from(safe).toString()).replace(
    /['()*!]/g,
    sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  // Continuations keep the lines short (RFC 2231 section 3); a percent sign stays with its two digits.
  const pieces = encoded.match(/(?:%[0-9A-F]{2}|[^%]){1,18}/g) ?? ['file']
  if (pieces.length === 1) return `filename*=utf-8''${pieces[0]}`
  return pieces.map((piece, n) => `filename*${n}*=${n === 0 ? "utf-8''" : ''}${piece}`).join(';\r\n ')
}

/** Base64 in lines of 76 characters, each ended by CRLF. */
function base64Lines(content: Uint8Array): Uint8Array {
  const source = Buffer.from(content.buffer, content.byteOffset, content.length)
  const lines = Math.ceil(source.length / OCTETS_IN_LINE)
  const target = Buffer.allocUnsafe(lines * (CHARACTERS_IN_LINE + 2))
  let at = 0
  for (let from = 0; from < source.length; from += OCTETS_IN_LINE) {
    const line = source.toString('base64', from, Math.min(from + OCTETS_IN_LINE, source.length))
    at += target.write(`${line}\r\n`, at, 'latin1')
  }
  return target.subarray(0, at)
}
