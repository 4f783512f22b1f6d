import type { SenderLimits } from '../../shared/contract/sender-settings.ts'
import type { CampaignStatus } from '../../shared/domain/campaign-status.ts'
import type { RateWindow, Throttle } from './throttle.ts'

/** What decides how long a campaign still takes and what holds it up. */
export interface Situation {
  readonly now: number
  readonly status: CampaignStatus
  readonly statusReason: string
  readonly planning: boolean
  readonly account: {
    readonly name: string
    readonly state: 'running' | 'paused' | 'backing_off' | 'tripped'
    readonly stateReason: string
    readonly backingOffUntil: number | null
  }
  readonly pending: number
  /** Pending messages that were refused for the time being. */
  readonly retrying: number
  readonly ratePerSecond: number
  readonly windows: readonly RateWindow[]
  readonly throttle: Throttle
  /** When the last message goes by all limits together; null or nothing where it is not forecast. */
  readonly forecastAt?: number | null
  readonly firstDueAt: number | null
  readonly lastDueAt: number | null
}

/** Messages a second that the shorter limits of account and campaign allow; null without such a limit. */
export function limitPerSecond(limits: SenderLimits, campaignRate: number | null): number | null {
  const all = [limits.perSecond, limits.perMinute === null ? null : limits.perMinute / 60, campaignRate]
  const set = all.filter(limit => limit !== null)
  return set.length > 0 ? Math.min(...set) : null
}

/**
 * Seconds until the last pending message has had its next attempt: what every limit that still has to roll takes, at the
 * present rate where it is the slower, and not before the last retry is due. Null when nobody can know.
 */
export function secondsLeft(situation: Situation): number | null {
  const { pending, now, account } = situation
  if (situation.status === 'completed' || situation.status === 'cancelled' || situation.status === 'failed') return 0
  if (situation.status !== 'running' || account.state === 'paused' || account.state === 'tripped') return null
  if (pending === 0) return situation.planning ? null : 0
  let ms = 0
  for (const window of situation.windows) {
    // The first of the remaining fill what is left of the window; the others need whole windows after it.
    const rounds = Math.ceil(pending / window.limit) - 1
    ms = Math.max(ms, rounds * window.ms, (pending / window.limit) * window.ms - window.ms)
  }
  ms = Math.max(ms, situation.throttle.nextAt(now) - now)
  const sendable = pending - situation.retrying
  if (situation.ratePerSecond > 0 && sendable > 0) ms = Math.max(ms, (sendable / situation.ratePerSecond) * 1000)
  else if (sendable > 0 && situation.windows.length === 0) return null
  ms = Math.max(ms, (situation.forecastAt ?? now) - now)
  if (account.state === 'backing_off') ms += Math.max(0, (account.backingOffUntil ?? now) - now)
  if (situation.lastDueAt !== null) ms = Math.max(ms, situation.lastDueAt - now)
  return Math.ceil(ms / 1000)
}

/** What keeps messages back, in a sentence for a person; empty when nothing does. `clockTime` writes an instant as local time. */
export function holdUp(situation: Situation, clockTime: (at: number) => string): string {
  const { now, account, status, firstDueAt } = situation
  if (status === 'paused') return situation.statusReason === '' ? 'The campaign is paused.' : situation.statusReason
  if (status !== 'running' || situation.pending === 0) return ''
  if (account.state === 'paused') return `The account “${account.name}” is paused. Resume it to go on.`
  if (account.state === 'tripped') return `The account “${account.name}” stopped: ${account.stateReason}`
  if (account.state === 'backing_off') {
    const until = account.backingOffUntil ?? now
    if (until > now) return `${account.stateReason} Next try at ${clockTime(until)}.`
  }
  if (firstDueAt !== null && firstDueAt > now) {
    return `All that is left was refused for the time being and is tried again; next at ${clockTime(firstDueAt)}.`
  }
  const nextAt = situation.throttle.nextAt(now)
  // Waiting a second for a place is the ordinary pace, not a hold-up.
  if (nextAt - now > 5000) return `The limit of the account “${account.name}” is reached. Next at ${clockTime(nextAt)}.`
  return ''
}
