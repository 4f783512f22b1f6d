import type { SkipReason } from '../../shared/contract/campaigns.ts'
import { isStillValid, type Wait } from '../compliance/index.ts'
import type { Tx } from '../storage/transaction.ts'
import { ledgerStore } from './ledger-store.ts'
import { postponementStore } from './postponement-store.ts'
import type { Target } from './prepared.ts'

/**
 * Makes messages that have to wait due when they may go, which uses up no attempt and is on record. Returns why others must be
 * skipped, by message: those for which no right time comes while they are worth sending, counted from when they were first
 * put off.
 */
export async function postpone(
  tx: Tx,
  messages: readonly Target[],
  waits: ReadonlyMap<string, Wait>,
  now: number,
): Promise<ReadonlyMap<string, SkipReason>> {
  const tooLate = new Map<string, SkipReason>()
  if (waits.size === 0) return tooLate
  const firstTimes = await postponementStore.firstTimes(tx, [...waits.keys()])
  const later: { readonly message: Target; readonly wait: Wait; readonly messageId: string; readonly until: number }[] =
    []
  for (const message of messages) {
    const { messageId } = message
    const wait = waits.get(messageId)
    if (wait === undefined) continue
    const { until } = wait
    const since = firstTimes.get(messageId) ?? now
    if (until !== null && isStillValid(since, until, wait.validHours, wait.closedDaysSince(since))) {
      later.push({ message, wait, messageId, until })
    } else {
      // It had grown too old before it was looked at now: a machine that slept, an account that stood still.
      const isOld = !isStillValid(since, now, wait.validHours, wait.closedDaysSince(since))
      tooLate.set(messageId, isOld ? 'too_late' : wait.reason)
    }
  }
  if (later.length === 0) return tooLate
  const changed = await postponementStore.putOff(tx, later, now)
  await ledgerStore.append(
    tx,
    later.flatMap(({ message, wait, until }) =>
      changed.has(message.messageId)
        ? [
            {
              kind: 'postponed' as const,
              campaignId: message.campaignId,
              messageId: message.messageId,
              contactId: message.contactId,
              at: now,
              eventKey: `${message.messageId}:postponed:${now}`,
              data: { reason: wait.reason, until, ...wait.data },
            },
          ]
        : [],
    ),
  )
  return tooLate
}
