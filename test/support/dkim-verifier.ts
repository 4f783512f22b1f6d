import { createHash, createPublicKey, verify } from 'node:crypto'

/** What a verifier says of each signature of a message. */
export interface DkimVerdict {
  readonly algorithm: string
  readonly domain: string
  readonly selector: string
  readonly signedHeaders: readonly string[]
  readonly result: 'pass' | 'bad body' | 'bad signature' | 'no key'
}

/**
 * A DKIM verifier written from RFC 6376 section 6 alone, line by line and without a thought for speed; it shares nothing with the
 * signer. `keys` has the TXT records, by name.
 */
export function verifyDkim(message: string, keys: Readonly<Record<string, string>>): readonly DkimVerdict[] {
  const split = message.indexOf('\r\n\r\n')
  const unfolded: string[] = []
  for (const line of message.slice(0, split).split('\r\n')) {
    if (/^[ \t]/.test(line)) unfolded[unfolded.length - 1] += `\r\n${line}`
    else unfolded.push(line)
  }
  const body = message.slice(split + 4)
  return unfolded.filter(field => /^dkim-signature:/i.test(field)).map(field => judge(field, unfolded, body, keys))
}

function judge(
  field: string,
  fields: readonly string[],
  body: string,
  keys: Readonly<Record<string, string>>,
): DkimVerdict {
  const tags = tagsOf(field.slice(field.indexOf(':') + 1))
  const tag = (name: string): string => tags.get(name)?.replace(/\s+/g, '') ?? ''
  const [headerForm, bodyForm = 'simple'] = (tag('c') || 'simple/simple').split('/')
  const names = tag('h').split(':')
  const about = { algorithm: tag('a'), domain: tag('d'), selector: tag('s'), signedHeaders: names }

  const canonicalBody = bodyForm === 'relaxed' ? relaxedBody(body) : simpleBody(body)
  const bodyHash = createHash('sha256').update(canonicalBody, 'latin1').digest('base64')
  if (bodyHash !== tag('bh')) return { ...about, result: 'bad body' }

  const left = [...fields].reverse()
  let signed = ''
  for (const name of names) {
    const at = left.findIndex(one => one.slice(0, one.indexOf(':')).trim().toLowerCase() === name.toLowerCase())
    if (at < 0) continue
    const [taken = ''] = left.splice(at, 1)
    signed += `${headerForm === 'relaxed' ? relaxedHeader(taken) : taken}\r\n`
  }
  const bare = field.replace(/(;\s*b\s*=)[^;]*/, '$1')
  signed += headerForm === 'relaxed' ? relaxedHeader(bare) : bare

  const record = tagsOf(keys[`${tag('s')}._domainkey.${tag('d')}`] ?? '')
  const p = record.get('p')?.replace(/\s+/g, '') ?? ''
  if (p === '') return { ...about, result: 'no key' }
  const signature = Buffer.from(tag('b'), 'base64')
  const octets = Buffer.from(signed, 'latin1')
  const good =
    tag('a') === 'ed25519-sha256'
      ? verify(null, createHash('sha256').update(octets).digest(), ed25519(p), signature)
      : verify('sha256', octets, rsa(p), signature)
  return { ...about, result: good ? 'pass' : 'bad signature' }
}

function tagsOf(text: string): Map<string, string> {
  return new Map(
    text
      .split(';')
      .filter(part => part.includes('='))
      .map(part => [part.slice(0, part.indexOf('=')).trim(), part.slice(part.indexOf('=') + 1).trim()]),
  )
}

function relaxedHeader(field: string): string {
  const at = field.indexOf(':')
  const value = field
    .slice(at + 1)
    .replaceAll('\r\n', '')
    .replace(/[ \t]+/g, ' ')
    .replace(/^ | $/g, '')
  return `${field.slice(0, at).trim().toLowerCase()}:${value}`
}

function relaxedBody(body: string): string {
  const lines = body.split('\r\n').map(line => line.replace(/[ \t]+/g, ' ').replace(/ $/, ''))
  while (lines.at(-1) === '') lines.pop()
  return lines.map(line => `${line}\r\n`).join('')
}

function simpleBody(body: string): string {
  const lines = body.split('\r\n')
  while (lines.at(-1) === '') lines.pop()
  return lines.length === 0 ? '\r\n' : lines.map(line => `${line}\r\n`).join('')
}

function rsa(p: string) {
  return createPublicKey({ key: Buffer.from(p, 'base64'), format: 'der', type: 'spki' })
}

// RFC 8410: the 32 octets of the key behind the fixed beginning of its SubjectPublicKeyInfo.
function ed25519(p: string) {
  const key = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), Buffer.from(p, 'base64')])
  return createPublicKey({ key, format: 'der', type: 'spki' })
}
