import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { RETENTION } from '../../../src/main/contacts/changes/forget-job.ts'
import { ChangeId } from '../../../src/shared/contract/define.ts'
import { type ChangesWorld, openChangesWorld } from './changes-world.ts'

const DAY_MS = 86_400_000

async function tag(world: ChangesWorld, ids: Parameters<ChangesWorld['contacts']['setTags']>[0]['ids'], name: string) {
  const { changeId } = await world.contacts.setTags({ ids, add: [name], remove: [] }, world.context)
  return ChangeId.parse(changeId)
}

async function snapshots(world: ChangesWorld): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from change_contacts`.execute(world.storage.reader)
  return rows[0]?.n ?? 0
}

/** The machine slept, and the application looks around again. */
function sleep(world: ChangesWorld, ms: number): void {
  world.clock.jump(world.clock.now() + ms)
  world.scheduler.wake()
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setImmediate(resolve))
}

test('a change is remembered for thirty days, and then its undo says why it cannot be', async () => {
  await using world = await openChangesWorld()
  const ann = await world.add({ email: 'ann@example.org' })
  const old = await tag(world, [ann], 'old')
  sleep(world, 29 * DAY_MS)
  const young = await tag(world, [ann], 'young')
  expect(await world.change(old)).toMatchObject({ state: 'done', canUndo: true })
  sleep(world, 1.5 * DAY_MS)
  await until(async () => (await snapshots(world)) === 1)
  expect(await world.change(old)).toMatchObject({ state: 'expired', canUndo: false })
  expect(await world.change(young)).toMatchObject({ state: 'done', canUndo: true })
  await expect(world.undo(old)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('too long ago'),
  })
})

test('of too many changes of one kind the oldest are forgotten', async () => {
  await using world = await openChangesWorld()
  const ann = await world.add({ email: 'ann@example.org' })
  const bo = await world.add({ email: 'bo@example.org' })
  const both = await tag(world, [ann, bo], 'both')
  const first = await tag(world, [ann], 'first')
  for (let n = 0; n < RETENTION.mostSingle; n++) await tag(world, [ann], `tag ${n}`)
  sleep(world, 2 * 3_600_000)
  await until(async () => (await snapshots(world)) === RETENTION.mostSingle + 2)
  expect(await world.change(first)).toMatchObject({ state: 'expired' })
  expect(await world.change(both)).toMatchObject({ state: 'done', canUndo: true })
})

test('what belonged to a contact goes when no change can bring her back any more', async () => {
  await using world = await openChangesWorld()
  const ann = await world.add({ email: 'ann@example.org' })
  const bo = await world.add({ email: 'bo@example.org' })
  const order = { source: 'x', at: 1, currency: 'EUR', value_minor: 1, status: 'paid' as const, change_no: null }
  await world.storage.db
    .insertInto('orders')
    .values([1, 2].map(no => ({ ...order, id: `o${no}`, external_id: `${no}`, contact_no: no })))
    .execute()
  const { changeId } = await world.contacts.remove({ ids: [ann] }, world.context)
  const orders = async () =>
    (await world.storage.reader.selectFrom('orders').select('contact_no').execute()).map(row => row.contact_no)
  sleep(world, 29 * DAY_MS)
  await tag(world, [bo], 'young')
  expect(await orders()).toEqual([1, 2])
  sleep(world, 1.5 * DAY_MS)
  await until(async () => (await orders()).length === 1)
  expect(await orders()).toEqual([2])
  expect(await world.change(changeId ?? '')).toMatchObject({ state: 'expired' })
})
