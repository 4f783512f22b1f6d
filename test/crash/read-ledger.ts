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
