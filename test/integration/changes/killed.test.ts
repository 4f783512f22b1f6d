import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { systemClock } from '../../../src/main/kernel/clock.ts'
import { openStorage } from '../../../src/main/storage/database.ts'
import { createTestApp } from '../../support/create-test-app.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openImportWorkspace } from '../import/import-workspace.ts'
import { contactsOf } from './contacts-of.ts'
import { beginChange, findChange, KILLED_WORKS, type KilledWork } from './killed-work.ts'

const TWICE = 300
const ONCE = 5000
// When something was done differs from one run to the next, and with it the id of the note that a merge writes.
const TIMES: readonly string[] = ['updated_at', 'added_at', 'changed_at']
const OF_NOTES: readonly string[] = ['id', 'created_at']

/** A workspace with imported contacts, some of them there twice, and their duplicates found. */
async function imported(folder: string): Promise<void> {
  const workspace = await openImportWorkspace({ folder })
  const twice = Array.from({ length: TWICE }, (_, n) =>
    ['ann.le', 'annle'].map(name => `${name}${n}@gmail.com,Ann ${n},Lee ${n}`),
  )
  const others = Array.from({ length: ONCE }, (_, n) => `p${n}@example.org,Bo ${n},Berg ${n}`)
  const lines = ['Email,First name,Last name', ...twice.flat(), ...others]
  await workspace.importText(lines.join('\n'), { country: 'US', listName: 'All' })
  await workspace.close()
  await using app = await createTestApp({ folder })
  await app.client.duplicates.find({})
  while ((await app.client.duplicates.groups({})).foundAt === null) await pause(5)
}

/** Begins the work in a process of its own, and kills that as soon as some of it is done. */
async function killHalfWay(folder: string, work: KilledWork): Promise<void> {
  const program = fileURLToPath(new URL('./killed-child.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder, work], { stdio: ['ignore', 'pipe', 'inherit'] })
  const closed = once(child, 'close')
  await Promise.race([once(child.stdout, 'data'), closed])
  child.kill('SIGKILL')
  await closed
}

/** Waits until the work is over that goes on in this folder; begins it when asked to. Returns where it was before. */
async function workToEnd(folder: string, work: KilledWork, begins: boolean) {
  await using app = await createTestApp({ folder, seed: begins ? 2 : 3 })
  const first = await findChange(app.client, work)
  if (begins) await beginChange(app.client, work)
  for (;;) {
    const state = (await findChange(app.client, work))?.state
    if (state === 'done' || state === 'undone') return first
    await pause(5)
  }
}

async function storeOf(folder: string) {
  const storage = await openStorage(folder, systemClock())
  const { places: _places, ...stored } = await contactsOf(storage.reader)
  const timeless = Object.fromEntries(
    Object.entries(stored).map(([name, rows]) => [
      name,
      rows.map(row =>
        Object.fromEntries(
          Object.entries(row).filter(
            ([column]) => !TIMES.includes(column) && !(name === 'notes' && OF_NOTES.includes(column)),
          ),
        ),
      ),
    ]),
  )
  const { rows: changes } = await sql`select kind, state, contacts, restored from changes order by no`.execute(
    storage.reader,
  )
  const { rows: journal } =
    await sql`select change_no, contact_no, before is null as made, after_revision is null as gone
    from change_contacts order by change_no, contact_no`.execute(storage.reader)
  await storage.close()
  return { ...timeless, changes, journal }
}

// The child is TypeScript: where Node does not read it by itself, nothing is started.
test.runIf(process.features.typescript)(
  'a bulk change, a deletion, a merge of duplicates and an undo that are killed half-way end as if nothing had happened',
  async () => {
    const folder = await temporaryFolder()
    const base = join(folder, 'base')
    await imported(base)
    await Promise.all(
      KILLED_WORKS.map(async work => {
        const [calm, killed] = [join(folder, `${work}-calm`), join(folder, `${work}-killed`)]
        await cp(base, calm, { recursive: true })
        await cp(base, killed, { recursive: true })
        await killHalfWay(killed, work)
        const before = await workToEnd(killed, work, false)
        expect(before?.state).toMatch(/^(recording|undoing)$/)
        await workToEnd(calm, work, true)
        expect(await storeOf(killed)).toEqual(await storeOf(calm))
      }),
    )
  },
  120_000,
)
