import type { DomainCheck } from '../../../shared/contract/senders.ts'
import type { Clock } from '../../kernel/clock.ts'
import { checkDkim, type OwnKey } from './check-dkim.ts'
import { checkDmarc } from './check-dmarc.ts'
import { checkMx } from './check-mx.ts'
import { checkSpf } from './check-spf.ts'
import type { Resolver } from './resolver.ts'

/** What is to be checked. */
export interface DomainQuestion {
  readonly domain: string
  /** The domain that bounces come to; SPF is about that one. */
  readonly envelopeDomain: string
  /** The server that the account uses; empty when nobody knows. */
  readonly host: string
  readonly keys: readonly OwnKey[]
}

const KEPT_MS = 3_600_000
const MOST_KEPT = 100

/** Checks of domains; a complete one is kept for an hour, one without every answer is not. */
export function createDomainChecks(
  clock: Clock,
  resolver: Resolver,
): (question: DomainQuestion, anew: boolean) => Promise<DomainCheck> {
  const kept = new Map<string, DomainCheck>()
  return async (question, anew) => {
    const key = JSON.stringify(question)
    const known = kept.get(key)
    if (known && !anew && clock.now() - known.checkedAt < KEPT_MS) return known
    const { domain, envelopeDomain, host, keys } = question
    const findings = await Promise.all([
      checkSpf(resolver, envelopeDomain, host),
      checkDkim(resolver, domain, keys),
      checkDmarc(resolver, domain),
      checkMx(resolver, domain),
    ])
    const check = { domain, checkedAt: clock.now(), findings }
    kept.delete(key)
    if (kept.size >= MOST_KEPT) kept.clear()
    if (findings.every(one => one.state !== 'not_checked')) kept.set(key, check)
    return check
  }
}
