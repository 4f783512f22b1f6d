import { CampaignId, SenderId } from '../../shared/contract/define.ts'
import type { LiveAccount, LiveCampaign, LiveHold, SendingLive } from '../../shared/contract/sending-live.ts'
import { MAILBOX_FAMILIES } from '../../shared/domain/domain-family.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Integrations, SendingAccount } from '../integrations/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Reader } from '../storage/transaction.ts'
import type { AccountPace } from './account-pace.ts'
import { forecast } from './forecast.ts'
import { accountHold, familyHold, liveWindows, NO_HOLD, type Say, warmUpWindow } from './live-hold.ts'
import { type AnswerCount, liveStore, type WaitingCount } from './live-store.ts'
import { loadPace } from './pace-loading.ts'
import { reasonLabel } from './reasons.ts'
import { warmUpDay } from './warm-up.ts'

/** What the live figures are read from. */
export interface LiveParts {
  readonly clock: Clock
  readonly reader: Reader
  readonly accounts: Accounts
  readonly integrations: Integrations
  /** The pace that an account's lane goes by; null when it has none, and what is on disk is counted instead. */
  paceOf(accountId: string): AccountPace | null
}

type CampaignRow = Awaited<ReturnType<typeof liveStore.campaigns>>[number]

/** What a moment looks like: everything that the parts of the answer are made from. */
interface Moment {
  readonly now: number
  readonly say: Say
  readonly timeZone: string
  readonly waiting: readonly WaitingCount[]
  readonly answers: readonly AnswerCount[]
  readonly onWire: ReadonlyMap<string, number>
  readonly campaigns: readonly CampaignRow[]
}

const ERRORS_OVER_MS = 86_400_000

/** What sending does at this moment. */
export async function liveOf(parts: LiveParts): Promise<SendingLive> {
  const { clock, reader } = parts
  const now = clock.now()
  const { timeZone } = await parts.accounts.settings(reader)
  const moment: Moment = {
    now,
    timeZone,
    say: at => sayInstant(at, now, timeZone),
    waiting: await liveStore.waiting(reader, now),
    answers: await liveStore.answers(reader, now),
    onWire: await liveStore.onWire(reader),
    campaigns: await liveStore.campaigns(reader),
  }
  const paces = new Map<string, AccountPace>()
  const live: LiveAccount[] = []
  const senders = await parts.integrations.accounts(reader)
  for (const account of senders) {
    const pace = parts.paceOf(account.id) ?? (await loadPace(reader, account, timeZone, now))
    paces.set(account.id, pace)
    live.push(accountLine(moment, account, pace))
  }
  const running = runningOnly(moment)
  const errors = await liveStore.refusals(reader, now - ERRORS_OVER_MS)
  return {
    at: now,
    rate: rateOf(moment.answers),
    waiting: sum(running, one => one.waiting),
    due: sum(running, one => one.due),
    accounts: live.sort((a, b) => b.waiting + b.onWire - (a.waiting + a.onWire)),
    campaigns: moment.campaigns.map(campaign => ({
      ...campaignLine(moment, campaign, live, paces),
      finishesAt: finishOf(moment, campaign, senders, paces),
    })),
    errors: errors.map(one => ({ ...one, label: reasonLabel('rejected', one.class) })),
  }
}

function accountLine(moment: Moment, account: SendingAccount, pace: AccountPace): LiveAccount {
  const { now, say, timeZone } = moment
  const { id, name, channel, state, stateReason, backingOffUntil, limits } = account
  const own = runningOnly(moment).filter(one => one.senderId === id)
  const answers = moment.answers.filter(one => one.senderId === id)
  const work = workOf(own)
  return {
    id: SenderId.parse(id),
    ...{ name, channel, state, stateReason, backingOffUntil },
    onWire: moment.onWire.get(id) ?? 0,
    concurrency: limits.concurrency,
    rate: rateOf(answers),
    ...work,
    windows: [...liveWindows(limits, pace.account, now), ...warmUpWindow(account, pace.account, timeZone, now)],
    warmUpDay: limits.warmUp === null ? null : warmUpDay(limits.warmUp, timeZone, now),
    hold: accountHold(account, pace, work, { now, say, timeZone }),
    families: channel === 'email' ? familiesOf(moment, account, pace, own, answers) : [],
  }
}

function familiesOf(
  { now, say }: Moment,
  { limits }: SendingAccount,
  pace: AccountPace,
  waiting: readonly WaitingCount[],
  answers: readonly AnswerCount[],
): LiveAccount['families'] {
  return MAILBOX_FAMILIES.flatMap(family => {
    const own = waiting.filter(one => one.family === family)
    const answered = answers.filter(one => one.family === family)
    const name = family === '' ? 'other' : family
    const limit = limits.families.find(one => one.family === name)
    const hold = familyHold(pace, family, now, say)
    if (own.length === 0 && answered.length === 0 && limit === undefined && hold.kind === 'none') return []
    const throttle = pace.family(family)?.throttle
    const windows = limit === undefined || throttle === undefined ? [] : liveWindows(limit, throttle, now)
    return [{ family: name, waiting: sum(own, one => one.waiting), rate: rateOf(answered), windows, hold }]
  })
}

function campaignLine(
  moment: Moment,
  campaign: CampaignRow,
  accounts: readonly LiveAccount[],
  paces: ReadonlyMap<string, AccountPace>,
): Omit<LiveCampaign, 'finishesAt'> {
  const { id, name, status, priority, ratePerSecond } = campaign
  const own = moment.waiting.filter(one => one.campaignId === id)
  const senderIds = [...new Set(own.map(one => one.senderId))]
  const used = accounts.filter(account => senderIds.includes(account.id))
  return {
    id: CampaignId.parse(id),
    senderIds: senderIds.map(one => SenderId.parse(one)),
    ...{ name, status, priority, ratePerSecond },
    rate: rateOf(moment.answers.filter(one => one.campaignId === id)),
    ...workOf(own),
    hold: campaignHold(moment, campaign, own, used, paces),
  }
}

/** When the last of its accounts is done with it; null when one of them waits for a person. */
function finishOf(
  { now, timeZone, waiting, campaigns }: Moment,
  campaign: CampaignRow,
  senders: readonly SendingAccount[],
  paces: ReadonlyMap<string, AccountPace>,
): number | null {
  let latest = now
  for (const account of senders) {
    const pace = paces.get(account.id)
    const own = waiting.filter(one => one.senderId === account.id)
    if (pace === undefined || !own.some(one => one.campaignId === campaign.id)) continue
    const at = forecast({ account, pace, waiting: own, campaigns, timeZone, now }, campaign.id)
    if (at === null) return null
    latest = Math.max(latest, at)
  }
  return campaign.status === 'running' ? latest : null
}

function campaignHold(
  moment: Moment,
  campaign: CampaignRow,
  own: readonly WaitingCount[],
  used: readonly LiveAccount[],
  paces: ReadonlyMap<string, AccountPace>,
): LiveHold {
  const { say } = moment
  if (campaign.status === 'paused') {
    return { kind: 'paused', text: campaign.statusReason || 'The campaign is paused.', until: null }
  }
  const work = workOf(own)
  if (work.waiting === 0) return NO_HOLD
  if (work.due === 0) {
    const text = work.nextDueAt === null ? 'Nothing is due.' : `Nothing is due before ${say(work.nextDueAt)}.`
    return { kind: 'not_due', text, until: work.nextDueAt }
  }
  // It is held back only when each of its accounts is: a single one that can send keeps it going.
  const holds = used.map(account => {
    if (account.hold.kind !== 'none') return { ...account.hold, text: `${account.name}: ${account.hold.text}` }
    const before = aheadOf(moment, campaign, account.id)
    if (before !== null) {
      const text = `Waits for “${before.name}”, which goes first (priority ${before.priority}).`
      return { kind: 'priority' as const, text, until: null }
    }
    return blockedFamilies(moment, own, account.id, paces.get(account.id))
  })
  const free = holds.find(hold => hold.kind === 'none')
  if (free !== undefined || holds.length === 0) return NO_HOLD
  return holds.reduce((first, hold) => ((hold.until ?? Infinity) < (first.until ?? Infinity) ? hold : first))
}

/** The campaign that goes first through an account: of higher priority, and with something due that may go. */
function aheadOf(moment: Moment, campaign: CampaignRow, accountId: string): CampaignRow | null {
  const isDue = (id: string): boolean =>
    moment.waiting.some(one => one.campaignId === id && one.senderId === accountId && one.due > 0)
  return (
    moment.campaigns.find(one => one.status === 'running' && one.priority > campaign.priority && isDue(one.id)) ?? null
  )
}

function blockedFamilies(
  { now, say }: Moment,
  own: readonly WaitingCount[],
  accountId: string,
  pace: AccountPace | undefined,
): LiveHold {
  if (pace === undefined) return NO_HOLD
  const due = own.filter(one => one.senderId === accountId && one.due > 0)
  const holds = due.map(one => familyHold(pace, one.family, now, say))
  if (holds.length === 0 || holds.some(hold => hold.kind === 'none')) return NO_HOLD
  return holds.reduce((first, hold) => ((hold.until ?? Infinity) < (first.until ?? Infinity) ? hold : first))
}

function runningOnly({ waiting, campaigns }: Moment): readonly WaitingCount[] {
  const running = new Set(campaigns.flatMap(one => (one.status === 'running' ? [one.id] : [])))
  return waiting.filter(one => running.has(one.campaignId))
}

function workOf(own: readonly WaitingCount[]): { waiting: number; due: number; nextDueAt: number | null } {
  const next = own.flatMap(one => (one.nextDueAt === null ? [] : [one.nextDueAt]))
  return {
    waiting: sum(own, one => one.waiting),
    due: sum(own, one => one.due),
    nextDueAt: next.length > 0 ? Math.min(...next) : null,
  }
}

function rateOf(answers: readonly AnswerCount[]): { overTenSeconds: number; overMinute: number } {
  return {
    overTenSeconds: sum(answers, one => one.inTenSeconds) / 10,
    overMinute: sum(answers, one => one.inMinute) / 60,
  }
}

function sum<T>(rows: readonly T[], of: (row: T) => number): number {
  return rows.reduce((total, row) => total + of(row), 0)
}

/** The time of day; with the day when it is not within the next 20 hours. */
function sayInstant(at: number, now: number, timeZone: string): string {
  const time = { hour: '2-digit', minute: '2-digit', second: '2-digit', timeZone } as const
  const day = { weekday: 'short', day: 'numeric', month: 'short' } as const
  const isFar = at - now > 20 * 3_600_000
  return new Intl.DateTimeFormat('en-GB', isFar ? { ...day, ...time } : time).format(at)
}
