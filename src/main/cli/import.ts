import { stat } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { z } from 'zod'
import type { Client } from '../../shared/contract/client.ts'
import { AppError } from '../../shared/contract/failure.ts'
import { type ColumnMapping, ColumnTarget, DuplicatePolicy, type ImportRun } from '../../shared/contract/imports.ts'
import { readArguments, UsageError } from './arguments.ts'
import { fail, say } from './output.ts'
import { accessWorkspace } from './workspace-access.ts'

const LOOK_EVERY_MS = 200
const TELL_EVERY_MS = 1000

interface Wishes {
  readonly listName: string
  readonly tags: readonly string[]
  readonly country: string | undefined
  readonly duplicates: z.infer<typeof DuplicatePolicy> | undefined
  readonly map: readonly { readonly column: string; readonly target: z.infer<typeof ColumnTarget> }[]
}

/** `tidings import FILE`: progress on stderr, the result as the last line on stdout. */
export async function importCommand(args: readonly string[]): Promise<number> {
  const read = readArguments(
    args,
    {
      list: { type: 'string' },
      map: { type: 'string', multiple: true },
      tag: { type: 'string', multiple: true },
      country: { type: 'string' },
      duplicates: { type: 'string' },
    },
    1,
  )
  const file = read.positionals[0]
  if (file === undefined) throw new UsageError('Which file?')
  const wishes: Wishes = {
    listName: read.text('list') ?? '',
    tags: read.texts('tag'),
    country: read.text('country'),
    duplicates: duplicatesOf(read.text('duplicates')),
    map: read.texts('map').map(mappingOf),
  }
  if (!(await stat(file).catch(() => null))?.isFile()) {
    throw new AppError('not_found', `There is no file ${file}.`)
  }
  const access = await accessWorkspace(read.folder, { work: true })
  try {
    const started = await begin(access.client, await access.upload(file), wishes)
    return report(await finished(access.client, started))
  } finally {
    await access.close()
  }
}

async function begin(client: Client, token: string, wishes: Wishes): Promise<ImportRun> {
  const wanted = {
    listName: wishes.listName,
    tags: [...wishes.tags],
    ...(wishes.country === undefined ? {} : { country: wishes.country }),
    ...(wishes.duplicates === undefined ? {} : { duplicates: wishes.duplicates }),
  }
  const seen = await client.imports.inspect({ token, options: wanted })
  const mapping = withWishes(seen.mapping, seen.columns, wishes.map)
  fail(`Reading ${seen.fileName}. ${seen.readingWhy}`)
  for (const { name, column, target } of mapping) {
    if (target !== 'ignore') fail(`  ${name || `column ${column + 1}`} -> ${target}`)
  }
  return client.imports.start({ token, reading: seen.reading, mapping, options: { ...seen.options, ...wanted } })
}

/** The detected mapping with what the person asked for put over it. A field that she gave is taken from the column that had it. */
export function withWishes(
  detected: readonly ColumnMapping[],
  columns: readonly { readonly column: number; readonly name: string }[],
  wishes: Wishes['map'],
): ColumnMapping[] {
  let mapping = [...detected]
  for (const { column: wanted, target } of wishes) {
    const found = columnNamed(columns, wanted)
    mapping = mapping.map(entry =>
      entry.column !== found.column && entry.target === target && target !== 'ignore' && target !== 'tags'
        ? { ...entry, target: 'ignore' }
        : entry,
    )
    const entry: ColumnMapping = {
      column: found.column,
      name: found.name,
      target,
      label: labelOf(target),
      type: 'text',
    }
    const known = mapping.some(other => other.column === found.column)
    mapping = known ? mapping.map(other => (other.column === found.column ? entry : other)) : [...mapping, entry]
  }
  return mapping
}

function columnNamed<C extends { readonly column: number; readonly name: string }>(
  columns: readonly C[],
  wanted: string,
): C {
  const same = (name: string): boolean => name.trim().toLowerCase() === wanted.trim().toLowerCase()
  const byNumber = /^\d+$/.test(wanted) ? Number(wanted) - 1 : -1
  const found = columns.find(({ name }) => same(name)) ?? columns.find(({ column }) => column === byNumber)
  if (found) return found
  const names = columns.map(({ name, column }) => name || String(column + 1)).join(', ')
  throw new UsageError(`The file has no column "${wanted}". It has: ${names}`)
}

function labelOf(target: string): string {
  return target.startsWith('custom:') ? target.slice('custom:'.length).replaceAll('_', ' ') : ''
}

function mappingOf(text: string): Wishes['map'][number] {
  const at = text.lastIndexOf('=')
  if (at < 1) throw new UsageError(`--map wants COLUMN=FIELD, not "${text}"`)
  const target = ColumnTarget.safeParse(text.slice(at + 1))
  if (!target.success) throw new UsageError(`--map ${text}: there is no field "${text.slice(at + 1)}"`)
  return { column: text.slice(0, at), target: target.data }
}

function duplicatesOf(text: string | undefined): z.infer<typeof DuplicatePolicy> | undefined {
  if (text === undefined) return undefined
  const policy = DuplicatePolicy.safeParse(text)
  if (!policy.success) throw new UsageError(`--duplicates must be one of ${DuplicatePolicy.options.join(', ')}`)
  return policy.data
}

async function finished(client: Client, started: ImportRun): Promise<ImportRun> {
  let run = started
  let toldAt = 0
  for (let waited = 0; run.state === 'waiting' || run.state === 'running'; waited += LOOK_EVERY_MS) {
    await pause(LOOK_EVERY_MS)
    run = await client.imports.get({ id: run.id })
    if (waited - toldAt >= TELL_EVERY_MS) {
      toldAt = waited
      const left = run.secondsLeft === null ? '' : `, ${Math.ceil(run.secondsLeft)} s left`
      fail(`${run.rows} rows, ${Math.round(run.fractionDone * 100)} %, ${Math.round(run.rowsPerSecond)} rows/s${left}`)
    }
  }
  return run
}

function report(run: ImportRun): number {
  if (run.state !== 'done') fail(run.error ?? `The import was ${run.state}.`)
  const { rows, created, updated, unchanged, duplicates, rejected, id, state } = run
  say(JSON.stringify({ rows, created, updated, unchanged, duplicates, rejected, importId: id, state }))
  return run.state === 'done' ? 0 : 1
}
