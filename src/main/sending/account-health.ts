import type { SendingAccount } from '../integrations/index.ts'
import { accountBreaker } from './breaker.ts'
import { backOffMs } from './retry-schedule.ts'
import type { AccountChange } from './turnover.ts'
import type { Verdict } from './verdict.ts'

/** Judges an account by what happens to its messages. */
export interface AccountHealth {
  /** Takes note of a verdict of an attempt that began at `startedAt`; returns the change it calls for. */
  observe(account: SendingAccount, verdict: Verdict, startedAt: number, now: number): AccountChange | null
}

/**
 * The health of one account. Trouble lets it rest, longer each time it happens in a row; after a rest one message is
 * tried, and when that is answered the account runs again. Trouble with its login or its reputation stops it.
 */
export function createAccountHealth(): AccountHealth {
  const breaker = accountBreaker()
  let failures = 0
  let failedAt = 0

  return {
    observe(account, verdict, startedAt, now) {
      if (verdict.kind === 'tripped') {
        return {
          state: 'tripped',
          reason: tripReason(verdict.fault.class, verdict.fault.code, verdict.fault.reply),
          until: null,
        }
      }
      const refused = breaker.observe(verdict)
      if (refused !== null) return { state: 'tripped', reason: refused, until: null }
      // We ended the attempt ourselves, to stop: that says nothing about the account.
      if (verdict.kind === 'held' && verdict.fault.code === 'aborted') return null
      if (verdict.kind === 'held' && verdict.scope === 'account') {
        // Those that were on the wire together fail together: they are one failure.
        if (failures === 0 || startedAt > failedAt) failures += 1
        failedAt = now
        const until = now + backOffMs(failures, verdict.retryAfterMs)
        return {
          state: 'backing_off',
          reason: restReason(verdict.fault.class, verdict.fault.code, verdict.fault.reply),
          until,
        }
      }
      if (verdict.kind === 'unknown' || startedAt <= failedAt) return null
      failures = 0
      return account.state === 'backing_off' ? { state: 'running', reason: '', until: null } : null
    },
  }
}

function restReason(kind: string, code: string, reply: string): string {
  const said = [code, reply].filter(Boolean).join(' ')
  return kind === 'rate_limited'
    ? `The server asked to slow down (${said}). Sending goes on by itself.`
    : `The server could not take messages (${said}). Sending goes on by itself.`
}

function tripReason(kind: string, code: string, reply: string): string {
  const said = [code, reply].filter(Boolean).join(' ')
  return kind === 'policy_sender'
    ? `The server refuses this sender (${said}). Check the sending domain and its reputation, then resume the account.`
    : `The server refused the login (${said}). Check user and password of the account, then resume it.`
}
