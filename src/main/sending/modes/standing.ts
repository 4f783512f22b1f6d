import type { Channel } from '../../../shared/contract/define.ts'
import type { MessageState } from '../../../shared/contract/sending.ts'

/** One message of a recipient, with what the ledger says of it. */
export interface StepRow {
  readonly id: string
  readonly step: number
  readonly channel: Channel
  readonly senderId: string
  readonly state: MessageState
  readonly reason: string
  readonly dueAt: number
  /** When it was accepted, or taken as accepted; null when it was not. */
  readonly acceptedAt: number | null
  /** She has it, or did something with it. */
  readonly isReached: boolean
  /** It came back, or the provider says that it never arrived. */
  readonly isFailed: boolean
  /** How long a cascade waits for its delivery, ms. */
  readonly timeoutMs: number
}

/** How far a message is from the view of the channels after it. */
export type Standing =
  /** Its fate is open, or in doubt: nobody moves, because she might get it twice. */
  | { readonly kind: 'open' }
  /** Accepted, and nothing is known of its arrival yet. */
  | { readonly kind: 'pending'; readonly until: number }
  /** It arrived, or must be taken as arrived. */
  | { readonly kind: 'reached'; readonly isKnown: boolean }
  /** It did not arrive, or nobody can wait longer; `why` is for the record. */
  | { readonly kind: 'failed'; readonly why: string }
  /** Nothing of the campaign goes to her any more. */
  | { readonly kind: 'gone'; readonly why: 'merged' | 'contact_deleted' }

/** How several channels follow each other. */
export type Following = 'cascade' | 'backup'

/**
 * What a message means for the channels after it (K7, standards.md section 12 item 4).
 *
 * state                        | cascade                      | backup
 * ready, claimed, attempting   | open                         | open
 * unknown                      | open, until a person decides | open
 * rejected, skipped, cancelled | failed                       | failed
 * skipped: merged, deleted     | gone                         | gone
 * accepted, arrived            | reached                      | reached
 * accepted, bounced or failed  | failed                       | failed
 * accepted, time not up        | pending                      | pending
 * accepted, time up            | e-mail: reached; else failed | reached
 */
export function standingOf(mode: Following, row: StepRow, now: number): Standing {
  switch (row.state) {
    case 'waiting':
    case 'ready':
    case 'claimed':
    case 'attempting':
    case 'unknown':
      return { kind: 'open' }
    case 'skipped':
      return row.reason === 'merged' || row.reason === 'contact_deleted'
        ? { kind: 'gone', why: row.reason }
        : { kind: 'failed', why: row.reason }
    case 'rejected':
    case 'cancelled':
      return { kind: 'failed', why: row.reason === '' ? row.state : row.reason }
    case 'accepted': {
      if (row.isReached) return { kind: 'reached', isKnown: true }
      if (row.isFailed) return { kind: 'failed', why: 'not_delivered' }
      const until = (row.acceptedAt ?? now) + row.timeoutMs
      if (now < until) return { kind: 'pending', until }
      return mode === 'cascade' && row.channel !== 'email'
        ? { kind: 'failed', why: 'timed_out' }
        : { kind: 'reached', isKnown: false }
    }
  }
}

/** What happens to a recipient’s messages next. */
export type Move =
  | { readonly kind: 'stay' }
  /** The next channel waits until a time, at which it is looked at again. */
  | { readonly kind: 'wait'; readonly row: StepRow; readonly until: number }
  /** The next channel begins. */
  | { readonly kind: 'begin'; readonly row: StepRow; readonly from: number; readonly why: string }
  /** What has not begun is skipped. */
  | { readonly kind: 'end'; readonly rows: readonly StepRow[]; readonly from: number; readonly why: EndReason }

/** Why the channels after one are skipped. */
export type EndReason = 'reached_otherwise' | 'merged' | 'contact_deleted'

/** Decides from the rows of one recipient alone, in order of step: asked twice, it says the same. */
export function moveOf(mode: Following, rows: readonly StepRow[], now: number): Move {
  const begun = rows.filter(row => row.state !== 'waiting').map(row => ({ row, standing: standingOf(mode, row, now) }))
  const next = rows.find(row => row.state === 'waiting')
  const known = begun.find(({ standing }) => standing.kind === 'reached' && standing.isKnown)
  if (known) return endAfter(rows, known.row, 'reached_otherwise')
  if (next === undefined) return { kind: 'stay' }
  const before = begun.filter(({ row }) => row.step < next.step)
  for (const { row, standing } of before) if (standing.kind === 'gone') return endAfter(rows, row, standing.why)
  if (before.some(({ standing }) => standing.kind === 'open')) return { kind: 'stay' }
  const ends = before.flatMap(({ standing }) => (standing.kind === 'pending' ? [standing.until] : []))
  if (ends.length > 0) return { kind: 'wait', row: next, until: Math.max(...ends) }
  const reached = before.find(({ standing }) => standing.kind === 'reached')
  if (reached) return endAfter(rows, reached.row, 'reached_otherwise')
  const last = before.at(-1)
  const why = last?.standing.kind === 'failed' ? last.standing.why : 'no_channel_before'
  return { kind: 'begin', row: next, from: last?.row.step ?? 0, why }
}

function endAfter(rows: readonly StepRow[], row: StepRow, why: EndReason): Move {
  const rest = rows.filter(one => one.state === 'waiting' || (one.state === 'ready' && one.step > row.step))
  return rest.length === 0 ? { kind: 'stay' } : { kind: 'end', rows: rest, from: row.step, why }
}
