import { sql } from 'kysely'
import { expect, test } from 'vitest'
import type { BulkAction, ContactSelection } from '../../../src/shared/contract/contact-bulk.ts'
import { ContactId } from '../../../src/shared/contract/define.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { type ChangesWorld, openChangesWorld } from './changes-world.ts'
import { contactsOf } from './contacts-of.ts'

/** Makes contacts that are called Name 1, Name 2 … and live in ten cities. */
async function people(world: ChangesWorld, count: number): Promise<void> {
  await sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${count})
    insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, street, city, region,
      postal_code, country, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at)
    select 'c' || i, 1, 'Name', i, '', i || '@example.org', i || '@example.org', 0, '', 'City ' || (i % 10), '', '', 'US',
      'test', '', '', 0, '{}', '{}', 1, 1 from n`.execute(world.storage.db)
}

/** Everybody in a city, or everybody, but some. */
function from(city: string | null, options: { except?: string; expected?: number } = {}): ContactSelection {
  const lives = { kind: 'text' as const, column: 'city' as const, operator: 'equals' as const, values: [city ?? ''] }
  return {
    kind: 'filter',
    filter: { search: '', listId: null, tagId: null, conditions: city === null ? [] : [lives] },
    except: options.except === undefined ? [] : [ContactId.parse(options.except)],
    expected: options.expected ?? null,
  }
}

const begin = (world: ChangesWorld, selection: ContactSelection, action: BulkAction) =>
  world.bulk.begin(selection, action, world.context.actor.id)

async function count(world: ChangesWorld, condition: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from contacts where ${sql.raw(condition)}`.execute(
    world.storage.reader,
  )
  return rows[0]?.n ?? 0
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setImmediate(resolve))
}

const TO_BERLIN: BulkAction = {
  kind: 'set_fields',
  fields: { city: 'Berlin', country: 'de', timeZone: 'europe/berlin' },
}

test('changes everybody whom a filter finds but some, in the background, and can be undone', async () => {
  await using world = await openChangesWorld()
  await people(world, 3000)
  const before = await contactsOf(world.storage.reader)
  const begun = await begin(world, from('City 3', { except: 'c3' }), TO_BERLIN)
  expect(begun.contacts).toBe(299)
  await world.idle()
  expect(await count(world, "city = 'Berlin' and country = 'DE' and time_zone = 'Europe/Berlin'")).toBe(299)
  expect(await count(world, "city = 'City 3'")).toBe(1)
  expect(await world.change(begun.changeId)).toMatchObject({ state: 'done', contacts: 299, kind: 'edit' })
  await world.undo(begun.changeId)
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('deletes many, and brings them back', async () => {
  await using world = await openChangesWorld()
  await people(world, 2500)
  const before = await contactsOf(world.storage.reader)
  const begun = await begin(world, from(null, { except: 'c7', expected: 2499 }), { kind: 'delete' })
  await world.idle()
  expect(await count(world, 'true')).toBe(1)
  expect(await world.undo(begun.changeId)).toMatchObject({ contacts: 2499, restored: 2499 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('tags and lists of many are changed, and taken back one after the other', async () => {
  await using world = await openChangesWorld()
  await people(world, 1200)
  const news = await world.addList('News')
  const before = await contactsOf(world.storage.reader)
  const changes = []
  for (const action of [
    { kind: 'set_tags', add: ['Spring'], remove: [] },
    { kind: 'set_tags', add: ['Summer'], remove: ['spring'] },
    { kind: 'add_to_lists', listIds: [news] },
    { kind: 'remove_from_lists', listIds: [news] },
  ] satisfies readonly BulkAction[]) {
    changes.push((await begin(world, from(null), action)).changeId)
    await world.idle()
  }
  expect((await contactsOf(world.storage.reader))['tags']).toHaveLength(1200)
  for (const change of changes.reverse()) expect(await world.undo(change)).toMatchObject({ kept: 0, restored: 1200 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('who comes to match while it runs is not touched', async () => {
  await using world = await openChangesWorld()
  await people(world, 3000)
  await begin(world, from('City 1'), { kind: 'set_tags', add: ['chosen'], remove: [] })
  await sql`update contacts set city = 'City 1' where city = 'City 2'`.execute(world.storage.db)
  await world.idle()
  expect(await count(world, 'no in (select contact_no from contact_tags)')).toBe(300)
})

test('nothing is changed when other people match than were shown', async () => {
  await using world = await openChangesWorld()
  await people(world, 100)
  await expect(begin(world, from(null, { expected: 99 }), { kind: 'delete' })).rejects.toMatchObject({
    code: 'conflict',
    details: { expected: 99, found: 100 },
  })
  await expect(begin(world, from('Nowhere'), { kind: 'delete' })).rejects.toMatchObject({ code: 'conflict' })
  expect(await count(world, 'true')).toBe(100)
})

test('custom fields are judged by their type, and an unknown one is refused', async () => {
  await using world = await openChangesWorld()
  await people(world, 10)
  await sql`insert into custom_fields (key, label, type, options, created_at) values ('size', 'Size', 'number', '[]', 1)`.execute(
    world.storage.db,
  )
  const setSize = (size: string | null): BulkAction => ({ kind: 'set_fields', fields: { custom: { size } } })
  await expect(begin(world, from(null), setSize('large'))).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(
    begin(world, from(null), { kind: 'set_fields', fields: { custom: { colour: 'red' } } }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  await begin(world, from(null), setSize('42'))
  await world.idle()
  expect(await count(world, `custom = '{"size":42}'`)).toBe(10)
  await begin(world, from('City 1'), setSize(null))
  await world.idle()
  expect(await count(world, `custom = '{}'`)).toBe(1)
})

test('what is done when it is cancelled stays, and can be undone', async () => {
  await using world = await openChangesWorld()
  await people(world, 9000)
  const before = await contactsOf(world.storage.reader)
  const begun = await begin(world, from(null), TO_BERLIN)
  await until(async () => (await count(world, "city = 'Berlin'")) > 0)
  await world.jobs.cancel(begun.jobId)
  const done = await count(world, "city = 'Berlin'")
  expect(done).toBeLessThan(9000)
  expect(await world.change(begun.changeId)).toMatchObject({ state: 'done', contacts: done, canUndo: true })
  await world.undo(begun.changeId)
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('undoing it while it runs stops it first', async () => {
  await using world = await openChangesWorld()
  await people(world, 9000)
  const before = await contactsOf(world.storage.reader)
  const begun = await begin(world, from(null), { kind: 'delete' })
  await until(async () => (await count(world, 'true')) < 9000)
  expect(await world.undo(begun.changeId)).toMatchObject({ state: 'undone', kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('after a crash it goes on where it was and changes nobody twice', async () => {
  const folder = await temporaryFolder()
  const first = await openChangesWorld({ folder })
  await people(first, 5000)
  const begun = await begin(first, from(null), { kind: 'set_tags', add: ['chosen'], remove: [] })
  await until(async () => (await count(first, 'revision > 1')) > 0)
  await first.crash()
  await using world = await openChangesWorld({ folder, at: first.clock.now() + 1000 })
  await world.idle()
  expect(await count(world, 'revision = 2')).toBe(5000)
  expect(await world.change(begun.changeId)).toMatchObject({ state: 'done', contacts: 5000 })
})
