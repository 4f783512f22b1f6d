import type { DomainFinding } from '../../../shared/contract/senders.ts'
import { finding, NO_ANSWER } from './finding.ts'
import type { Resolver } from './resolver.ts'

// RFC 7208 section 4.6.4.
const MOST_LOOKUPS = 10
const MOST_VOID = 2

interface Count {
  lookups: number
  empty: number
  isUnanswered: boolean
  readonly includes: Set<string>
}

/** What providers ask to be named in SPF, by a part of their host. */
const INCLUDES: readonly (readonly [RegExp, string])[] = [
  [/(^|\.)(gmail|google)\.com$/, '_spf.google.com'],
  [/(^|\.)office365\.com$/, 'spf.protection.outlook.com'],
  [/(^|\.)amazonaws\.com$/, 'amazonses.com'],
  [/(^|\.)sendgrid\.(net|com)$/, 'sendgrid.net'],
  [/(^|\.)mailgun\.(org|net)$/, 'mailgun.org'],
]

/** Who may send for a domain (RFC 7208); `host` is the server that the account uses, empty when nobody knows. */
export async function checkSpf(resolver: Resolver, domain: string, host: string): Promise<DomainFinding> {
  const looked = await resolver.txt(domain)
  if (looked.kind === 'failed') return finding('spf', 'not_checked', '', NO_ANSWER, '')
  const records = looked.kind === 'found' ? looked.values.filter(isSpf) : []
  const wanted = INCLUDES.find(([pattern]) => pattern.test(host.toLowerCase()))?.[1] ?? null
  const example = `v=spf1 ${wanted === null ? 'include:… ' : `include:${wanted} `}~all`
  const [record] = records
  if (record === undefined) {
    const remedy = `Publish a TXT record at ${domain}: ${example}`
    return finding('spf', 'failed', '', 'Nothing says who may send for this domain.', remedy)
  }
  if (records.length > 1) {
    const remedy = 'Put what they say into one record and remove the others: with two, servers use none.'
    return finding('spf', 'failed', records.join('\n'), `There are ${records.length} SPF records.`, remedy)
  }
  const count: Count = { lookups: 0, empty: 0, isUnanswered: false, includes: new Set() }
  await countTerms(resolver, domain, record, count, 0)
  if (count.lookups > MOST_LOOKUPS) {
    const says = `The record needs more than ${MOST_LOOKUPS} look-ups, so servers use none of it.`
    return finding('spf', 'failed', record, says, 'Remove includes that are no longer needed.')
  }
  if (count.empty > MOST_VOID) {
    const says = `${count.empty} of the names in it lead nowhere; more than ${MOST_VOID} make the record void.`
    return finding('spf', 'failed', record, says, 'Remove the names that no longer exist.')
  }
  if (count.isUnanswered) return finding('spf', 'not_checked', record, NO_ANSWER, '')
  const all = /(?:^|\s)([+?~-]?)all(?:\s|$)/i.exec(record)?.[1]
  if (wanted !== null && !count.includes.has(wanted)) {
    const says = `The servers of this account are not among those that may send for ${domain}.`
    return finding('spf', 'failed', record, says, `Add include:${wanted} before the last word.`)
  }
  if (all === '+' || all === '') {
    return finding('spf', 'failed', record, 'Everybody may send for this domain.', 'End the record with ~all or -all.')
  }
  if (all === '?' || (all === undefined && !/\sredirect=/i.test(record))) {
    return finding('spf', 'warning', record, 'It does not say what to do with others.', 'End the record with ~all.')
  }
  if (/\sptr(?:[:\s]|$)/i.test(record)) {
    return finding('spf', 'warning', record, 'It uses ptr, which servers may leave out.', 'Remove ptr from the record.')
  }
  return finding('spf', 'ok', record, 'The record says who may send for this domain.', '')
}

async function countTerms(
  resolver: Resolver,
  domain: string,
  record: string,
  count: Count,
  depth: number,
): Promise<void> {
  for (const term of record.split(/\s+/).slice(1)) {
    const match = /^[+?~-]?(include|a|mx|ptr|exists|redirect)(?:[:=]([^/]+))?(?:\/.*)?$/i.exec(term)
    if (!match) continue
    const kind = (match[1] ?? '').toLowerCase()
    const name = (match[2] ?? domain).toLowerCase()
    count.lookups += 1
    if (count.lookups > MOST_LOOKUPS || depth > MOST_LOOKUPS) return
    if (kind === 'include' || kind === 'redirect') {
      count.includes.add(name)
      const looked = await resolver.txt(name)
      if (looked.kind === 'failed') count.isUnanswered = true
      const inner = looked.kind === 'found' ? looked.values.find(isSpf) : undefined
      if (looked.kind !== 'failed' && inner === undefined) count.empty += 1
      if (inner !== undefined) await countTerms(resolver, name, inner, count, depth + 1)
      // A name with a macro (%{i}) is another one for each message.
    } else if ((kind === 'a' || kind === 'mx') && !name.includes('%')) {
      const looked = kind === 'a' ? await resolver.address(name) : await resolver.mx(name)
      if (looked.kind === 'none') count.empty += 1
      if (looked.kind === 'failed') count.isUnanswered = true
    }
  }
}

function isSpf(text: string): boolean {
  return /^v=spf1(?:\s|$)/i.test(text)
}
