import type { DomainFinding } from '../../../shared/contract/senders.ts'
import { finding, NO_ANSWER, tagsOf } from './finding.ts'
import type { Resolver } from './resolver.ts'

// RFC 9989 section 4.10: never more than eight look-ups for one name.
const MOST_STEPS = 8
const POLICIES = new Set(['none', 'quarantine', 'reject'])

/** What receivers are asked to do with messages that fail (RFC 9989), found by walking up the tree of names. */
export async function checkDmarc(resolver: Resolver, domain: string): Promise<DomainFinding> {
  for (const name of walk(domain)) {
    const looked = await resolver.txt(`_dmarc.${name}`)
    if (looked.kind === 'failed') return finding('dmarc', 'not_checked', '', NO_ANSWER, '')
    const records = looked.kind === 'found' ? looked.values.filter(text => /^v=DMARC1\s*(?:;|$)/i.test(text)) : []
    if (records.length > 1) {
      const remedy = `Keep one TXT record at _dmarc.${name}: with two, servers use none.`
      return finding('dmarc', 'failed', records.join('\n'), 'There is more than one DMARC record.', remedy)
    }
    const [record] = records
    if (record !== undefined) return judged(record, name, domain)
  }
  return finding(
    'dmarc',
    'failed',
    '',
    'The domain has no DMARC record; Google, Yahoo and Microsoft ask senders of many messages for one.',
    `Publish a TXT record at _dmarc.${domain}: v=DMARC1; p=none; rua=mailto:dmarc@${domain}`,
  )
}

function judged(record: string, name: string, domain: string): DomainFinding {
  const tags = tagsOf(record)
  const own = tags.get('p')?.toLowerCase() ?? ''
  const policy = name === domain ? own : (tags.get('sp')?.toLowerCase() ?? own)
  const where = name === domain ? '' : ` It is the record of ${name}.`
  if (!POLICIES.has(policy)) {
    const says = `The record says nothing that can be used, which counts as p=none.${where}`
    return finding('dmarc', 'warning', record, says, 'Write p=none, p=quarantine or p=reject.')
  }
  if (tags.get('t')?.toLowerCase() === 'y') {
    return finding(
      'dmarc',
      'warning',
      record,
      `The policy ${policy} is only tested.${where}`,
      'Remove t=y when you are ready.',
    )
  }
  if (!tags.has('rua')) {
    const says = `The policy is ${policy}, and nobody gets the reports.${where}`
    return finding('dmarc', 'warning', record, says, `Add rua=mailto:dmarc@${domain} to see who sends in your name.`)
  }
  return finding('dmarc', 'ok', record, `The policy is ${policy}.${where}`, '')
}

/** The names to look at: the domain, and those above it down to two labels. */
function walk(domain: string): readonly string[] {
  const labels = domain.split('.')
  const names = labels.slice(0, Math.max(1, labels.length - 1)).map((_, at) => labels.slice(at).join('.'))
  return names.length <= MOST_STEPS ? names : [domain, ...names.slice(-(MOST_STEPS - 1))]
}
