import type { MessageCounts, MessageState } from '../contract/sending.ts'

const COLUMN: Readonly<Record<MessageState, Exclude<keyof MessageCounts, 'audience'>>> = {
  waiting: 'pending',
  ready: 'pending',
  claimed: 'pending',
  attempting: 'pending',
  accepted: 'sent',
  rejected: 'failed',
  unknown: 'unknown',
  skipped: 'skipped',
  cancelled: 'skipped',
}

/** The sums that people see, from how many messages are in each state: audience = sent + failed + skipped + pending + unknown. */
export function messageCounts(
  states: readonly { readonly state: MessageState; readonly count: number }[],
): MessageCounts {
  const counts = { audience: 0, sent: 0, failed: 0, skipped: 0, pending: 0, unknown: 0 }
  for (const { state, count } of states) {
    counts.audience += count
    counts[COLUMN[state]] += count
  }
  return counts
}
