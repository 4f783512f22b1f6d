import sqlite3 from 'sqlite3'

/** A row as SQLite gives it. */
export type Row = Readonly<Record<string, unknown>>

/** A workspace's file, opened to be read and nothing else. */
export interface LedgerFile {
  rows(sql: string, values?: readonly (string | number)[]): Promise<readonly Row[]>
  close(): Promise<void>
}

/** Opens a file read-only and looks at it as it is at this moment, whatever is written meanwhile. Fails when it is not there. */
export async function openLedgerFile(path: string): Promise<LedgerFile> {
  const database = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, sqlite3.OPEN_READONLY, error => (error ? reject(error) : resolve(opened)))
  })
  const rows = (sql: string, values: readonly (string | number)[] = []): Promise<readonly Row[]> =>
    new Promise((resolve, reject) => {
      database.all(sql, values, (error: Error | null, found: Row[]) => (error ? reject(error) : resolve(found)))
    })
  await rows('pragma busy_timeout = 10000')
  // What is sorted or grouped may be as large as the file: on disk, not in memory.
  await rows('pragma temp_store = file')
  await rows('pragma cache_size = -32000')
  await rows('begin')
  // The moment begins with the first read.
  await rows('select count(*) from sqlite_schema')
  return {
    rows,
    close: () =>
      new Promise((resolve, reject) => {
        database.close(error => (error ? reject(error) : resolve()))
      }),
  }
}

/** A column that holds text; empty when it holds nothing. */
export function text(row: Row, column: string): string {
  const value = row[column]
  if (typeof value === 'string') return value
  return typeof value === 'number' ? String(value) : ''
}

/** A column that holds a number; 0 when it is empty. */
export function number(row: Row, column: string): number {
  return Number(row[column] ?? 0)
}

/** A column that holds a number or nothing. */
export function numberOrNull(row: Row, column: string): number | null {
  const value = row[column]
  return value === null || value === undefined ? null : Number(value)
}
