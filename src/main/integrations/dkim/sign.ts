import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { fieldsOf, relaxBody, relaxedField } from './canonical.ts'

/** A key that signs for a domain: PEM of an RSA or an Ed25519 private key. Plain values, so that it can be posted to a thread. */
export interface DkimKey {
  readonly domain: string
  /** The key's public half is published at `selector._domainkey.domain`. */
  readonly selector: string
  readonly algorithm: DkimAlgorithm
  readonly privateKey: string
}

/** RSA is verified everywhere; Ed25519 (RFC 8463) is short and not, so it is added and never alone. */
export type DkimAlgorithm = 'rsa-sha256' | 'ed25519-sha256'

/** Signs whole messages (CRLF lines) for one domain: gives the DKIM-Signature fields to put before them, one for each key. */
export type DkimSigner = (message: Uint8Array, at: number) => string

// RFC 6376 section 5.4.1, and what RFC 8058 section 4 asks to be covered. One that a message lacks is left out.
const SIGNED = [
  'from',
  'to',
  'cc',
  'reply-to',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'list-id',
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
]

/** Signs by RFC 6376 with c=relaxed/relaxed. Fails when a key cannot be read. */
export function createDkimSigner(keys: readonly DkimKey[]): DkimSigner {
  // Reading a key costs as much as several signatures (0.3 ms), so each is read once.
  const ready = keys.map(key => ({ ...key, object: createPrivateKey(key.privateKey) }))
  let room = Buffer.allocUnsafe(65_536)

  return (message, at) => {
    const bytes = Buffer.from(message.buffer, message.byteOffset, message.length)
    const end = bytes.indexOf('\r\n\r\n', 0, 'latin1')
    const head = bytes.toString('utf8', 0, end < 0 ? bytes.length : end + 2)
    const body = end < 0 ? new Uint8Array() : bytes.subarray(end + 4)
    if (room.length < body.length + 2) room = Buffer.allocUnsafe(body.length + 65_536)
    const bodyHash = createHash('sha256')
      .update(room.subarray(0, relaxBody(body, room)))
      .digest('base64')
    const fields = signedFields(head)
    const names = fields.map(({ name }) => name).join(':')
    const signed = fields.map(({ relaxed }) => `${relaxed}\r\n`).join('')
    return ready.map(key => signatureField(key, { bodyHash, names, signed, at })).join('')
  }
}

function signedFields(head: string): readonly { readonly name: string; readonly relaxed: string }[] {
  const found = new Map<string, string>()
  // The last of several with one name is the one a verifier takes first (RFC 6376 section 5.4.2).
  for (const field of fieldsOf(head)) found.set(field.slice(0, field.indexOf(':')).trim().toLowerCase(), field)
  return SIGNED.flatMap(name => {
    const field = found.get(name)
    return field === undefined ? [] : [{ name, relaxed: relaxedField(field) }]
  })
}

function signatureField(
  key: DkimKey & { readonly object: KeyObject },
  of: { readonly bodyHash: string; readonly names: string; readonly signed: string; readonly at: number },
): string {
  const unsigned =
    `DKIM-Signature: v=1; a=${key.algorithm}; c=relaxed/relaxed; d=${key.domain};\r\n` +
    ` s=${key.selector}; t=${Math.floor(of.at / 1000)};\r\n h=${of.names.replace(/(.{1,70}):/g, '$1:\r\n  ')};\r\n` +
    ` bh=${of.bodyHash};\r\n b=`
  const content = Buffer.from(of.signed + relaxedField(unsigned))
  const signature =
    key.algorithm === 'rsa-sha256'
      ? sign('sha256', content, key.object)
      : // RFC 8463 section 3: the hash is what is signed.
        sign(null, createHash('sha256').update(content).digest(), key.object)
  return `${unsigned}${signature.toString('base64').replace(/.{1,72}(?=.)/g, '$&\r\n  ')}\r\n`
}
