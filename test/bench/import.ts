import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import sqlite3 from 'sqlite3'
import type { BenchResult } from './bench-result.ts'
import { madeUpRow, type ReadyRow, writeMadeUpFile } from './import-file.ts'

const BENCH_FOLDER = '/tmp/tidings-bench'
const LOOK_EVERY_MS = 50

/**
 * Imports a made-up file of `size` rows with the real built command line, into an empty workspace, against the sqlite3
 * package inserting the same ready-parsed rows into the same table with the same indexes, each in its own process.
 */
export async function benchImport(size = 100_000): Promise<BenchResult> {
  await mkdir(BENCH_FOLDER, { recursive: true })
  const folder = await mkdtemp(join(BENCH_FOLDER, 'import-'))
  try {
    const file = join(folder, 'people.csv')
    await writeMadeUpFile(file, size)
    const workspace = join(folder, 'workspace')
    const ours = await runProcess([cliFile(), 'import', file, '--workspace', workspace])
    const counts: Record<string, number> = JSON.parse(ours.lastLine)
    await checkSum(counts, size)
    const floorScript = `const { runFloor } = await import(${JSON.stringify(import.meta.url)}); await runFloor(...process.argv.slice(1))`
    const floor = await runProcess([
      '--input-type=module',
      '-e',
      floorScript,
      '--',
      join(workspace, 'tidings.db'),
      join(folder, 'floor.db'),
      String(size),
    ])
    const inserted: { ms: number; rows: number } = JSON.parse(floor.lastLine)
    if (inserted.rows !== counts['created'])
      throw new Error(`The floor stored ${inserted.rows} rows, the application ${counts['created']}`)
    return {
      name: 'import',
      size,
      ratio: ours.ms / inserted.ms,
      floorMs: Math.round(inserted.ms),
      ms: Math.round(ours.ms),
      peakRssMb: ours.peakRssMb,
      rowsPerSecond: Math.round((size / ours.ms) * 1000),
      floorPeakRssMb: floor.peakRssMb,
      fileMb: Math.round((await stat(file)).size / 2 ** 20),
      created: counts['created'] ?? 0,
      duplicates: counts['duplicates'] ?? 0,
      rejected: counts['rejected'] ?? 0,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function cliFile(): string {
  return process.env['TIDINGS_CLI'] ?? fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
}

async function checkSum(counts: Record<string, number>, size: number): Promise<void> {
  const { rows = 0, created = 0, updated = 0, unchanged = 0, duplicates = 0, rejected = 0 } = counts
  if (rows !== size || created + updated + unchanged + duplicates + rejected !== rows) {
    throw new Error(`The counts do not add up: ${JSON.stringify(counts)}`)
  }
}

interface Measured {
  readonly ms: number
  readonly peakRssMb: number
  readonly lastLine: string
}

/** Runs Node with arguments and watches the highest resident memory that the system reports for it. */
async function runProcess(args: readonly string[]): Promise<Measured> {
  const begun = performance.now()
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'], env: process.env })
  let output = ''
  let complaints = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  child.stderr.on('data', (chunk: Buffer) => {
    complaints = `${complaints}${chunk.toString('utf8')}`.slice(-2000)
  })
  let peakKb = 0
  const watch = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      status => {
        peakKb = Math.max(peakKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0))
      },
      () => undefined,
    )
  }, LOOK_EVERY_MS)
  const [code]: unknown[] = await once(child, 'close')
  clearInterval(watch)
  const ms = performance.now() - begun
  if (code !== 0) throw new Error(`${args[0]} ended with ${String(code)}: ${complaints}`)
  return { ms, peakRssMb: Math.round(peakKb / 1024), lastLine: output.trim().split('\n').at(-1) ?? '' }
}

const COLUMNS =
  'first_name, last_name, company, email, email_key, phone, street, city, region, postal_code, country, latitude, longitude, birthday'
const REST =
  'id, revision, twin, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at'
const ROWS_A_STATEMENT = 500
const ROWS_A_TRANSACTION = 5000

/**
 * The floor, in its own process: multi-row inserts in transactions of 5,000 rows, prepared once, into a new file with the
 * table and indexes of `like`. Only the time of the database counts. Prints `{ ms, rows }`.
 */
export async function runFloor(like: string, path: string, size: string): Promise<void> {
  const source = await open(like)
  const schema = await all(
    source,
    "select sql from sqlite_schema where tbl_name = 'contacts' and sql is not null order by type desc",
  )
  const database = await open(path)
  await exec(
    database,
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32000',
  )
  for (const { sql } of schema) await exec(database, String(sql))
  const rest = "?, 1, 0, 'import', '', '', 0, '{}', '{}', 1, 1"
  const tuple = `(${COLUMNS.split(',')
    .map(() => '?')
    .join(',')}, ${rest})`
  const insert = (rows: number): string =>
    `insert into contacts (${COLUMNS}, ${REST}) values ${Array.from({ length: rows }, () => tuple).join(',')} on conflict do nothing`
  const full = database.prepare(insert(ROWS_A_STATEMENT))
  let ms = 0
  let number = 0
  const total = Number(size)
  const withId = (row: ReadyRow): ReadyRow => [...row, `01900000-0000-7000-8000-${String(number++).padStart(12, '0')}`]
  for (let from = 0; from < total; from += ROWS_A_TRANSACTION) {
    const rows: ReadyRow[] = []
    for (let index = from; index < Math.min(total, from + ROWS_A_TRANSACTION); index++) {
      const { ready } = madeUpRow(index)
      if (ready) rows.push(withId(ready))
    }
    const begun = performance.now()
    await exec(database, 'begin immediate')
    for (let at = 0; at < rows.length; at += ROWS_A_STATEMENT) {
      const part = rows.slice(at, at + ROWS_A_STATEMENT)
      const statement = part.length === ROWS_A_STATEMENT ? full : database.prepare(insert(part.length))
      await new Promise<void>((resolve, reject) => {
        statement.run(part.flat(), error => (error ? reject(error) : resolve()))
      })
    }
    await exec(database, 'commit')
    ms += performance.now() - begun
  }
  const [stored] = await all(database, 'select count(*) as n from contacts')
  process.stdout.write(`${JSON.stringify({ ms, rows: stored?.['n'] })}\n`)
}

function open(path: string): Promise<sqlite3.Database> {
  return new Promise((resolve, reject) => {
    const database = new sqlite3.Database(path, error => (error ? reject(error) : resolve(database)))
  })
}

function exec(database: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    database.exec(sql, error => (error ? reject(error) : resolve()))
  })
}

function all(database: sqlite3.Database, sql: string): Promise<Record<string, unknown>[]> {
  return new Promise((resolve, reject) => {
    database.all(sql, (error: Error | null, rows: Record<string, unknown>[]) => (error ? reject(error) : resolve(rows)))
  })
}
