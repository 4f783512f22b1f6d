import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { contactIndexesStore } from '../../../src/main/contacts/import/engine/contact-indexes-store.ts'
import type { ImportReader } from '../../../src/main/contacts/import/thread/import-reader.ts'
import { inlineImportReader } from '../../../src/main/contacts/import/thread/inline-reader.ts'
import { threadImportReader } from '../../../src/main/contacts/import/thread/thread-reader.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { ImportId } from '../../../src/shared/contract/define.ts'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

let workspace: ImportWorkspace
afterEach(() => discard(workspace))

const ROWS = 9000
const FILE = `First Name,City,Email,Phone,Tags,Notes\n${Array.from({ length: ROWS }, (_, n) => row(n)).join('')}`

// One in ninety is bad, one in forty repeats an earlier address.
function row(n: number): string {
  const person = n % 40 === 7 && n > 40 ? n - 33 : n
  const email = n % 90 === 11 ? 'nobody' : `p${(person * 7919) % 9973}x${person}@example.org`
  return `Name ${n},City ${n % 50},${email},202-555-${String(person % 10_000).padStart(4, '0')},tag ${n % 5},${n % 100 === 0 ? `note ${n}` : ''}\n`
}

type Stored = Record<string, readonly Record<string, unknown>[]>

/** Everything that an import writes, without ids and times. */
async function stored({ storage: { reader } }: ImportWorkspace): Promise<Stored> {
  const contacts = await reader
    .selectFrom('contacts')
    .select(['email', 'phone', 'twin', 'first_name', 'city'])
    .orderBy('email')
    .orderBy('twin')
    .execute()
  const members = await reader
    .selectFrom('list_members')
    .innerJoin('contacts', 'contacts.no', 'contact_no')
    .select(['contacts.email', 'status'])
    .orderBy('contacts.email')
    .execute()
  const tags = await reader
    .selectFrom('contact_tags')
    .innerJoin('contacts', 'contacts.no', 'contact_no')
    .innerJoin('tags', 'tags.no', 'tag_no')
    .select(['contacts.email', 'tags.name'])
    .orderBy('contacts.email')
    .orderBy('tags.name')
    .execute()
  const notes = await reader
    .selectFrom('notes')
    .innerJoin('contacts', 'contacts.no', 'contact_no')
    .select(['contacts.email', 'body'])
    .orderBy('contacts.email')
    .orderBy('body')
    .execute()
  const rejects = await reader
    .selectFrom('import_rejects')
    .select(['line', 'field', 'reason'])
    .orderBy('line')
    .execute()
  return { contacts, members, tags, notes, rejects }
}

/** The imports that have files of rows that wait to be merged. */
function putAside({ folder }: ImportWorkspace): Promise<string[]> {
  return readdir(join(folder, 'imports')).catch(() => [])
}

async function undisturbed(): Promise<{ expected: Stored; counts: unknown }> {
  workspace = await openImportWorkspace()
  const run = await workspace.importText(FILE, { listName: 'All', country: 'US' })
  const expected = await stored(workspace)
  await discard(workspace)
  return { expected, counts: countsOf(run) }
}

function countsOf({
  state,
  rows,
  created,
  updated,
  unchanged,
  duplicates,
  rejected,
}: Awaited<ReturnType<ImportWorkspace['finished']>>) {
  return { state, rows, created, updated, unchanged, duplicates, rejected }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setImmediate(resolve))
}

async function cursorOf({ storage }: ImportWorkspace): Promise<{ phase: string; rowsRead: number; merged: number }> {
  const { cursor } = await storage.reader.selectFrom('imports').select('cursor').executeTakeFirstOrThrow()
  return JSON.parse(cursor)
}

test('goes on after crashes while reading and while merging, and ends as if nothing had happened', async () => {
  const { expected, counts } = await undisturbed()
  workspace = await openImportWorkspace()
  const id = await workspace.begin(await workspace.upload(FILE), { listName: 'All', country: 'US' })
  const crashPoints = [
    { phase: 'read', past: 1000 },
    { phase: 'read', past: 5000 },
    { phase: 'merge', past: 1 },
    { phase: 'merge', past: 2500 },
    { phase: 'merge', past: 7000 },
  ]
  for (const { phase, past } of crashPoints) {
    await until(async () => {
      const cursor = await cursorOf(workspace)
      return cursor.phase === phase
        ? (phase === 'read' ? cursor.rowsRead : cursor.merged) >= past
        : cursor.phase === 'clear' || (phase === 'read' && cursor.phase === 'merge')
    })
    await workspace.crash()
    workspace = await openImportWorkspace({ folder: workspace.folder, seed: past + 7 })
  }
  const run = await workspace.finished(id)
  expect(countsOf(run)).toEqual(counts)
  expect(await stored(workspace)).toEqual(expected)
}, 60_000)

test('stops at once when it is cancelled, keeps what was merged and forgets the rest', async () => {
  workspace = await openImportWorkspace()
  const id = ImportId.parse(await workspace.begin(await workspace.upload(FILE), { country: 'US' }))
  await until(async () => (await cursorOf(workspace)).merged > 0)
  const run = await workspace.handlers.cancel({ id }, workspace.context)
  expect(run.state).toBe('cancelled')
  expect(run.created).toBeGreaterThan(0)
  expect(run.created).toBeLessThan(8000)
  expect(run.created + run.updated + run.unchanged + run.duplicates + run.rejected).toBe(run.rows)
  expect(await workspace.rows('contacts')).toHaveLength(run.created)
  expect(await putAside(workspace)).toEqual([])
  await expect(workspace.handlers.cancel({ id }, workspace.context)).rejects.toMatchObject({ code: 'conflict' })
})

test('cleans up after an import whose job was cancelled while nothing ran', async () => {
  workspace = await openImportWorkspace()
  const id = await workspace.begin(await workspace.upload(FILE), { country: 'US' })
  await until(async () => (await cursorOf(workspace)).rowsRead > 0)
  await workspace.close()
  const asleep = await openImportWorkspace({ folder: workspace.folder, seed: 6, asleep: true })
  await asleep.storage.db.updateTable('jobs').set({ state: 'cancelled' }).execute()
  await asleep.close()
  workspace = await openImportWorkspace({ folder: workspace.folder, seed: 7 })
  expect(await workspace.finished(id)).toMatchObject({ state: 'cancelled' })
  await workspace.importText('Email\nann@example.org\n')
  const { reader } = workspace.storage
  expect(await putAside(workspace)).toEqual([])
  expect(await reader.selectFrom('imports').select('state').orderBy('number').execute()).toEqual([
    { state: 'cancelled' },
    { state: 'done' },
  ])
})

test('goes on after the application was closed in the middle', async () => {
  workspace = await openImportWorkspace()
  const id = await workspace.begin(await workspace.upload(FILE), { country: 'US' })
  await until(async () => (await cursorOf(workspace)).rowsRead > 0)
  await workspace.close()
  workspace = await openImportWorkspace({ folder: workspace.folder, seed: 5 })
  expect(await workspace.finished(id)).toMatchObject({ state: 'done', rows: ROWS, rejected: 100 })
})

test.each(['goes on', 'is cancelled'] as const)(
  'indexes that were taken away for a large import are back when it %s',
  async end => {
    workspace = await openImportWorkspace()
    const id = ImportId.parse(await workspace.begin(await workspace.upload(FILE), { country: 'US' }))
    await until(async () => (await cursorOf(workspace)).merged > 0)
    await workspace.crash()
    // As an import of fifty thousand rows and more into an empty workspace does.
    const asleep = await openImportWorkspace({ folder: workspace.folder, seed: 6, asleep: true })
    const indexes = await contactIndexesStore.statements(asleep.storage.reader)
    expect(indexes.join()).toMatch(/contacts_phone.*contacts_name|contacts_name.*contacts_phone/)
    await transaction(asleep.storage.db, tx => contactIndexesStore.drop(tx, indexes))
    const { cursor } = await asleep.storage.reader.selectFrom('imports').select('cursor').executeTakeFirstOrThrow()
    const without = JSON.stringify({ ...JSON.parse(cursor), indexes })
    await asleep.storage.db.updateTable('imports').set({ cursor: without }).execute()
    expect(await contactIndexesStore.statements(asleep.storage.reader)).toEqual([])
    await asleep.close()
    const isAwake = end === 'goes on'
    workspace = await openImportWorkspace({ folder: workspace.folder, seed: 7, asleep: !isAwake })
    if (isAwake) expect(await workspace.finished(id)).toMatchObject({ state: 'done', rows: ROWS })
    else expect(await workspace.handlers.cancel({ id }, workspace.context)).toMatchObject({ state: 'cancelled' })
    expect(await contactIndexesStore.statements(workspace.storage.reader)).toEqual(indexes)
  },
)

test('two imports at once do not disturb each other', async () => {
  workspace = await openImportWorkspace()
  const half = Math.floor(FILE.length / 2)
  const cut = FILE.indexOf('\n', half) + 1
  const head = FILE.slice(0, FILE.indexOf('\n') + 1)
  const first = await workspace.begin(await workspace.upload(FILE.slice(0, cut)), { country: 'US' })
  const second = await workspace.begin(await workspace.upload(head + FILE.slice(cut)), { country: 'US' })
  const runs = [await workspace.finished(first), await workspace.finished(second)]
  expect(runs.map(run => run.state)).toEqual(['done', 'done'])
  const total = runs.reduce((sum, run) => sum + run.rows, 0)
  expect(total).toBe(ROWS)
  const addresses = new Set((await workspace.rows('contacts')).map(contact => contact['email']))
  expect(addresses.size).toBe(runs.reduce((sum, run) => sum + run.created, 0))
})

test('an import whose file cannot be read any more fails with a reason and leaves nothing behind', async () => {
  const inline = inlineImportReader()
  const reader: ImportReader = {
    ...inline,
    async *stage(request, signal) {
      for await (const point of inline.stage(request, signal)) {
        yield point
        throw new Error('EIO: the disk was pulled out')
      }
    },
  }
  workspace = await openImportWorkspace({ reader })
  const run = await workspace.importText(FILE, { country: 'US' })
  expect(run.state).toBe('failed')
  expect(run.error).toMatch(/disk/)
  expect(await workspace.rows('contacts')).toEqual([])
  expect(await putAside(workspace)).toEqual([])
})

// A Node that does not read TypeScript by itself cannot start the thread from its source; the built one is tested with the hosts.
test.runIf(process.features.typescript)('reads in a thread of its own with the same result', async () => {
  const { expected, counts } = await undisturbed()
  const file = new URL('../../../src/main/contacts/import/thread/import-thread.ts', import.meta.url)
  workspace = await openImportWorkspace({ reader: threadImportReader(file.pathname) })
  const run = await workspace.importText(FILE, { listName: 'All', country: 'US' })
  expect(countsOf(run)).toEqual(counts)
  expect(await stored(workspace)).toEqual(expected)
})

test.runIf(process.features.typescript)('asks the thread to stop when it is cancelled while reading', async () => {
  const file = new URL('../../../src/main/contacts/import/thread/import-thread.ts', import.meta.url)
  workspace = await openImportWorkspace({ reader: threadImportReader(file.pathname) })
  const id = ImportId.parse(await workspace.begin(await workspace.upload(FILE), { country: 'US' }))
  await until(async () => (await cursorOf(workspace)).phase !== 'begin')
  const run = await workspace.handlers.cancel({ id }, workspace.context)
  expect(run.state).toBe('cancelled')
})
