import { MAILBOX_FAMILIES } from '../../shared/domain/domain-family.ts'
import { type ForecastLimits, type ForecastPhase, finishTime } from '../../shared/domain/finish-time.ts'
import type { SendingAccount } from '../integrations/index.ts'
import type { AccountPace } from './account-pace.ts'
import type { WaitingCount } from './live-store.ts'
import { rateWindow, windowsOf } from './throttle.ts'
import { warmUpLimit } from './warm-up.ts'

/** What a forecast must know of a campaign. */
export interface ForecastCampaign {
  readonly id: string
  readonly status: string
  readonly priority: number
  readonly ratePerSecond: number | null
}

/** What one account has to do, and how fast it may. */
export interface AccountWork {
  readonly account: SendingAccount
  readonly pace: AccountPace
  /** What waits with it. */
  readonly waiting: readonly WaitingCount[]
  readonly campaigns: readonly ForecastCampaign[]
  readonly timeZone: string
  readonly now: number
}

// What one account without limits does on an ordinary machine (performance.md section 4, rounded down).
const UNLIMITED = { limit: 200, ms: 1000 }

/**
 * When an account has sent what waits of a campaign: after the campaigns that go first, sharing with its equals, within every
 * limit, counting what was sent already. Null when a person must act first.
 */
export function forecast(work: AccountWork, campaignId: string): number | null {
  const { account, pace, now } = work
  const campaign = work.campaigns.find(one => one.id === campaignId)
  if (campaign === undefined || campaign.status !== 'running') return null
  if (account.state === 'paused' || account.state === 'tripped') return null
  const own = countsOf(work.waiting, campaignId)
  if (own.size === 0) return now
  const others = work.campaigns.filter(one => one.status === 'running' && one.id !== campaignId)
  const higher = others.filter(one => one.priority > campaign.priority).sort((a, b) => b.priority - a.priority)
  const shared = new Map(own)
  for (const one of others.filter(other => other.priority === campaign.priority)) {
    for (const [family, count] of countsOf(work.waiting, one.id)) {
      const mine = own.get(family) ?? 0
      shared.set(family, (shared.get(family) ?? 0) + Math.min(count, mine))
    }
  }
  const phaseOf = (one: ForecastCampaign, counts: ReadonlyMap<string, number>): ForecastPhase => ({
    counts,
    rate: one.ratePerSecond === null ? [] : [rateWindow(one.ratePerSecond)],
  })
  const families = new Map<string, ForecastLimits>()
  for (const family of MAILBOX_FAMILIES) {
    const limits = pace.family(family)
    if (limits !== null) families.set(family, { windows: limits.windows, begun: limits.throttle.begun() })
  }
  const rests = [...own.keys()].flatMap(key => MAILBOX_FAMILIES.filter(family => family === key))
  const restUntil = Math.max(now, ...rests.map(family => pace.rest(family, now)?.until ?? now))
  const finish = finishTime({
    now: Math.max(now, account.state === 'backing_off' ? (account.backingOffUntil ?? now) : now),
    account: { windows: [...windowsOf(account.limits), UNLIMITED], begun: pace.account.begun() },
    families,
    day: warmUpLimit(account.limits.warmUp, work.timeZone)?.at ?? (() => null),
    phases: [...higher.map(one => phaseOf(one, countsOf(work.waiting, one.id))), phaseOf(campaign, shared)],
  })
  const lastDue = work.waiting.flatMap(one => (one.campaignId === campaignId ? [one.lastDueAt] : []))
  return Math.max(finish, restUntil, ...lastDue)
}

function countsOf(waiting: readonly WaitingCount[], campaignId: string): Map<string, number> {
  return new Map(waiting.flatMap(one => (one.campaignId === campaignId ? [[one.family, one.waiting] as const] : [])))
}
