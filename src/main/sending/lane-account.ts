import { AppError } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Integrations, Provider, SendingAccount } from '../integrations/index.ts'
import type { Clock } from '../kernel/clock.ts'
import type { Reader } from '../storage/transaction.ts'
import { createAccountHealth } from './account-health.ts'
import type { AccountPace } from './account-pace.ts'
import { loadPace } from './pace-loading.ts'
import type { AccountChange } from './turnover.ts'
import type { Verdict } from './verdict.ts'

/** An account as its lane knows it: state, limits, health, and the change of state that is not written yet. */
export interface LaneAccount {
  /** Null until it was read for the first time. */
  current(): SendingAccount | null
  /** All limits that hold for it; null until it was read for the first time. */
  pace(): AccountPace | null
  /** Says that what is known of it may be out of date. */
  doubt(): void
  /** Reads it again when it is in doubt. */
  refresh(): Promise<void>
  /** How many attempts may be open at once: a single one to find out whether an account that rested works again. */
  capacity(now: number): number
  observe(verdict: Verdict, startedAt: number, endedAt: number): void
  /** The change of state that the next turn has to write. */
  change(): AccountChange | null
  /** The change was written. */
  written(change: AccountChange): void
  /** The provider, or null when it cannot be made: the account stops then, and says why. */
  provider(): Promise<Provider | null>
}

/** The account of one lane. */
export function createLaneAccount(
  parts: {
    readonly clock: Clock
    readonly reader: Reader
    readonly accounts: Accounts
    readonly integrations: Integrations
  },
  accountId: string,
): LaneAccount {
  const { clock, reader, integrations } = parts
  let health = createAccountHealth()
  let account: SendingAccount | null = null
  let pace: AccountPace | null = null
  let limits = ''
  let isStale = true
  let change: AccountChange | null = null

  return {
    current: () => account,
    pace: () => pace,
    doubt() {
      isStale = true
    },
    async refresh() {
      if (!isStale) return
      isStale = false
      const fresh = await integrations.account(reader, accountId)
      // A person who resumes an account has seen what happened before.
      if (account?.state === 'tripped' && fresh.state === 'running') health = createAccountHealth()
      account = fresh
      const { timeZone } = await parts.accounts.settings(reader)
      const key = JSON.stringify([fresh.limits, timeZone])
      if (key === limits) return
      // New limits are counted over the attempts on disk: nothing is under way between two turns that is not there.
      pace = await loadPace(reader, fresh, timeZone, clock.now())
      limits = key
    },
    capacity(now) {
      if (account === null || (change !== null && change.state !== 'running')) return 0
      if (account.state === 'running') return account.limits.concurrency
      return account.state === 'backing_off' && (account.backingOffUntil ?? 0) <= now ? 1 : 0
    },
    observe(verdict, startedAt, endedAt) {
      if (account !== null) change = weightier(change, health.observe(account, verdict, startedAt, endedAt))
    },
    change: () => change,
    written(written) {
      isStale = true
      if (change === written) change = null
    },
    async provider() {
      try {
        return await integrations.provider(accountId)
      } catch (error) {
        if (!(error instanceof AppError)) throw error
        change = { state: 'tripped', reason: error.message, until: null }
        return null
      }
    },
  }
}

const WEIGHT: Readonly<Record<AccountChange['state'], number>> = { running: 0, backing_off: 1, paused: 2, tripped: 3 }

function weightier(known: AccountChange | null, fresh: AccountChange | null): AccountChange | null {
  if (known === null || fresh === null) return known ?? fresh
  return WEIGHT[fresh.state] >= WEIGHT[known.state] ? fresh : known
}
