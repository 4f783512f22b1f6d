import { expect, test } from 'vitest'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { openChangesWorld } from './changes-world.ts'
import { contactsOf } from './contacts-of.ts'

const ROWS = 6000
const FILE = `Email,First name,Tags\n${Array.from({ length: ROWS }, (_, n) => `p${n}@example.org,Name ${n},tag ${n % 5}\n`).join('')}`
const OPTIONS = { country: 'US', listName: 'All', duplicates: 'overwrite' } as const

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setImmediate(resolve))
}

test('an undo that is killed half-way goes on after the start and ends as if nothing had happened', async () => {
  const folder = await temporaryFolder()
  let world = await openChangesWorld({ folder })
  for (let n = 0; n < ROWS; n += 2000) await world.add({ email: `p${n}@example.org`, firstName: 'Known', city: 'Köln' })
  const before = await contactsOf(world.storage.reader)
  const change = (await world.importText(FILE, OPTIONS)) ?? ''
  expect(await world.change(change)).toMatchObject({ contacts: ROWS })
  await world.changes.undo({ id: change, keepChanged: true, actor: world.context.actor.id })
  for (const share of [0.1, 0.5]) {
    await until(async () => {
      const { state, restored } = await world.change(change)
      return state !== 'undoing' || restored > ROWS * share
    })
    await world.crash()
    world = await openChangesWorld({ folder, at: world.clock.now() + 1000 })
  }
  await world.idle()
  expect(await world.change(change)).toMatchObject({ state: 'undone', restored: ROWS, kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
  await world.close()
})

test('an undo that is cancelled rests where it is, and goes on when it is asked for again', async () => {
  await using world = await openChangesWorld()
  const before = await contactsOf(world.storage.reader)
  const change = (await world.importText(FILE, OPTIONS)) ?? ''
  await world.changes.undo({ id: change, keepChanged: true, actor: world.context.actor.id })
  await until(async () => (await world.change(change)).restored > 0)
  await world.jobs.cancelSubject('contacts.undo', change)
  const stopped = await world.change(change)
  expect(stopped).toMatchObject({ state: 'stopped', canUndo: true, jobId: null })
  expect(stopped.restored).toBeLessThan(ROWS)
  expect(await world.undo(change)).toMatchObject({ state: 'undone', restored: ROWS })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})
