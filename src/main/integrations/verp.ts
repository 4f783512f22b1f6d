import { createHmac, timingSafeEqual } from 'node:crypto'

/*
 * A bounce comes back to the envelope sender of the message, so each message gets one of its own (VERP, standards.md 1.9):
 * bounces+<token>@example.com. The token is base32 of the id's 16 octets and the first 5 of HMAC-SHA256(key, id); it has 34
 * letters, does not care about case, and nobody without the key can make one.
 */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567'
const ID_OCTETS = 16
const SEAL_OCTETS = 5
const TOKEN = /^[a-z2-7]{34}$/
/** RFC 5321 section 4.5.3.1.1. */
const MOST_LOCAL_PART = 64

/** Where the workspace keeps the key of its tokens: 32 octets as hexadecimal digits. */
export const VERP_KEY_SETTING = 'mail.verp_key'

/** The token of a message: 34 letters and digits. Null when the id is not a UUID in lower case. */
export function verpToken(messageId: string, key: Uint8Array): string | null {
  if (!UUID.test(messageId)) return null
  const octets = Buffer.from(messageId.replaceAll('-', ''), 'hex')
  return base32(Buffer.concat([octets, seal(octets, key)]))
}

/** The message that a token was made for, whatever its case; null when this key did not make it. */
export function messageIdOfToken(token: string, key: Uint8Array): string | null {
  const lower = token.toLowerCase()
  if (!TOKEN.test(lower)) return null
  const octets = fromBase32(lower).subarray(0, ID_OCTETS + SEAL_OCTETS)
  const id = octets.subarray(0, ID_OCTETS)
  if (!timingSafeEqual(octets.subarray(ID_OCTETS), seal(id, key))) return null
  const hex = id.toString('hex')
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}

/** The bounce address of one message by plus addressing; null when the local part would be longer than 64 octets. */
export function verpAddress(bounceAddress: string, token: string): string | null {
  const at = bounceAddress.lastIndexOf('@')
  if (at < 1) return null
  const local = `${bounceAddress.slice(0, at)}+${token}`
  return Buffer.byteLength(local) > MOST_LOCAL_PART ? null : `${local}${bounceAddress.slice(at)}`
}

/** The message that an address such as `bounces+<token>@example.com` was made for; null for every other address. */
export function messageIdOfAddress(address: string, key: Uint8Array): string | null {
  const local = address.slice(0, Math.max(0, address.lastIndexOf('@')))
  const plus = local.lastIndexOf('+')
  return plus < 0 ? null : messageIdOfToken(local.slice(plus + 1), key)
}

/** The key of a workspace as it is kept, or null when it is none. */
export function verpKeyOf(stored: string | null): Uint8Array | null {
  return stored !== null && /^[0-9a-f]{64}$/.test(stored) ? Buffer.from(stored, 'hex') : null
}

function seal(id: Uint8Array, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(id).digest().subarray(0, SEAL_OCTETS)
}

function base32(octets: Uint8Array): string {
  let out = ''
  let held = 0
  let bits = 0
  for (const octet of octets) {
    held = (held << 8) | octet
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out += LETTERS[(held >> bits) & 31]
    }
    held &= (1 << bits) - 1
  }
  return bits > 0 ? out + LETTERS[(held << (5 - bits)) & 31] : out
}

function fromBase32(text: string): Buffer {
  const octets: number[] = []
  let held = 0
  let bits = 0
  for (const letter of text) {
    held = (held << 5) | LETTERS.indexOf(letter)
    bits += 5
    if (bits >= 8) {
      bits -= 8
      octets.push((held >> bits) & 255)
      held &= (1 << bits) - 1
    }
  }
  return Buffer.from(octets)
}
