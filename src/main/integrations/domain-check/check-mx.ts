import type { DomainFinding } from '../../../shared/contract/senders.ts'
import { finding, NO_ANSWER } from './finding.ts'
import type { Resolver } from './resolver.ts'

/** Whether replies and bounces can arrive at a domain: MX, else an address of its own (RFC 5321 section 5.1, RFC 7505). */
export async function checkMx(resolver: Resolver, domain: string): Promise<DomainFinding> {
  const looked = await resolver.mx(domain)
  if (looked.kind === 'failed') return finding('mx', 'not_checked', '', NO_ANSWER, '')
  if (looked.kind === 'found') {
    const found = [...looked.values].sort((a, b) => a.priority - b.priority)
    const shown = found.map(({ priority, exchange }) => `${priority} ${exchange}`).join('\n')
    if (found.every(({ exchange }) => exchange === '' || exchange === '.')) {
      const remedy = 'Publish an MX record, or send from a domain that takes mail.'
      return finding('mx', 'failed', shown, 'The domain says that it takes no mail, so nobody can reply.', remedy)
    }
    return finding('mx', 'ok', shown, 'Replies have a server to go to.', '')
  }
  const own = await resolver.address(domain)
  if (own.kind === 'failed') return finding('mx', 'not_checked', '', NO_ANSWER, '')
  return own.kind === 'found'
    ? finding(
        'mx',
        'warning',
        '',
        'There is no MX record; replies go to the domain’s own address.',
        'Publish an MX record.',
      )
    : finding('mx', 'failed', '', 'Nobody can reply: no server takes mail for this domain.', 'Publish an MX record.')
}
