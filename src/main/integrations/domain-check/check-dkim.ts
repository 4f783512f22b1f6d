import { createPublicKey } from 'node:crypto'
import type { DomainFinding } from '../../../shared/contract/senders.ts'
import { finding, NO_ANSWER, tagsOf } from './finding.ts'
import type { Resolver } from './resolver.ts'

/** A key of ours that signs for the domain. */
export interface OwnKey {
  readonly selector: string
  readonly publicKey: string
  readonly recordName: string
  readonly recordText: string
}

// Selectors cannot be listed; these are the usual ones (standards.md 1.4).
const USUAL = ['google', 'selector1', 'selector2', 's1', 's2', 'k1', 'k2', 'mail', 'default', 'pm', 'mte1', 'mandrill']
const SHORTEST_BITS = 1024
const GOOD_BITS = 2048

/** Whether messages of a domain can be verified (RFC 6376, RFC 8301): by our own keys, or by one of a provider's. */
export async function checkDkim(resolver: Resolver, domain: string, own: readonly OwnKey[]): Promise<DomainFinding> {
  if (own.length > 0) {
    const findings = await Promise.all(own.map(key => checkOwn(resolver, key)))
    return findings.find(one => one.state === 'failed') ?? findings.find(one => one.state !== 'ok') ?? firstOf(findings)
  }
  const looked = await Promise.all(
    USUAL.map(async selector => ({ selector, answer: await resolver.txt(`${selector}._domainkey.${domain}`) })),
  )
  for (const { selector, answer } of looked) {
    const record = answer.kind === 'found' ? answer.values.find(isKey) : undefined
    if (record !== undefined) return judged(record, `The domain has a key at the selector ${selector}.`)
  }
  if (looked.every(({ answer }) => answer.kind === 'failed')) return finding('dkim', 'not_checked', '', NO_ANSWER, '')
  return finding(
    'dkim',
    'warning',
    '',
    'No key was found at the usual selectors. Your provider may sign under another name.',
    'Switch on DKIM at your provider, or make a signing key here and publish its record.',
  )
}

async function checkOwn(resolver: Resolver, key: OwnKey): Promise<DomainFinding> {
  const looked = await resolver.txt(key.recordName)
  if (looked.kind === 'failed') return finding('dkim', 'not_checked', '', NO_ANSWER, '')
  const record = looked.kind === 'found' ? looked.values.find(isKey) : undefined
  const publish = `Publish a TXT record at ${key.recordName}: ${key.recordText}`
  if (record === undefined) {
    return finding('dkim', 'failed', '', 'Messages are signed, but the key is not published.', publish)
  }
  const published = (tagsOf(record).get('p') ?? '').replace(/\s+/g, '')
  if (published !== '' && published !== key.publicKey) {
    return finding('dkim', 'failed', record, 'Another key is published than the one that signs.', publish)
  }
  return judged(record, `The key at the selector ${key.selector} is the one that signs.`)
}

function judged(record: string, says: string): DomainFinding {
  const tags = tagsOf(record)
  const key = (tags.get('p') ?? '').replace(/\s+/g, '')
  if (key === '') return finding('dkim', 'failed', record, 'The key was withdrawn (p is empty).', 'Publish a new key.')
  if ((tags.get('k') ?? 'rsa') === 'rsa') {
    const bits = bitsOf(key)
    if (bits === null) return finding('dkim', 'failed', record, 'The key cannot be read.', 'Publish it again.')
    if (bits < SHORTEST_BITS) {
      return finding('dkim', 'failed', record, `The key has only ${bits} bits.`, 'Use a key with 2,048 bits.')
    }
    if (bits < GOOD_BITS) {
      return finding('dkim', 'warning', record, `${says} It has ${bits} bits.`, 'Use a key with 2,048 bits.')
    }
  }
  if ((tags.get('t') ?? '').split(':').includes('y')) {
    return finding('dkim', 'warning', record, `${says} It says that it is only a test.`, 'Remove t=y from the record.')
  }
  return finding('dkim', 'ok', record, says, '')
}

function bitsOf(key: string): number | null {
  try {
    const read = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' })
    return read.asymmetricKeyDetails?.modulusLength ?? null
  } catch {
    return null
  }
}

function isKey(text: string): boolean {
  return tagsOf(text).has('p')
}

function firstOf(findings: readonly DomainFinding[]): DomainFinding {
  return findings[0] ?? finding('dkim', 'not_checked', '', NO_ANSWER, '')
}
