import { execFile } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { promisify } from 'node:util'
import { parseCsvLines } from './import-lines.ts'
import { openPlain } from './sqlite-connection.ts'

/** What the least possible work took. */
export interface Floor {
  readonly ms: number
  readonly rows: number
  readonly by: string
}

const run = promisify(execFile)
// An address that comes again cannot be in a unique index twice: of each, the first row stays.
const UNIQUE = [
  'delete from people where rowid not in (select min(rowid) from people group by "E-mail" collate nocase)',
  'create unique index people_email on people ("E-mail" collate nocase)',
]

/**
 * The `sqlite3` program's own `.import` of the file into a plain table, as text and unchecked, and the unique index on the
 * address. Without the program the sqlite3 package does the same work.
 */
export async function importFloor(file: string, database: string): Promise<Floor> {
  for (const end of ['', '-wal', '-shm']) await rm(`${database}${end}`, { force: true })
  const hasProgram = await run('sqlite3', ['-version']).then(
    () => true,
    () => false,
  )
  const begun = performance.now()
  if (hasProgram) {
    await run('sqlite3', [database, 'pragma journal_mode = wal', '.mode csv', `.import ${file} people`, ...UNIQUE])
  } else await importByPackage(file, database)
  const ms = performance.now() - begun
  const connection = await openPlain(database, 'readonly')
  const [found] = await connection.all('select count(*) as n from people')
  await connection.close()
  return { ms, rows: Number(found?.['n']), by: hasProgram ? 'sqlite3 program' : 'sqlite3 package (no sqlite3 program)' }
}

const ROWS_A_STATEMENT = 500

async function importByPackage(file: string, database: string): Promise<void> {
  const connection = await openPlain(database, 'create')
  await connection.exec('pragma journal_mode = wal')
  let columns = 0
  let values: string[] = []
  const insert = async (): Promise<void> => {
    const tuple = `(${Array.from({ length: columns }, () => '?').join(',')})`
    const tuples = Array.from({ length: values.length / columns }, () => tuple)
    if (tuples.length > 0) await connection.run(`insert into people values ${tuples.join(',')}`, values)
    values = []
  }
  await connection.exec('begin')
  for await (const cells of parseCsvLines(file)) {
    if (columns === 0) {
      columns = cells.length
      await connection.exec(`create table people (${cells.map(name => `"${name}" text`).join(',')})`)
      continue
    }
    values.push(...cells)
    if (values.length >= ROWS_A_STATEMENT * columns) await insert()
  }
  await insert()
  await connection.exec('commit')
  for (const statement of UNIQUE) await connection.exec(statement)
  await connection.close()
}
