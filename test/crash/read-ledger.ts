import { join } from 'node:path'
import { openConnection } from '../../src/main/storage/connection.ts'

export interface MessageRow {
  readonly id: string
  readonly state: string
}

/** Reads a workspace that no process has open. */
export async function readRows<R>(
  folder: string,
  sql: string,
  row: (raw: Record<string, unknown>) => R,
): Promise<readonly R[]> {
  const connection = await openConnection(join(folder, 'tidings.db'), 'create')
  try {
    return (await connection.all(sql, [])).map(row)
  } finally {
    await connection.close()
  }
}

/** Every message and its state. */
export function readMessages(folder: string): Promise<readonly MessageRow[]> {
  return readRows(folder, 'select id, state from messages', raw => ({ id: String(raw.id), state: String(raw.state) }))
}

/** How far a workspace has come. */
export interface Standing {
  /** Messages that were accepted, or are listed as unknown. */
  readonly over: number
  readonly unknown: number
  /** On the wire when it was killed: unknown as soon as the application starts again. */
  readonly doubtful: number
  readonly paused: readonly string[]
}

/** Reads how far a workspace has come, without opening it as the application would. */
export async function readStanding(folder: string): Promise<Standing> {
  const states = await readRows(folder, 'select state, count(*) as n from messages group by state', raw => [
    String(raw.state),
    Number(raw.n),
  ])
  const count = new Map<unknown, number>(states.map(([state, n]) => [state, Number(n)]))
  const of = (state: string): number => count.get(state) ?? 0
  return {
    over: of('accepted') + of('unknown'),
    unknown: of('unknown'),
    doubtful: of('attempting'),
    paused: await readRows(folder, `select id from campaigns where status = 'paused'`, raw => String(raw.id)),
  }
}
