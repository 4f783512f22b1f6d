import type { MessageRow } from './read-ledger.ts'

/** What arrived at the server, as it wrote it down itself. */
export interface Arrival {
  readonly messageRef: string
  readonly recipient: string
}

/** Messages by what became of them. */
export interface Judgement {
  readonly atSink: number
  readonly accepted: number
  readonly unknown: number
  readonly unknownAtSink: number
}

/** Compares the workspace with what arrived; throws unless everybody got each campaign once or is listed as unknown. */
export function judge(
  rows: readonly MessageRow[],
  records: readonly Arrival[],
  expected: { readonly messages: number; readonly campaigns: number },
): Judgement {
  const arrived = new Set(records.map(record => record.messageRef))
  if (arrived.size !== records.length) throw new Error(`${records.length - arrived.size} messages were sent twice`)
  const times = new Map<string, number>()
  for (const { recipient } of records) times.set(recipient, (times.get(recipient) ?? 0) + 1)
  const often = [...times.values()].filter(count => count > expected.campaigns).length
  if (often > 0) throw new Error(`${often} people were written to more often than there were campaigns`)
  if (rows.length !== expected.messages)
    throw new Error(`${expected.messages - rows.length} people were lost: they have no message`)
  const open = rows.filter(row => row.state !== 'accepted' && row.state !== 'unknown')
  if (open.length > 0) {
    throw new Error(
      `${open.length} messages were neither sent nor listed as unknown: ${open[0]?.id} is ${open[0]?.state}`,
    )
  }
  const accepted = rows.filter(row => row.state === 'accepted')
  const missing = accepted.filter(row => !arrived.has(row.id))
  if (missing.length > 0)
    throw new Error(`${missing.length} messages are called accepted and never arrived: ${missing[0]?.id}`)
  const known = new Set(rows.map(row => row.id))
  const strange = records.filter(record => !known.has(record.messageRef))
  if (strange.length > 0) throw new Error(`${strange.length} messages arrived that the ledger does not know`)
  const unknown = rows.filter(row => row.state === 'unknown')
  return {
    atSink: records.length,
    accepted: accepted.length,
    unknown: unknown.length,
    unknownAtSink: unknown.filter(row => arrived.has(row.id)).length,
  }
}
