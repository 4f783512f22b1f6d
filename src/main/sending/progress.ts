import type { Progress } from '../../shared/contract/sending.ts'
import { messageCounts } from '../../shared/domain/message-counts.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Campaigns } from '../campaigns/index.ts'
import type { Integrations, SendingAccount } from '../integrations/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Reader } from '../storage/transaction.ts'
import type { AccountPace } from './account-pace.ts'
import { forecast } from './forecast.ts'
import { liveOf } from './live.ts'
import { liveStore } from './live-store.ts'
import { holdUp, limitPerSecond, type Situation, secondsLeft } from './outlook.ts'
import { loadPace } from './pace-loading.ts'
import { progressStore } from './progress-store.ts'
import { queueStore } from './queue-store.ts'
import { createThrottle, memoryOf, rateWindow, windowsOf } from './throttle.ts'

const RATE_OVER_MS = 10_000
const MOST_ERRORS = 20

/** What progress is read from. */
export interface ProgressParts {
  readonly clock: Clock
  readonly reader: Reader
  readonly accounts: Accounts
  readonly integrations: Integrations
  readonly campaigns: Campaigns
  /** The pace that an account's lane goes by; null when it has none, and what is on disk is counted instead. */
  paceOf(accountId: string): AccountPace | null
}

/** How a campaign is getting on at this moment, from the rows on disk alone. */
export async function progressOf(parts: ProgressParts, campaignId: string): Promise<Progress> {
  const { clock, reader, integrations } = parts
  const now = clock.now()
  const state = await parts.campaigns.state(reader, campaignId)
  const states = await progressStore.states(reader, campaignId)
  const { startedAt, completedAt, statusReason } = await progressStore.times(reader, campaignId)
  const counts = messageCounts(states)
  const retrying = sumOf(states.filter(one => one.state === 'ready' && one.reason !== ''))
  const answers = await progressStore.answersSince(reader, campaignId, now - RATE_OVER_MS)
  const ratePerSecond = answers / (Math.max(1000, Math.min(RATE_OVER_MS, now - (startedAt ?? 0))) / 1000)
  const senderId = state.senderId ?? state.frozen?.senderId ?? null
  const account =
    senderId === null
      ? await integrations.defaultAccount(reader, state.channel)
      : await integrations.account(reader, senderId)
  const range = await progressStore.dueRange(reader, campaignId, account.id)
  const planning = (state.status === 'running' || state.status === 'paused') && state.planState !== 'done'
  const { timeZone } = await parts.accounts.settings(reader)
  const forecastAt = state.status === 'running' ? await forecastOf(parts, campaignId, timeZone, now) : null
  const situation: Situation = {
    forecastAt,
    now,
    status: state.status,
    statusReason,
    planning,
    account,
    pending: counts.pending,
    retrying,
    ratePerSecond,
    ...(await limitsOf(reader, account, state.ratePerSecond, now)),
    firstDueAt: range.first,
    lastDueAt: range.last,
  }
  const held = holdUp(situation, at => clockTime(at, timeZone))
  return {
    status: state.status,
    statusReason,
    planning,
    counts,
    retrying,
    ratePerSecond,
    limitPerSecond: limitPerSecond(account.limits, state.ratePerSecond),
    secondsLeft: secondsLeft(situation),
    nextDueAt: range.first,
    // When nothing moves and the account has no reason for it, something else goes first or a mailbox family rests.
    holdUp: held === '' && answers === 0 && counts.pending > 0 ? await otherHold(parts, campaignId) : held,
    startedAt,
    // A campaign that was opened again is not complete any more.
    completedAt: state.status === 'running' || state.status === 'paused' ? null : completedAt,
    errors: [...(await progressStore.errors(reader, campaignId, MOST_ERRORS))],
  }
}

/** When the last of a campaign's accounts is done with it, by all limits; null when nobody can know. */
async function forecastOf(
  parts: ProgressParts,
  campaignId: string,
  timeZone: string,
  now: number,
): Promise<number | null> {
  const { reader, integrations } = parts
  const waiting = await liveStore.waiting(reader, now)
  const campaigns = await liveStore.campaigns(reader)
  let latest = now
  for (const senderId of new Set(waiting.flatMap(one => (one.campaignId === campaignId ? [one.senderId] : [])))) {
    const account = await integrations.account(reader, senderId)
    const pace = parts.paceOf(senderId) ?? (await loadPace(reader, account, timeZone, now))
    const own = waiting.filter(one => one.senderId === senderId)
    const at = forecast({ account, pace, waiting: own, campaigns, timeZone, now }, campaignId)
    if (at === null) return null
    latest = Math.max(latest, at)
  }
  return latest
}

async function otherHold(parts: ProgressParts, campaignId: string): Promise<string> {
  const { campaigns } = await liveOf(parts)
  return campaigns.find(one => one.id === campaignId)?.hold.text ?? ''
}

async function limitsOf(
  reader: Reader,
  account: SendingAccount,
  campaignRate: number | null,
  now: number,
): Promise<Pick<Situation, 'windows' | 'throttle'>> {
  const windows = [...windowsOf(account.limits), ...(campaignRate === null ? [] : [rateWindow(campaignRate)])]
  const ofAccount = windowsOf(account.limits)
  const { ms, count } = memoryOf(ofAccount)
  const past = await queueStore.startsOfSender(reader, account.id, now - ms, count)
  return { windows, throttle: createThrottle(ofAccount, past) }
}

function sumOf(states: readonly { readonly count: number }[]): number {
  return states.reduce((sum, one) => sum + one.count, 0)
}

function clockTime(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(
    at,
  )
}
