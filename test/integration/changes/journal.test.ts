import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { changeStore } from '../../../src/main/contacts/changes/change-store.ts'
import { conflictsOf } from '../../../src/main/contacts/changes/conflicts.ts'
import { journalStore } from '../../../src/main/contacts/changes/journal-store.ts'
import { EVERYTHING_AND_BELONGINGS } from '../../../src/main/contacts/changes/snapshot.ts'
import { type Tx, transaction } from '../../../src/main/storage/transaction.ts'
import { ContactId } from '../../../src/shared/contract/define.ts'
import { type ChangesWorld, openChangesWorld } from './changes-world.ts'
import { contactsOf } from './contacts-of.ts'

const CHANGE = { id: 'change', kind: 'merge', title: 'Test' } as const

const inOne = <R>(world: ChangesWorld, work: (tx: Tx) => Promise<R>): Promise<R> => transaction(world.storage.db, work)

const begin = (world: ChangesWorld): Promise<number> =>
  inOne(world, tx => journalStore.begin(tx, { ...CHANGE, actor: world.context.actor.id, now: world.clock.now() }))

async function numberOf(world: ChangesWorld, id: string): Promise<number> {
  const row = await world.storage.reader
    .selectFrom('contacts')
    .select('no')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row.no
}

test('two contacts who swapped their addresses get them back', async () => {
  await using world = await openChangesWorld()
  const ann = await numberOf(world, await world.add({ email: 'ann@example.org' }))
  const bo = await numberOf(world, await world.add({ email: 'bo@example.org' }))
  const before = await contactsOf(world.storage.reader)
  const no = await begin(world)
  const set = (tx: Tx, who: number, email: string) =>
    sql`update contacts set email = ${email}, email_key = ${email}, revision = revision + 1 where no = ${who}`.execute(
      tx,
    )
  await inOne(world, async tx => {
    await journalStore.before(tx, no, [ann, bo], ['fields'])
    await set(tx, ann, 'x@example.org')
    await set(tx, bo, 'ann@example.org')
    await set(tx, ann, 'bo@example.org')
    await journalStore.after(tx, no, [ann, bo])
    await journalStore.finish(tx, no)
  })
  expect(await world.undo('change')).toMatchObject({ restored: 2, kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('a merge is taken back with orders, events, consents and the address that moved', async () => {
  await using world = await openChangesWorld()
  const loser = await world.add({ firstName: 'Ann', email: 'old@example.org', phone: '+12025550101' })
  const survivor = await world.add({ firstName: 'Anna', phone: '+12025550101' })
  const refusal = { channel: 'sms', status: 'denied', basis: 'call', evidence: 'said so' } as const
  await world.compliance.handlers.recordConsent({ contactId: loser, ...refusal }, world.context)
  await world.contacts.addNote({ id: loser, body: 'Likes tea' }, world.context)
  const [from, to] = [await numberOf(world, loser), await numberOf(world, survivor)]
  await sql`insert into contact_external_ids (source, external_id, contact_no) values ('crm', 'A-1', ${from})`.execute(
    world.storage.db,
  )
  await sql`insert into orders (id, source, external_id, contact_no, at, currency, value_minor, status)
    values ('o1', 'shop', '1', ${from}, 5, 'EUR', 100, 'paid')`.execute(world.storage.db)
  await sql`insert into contact_events (contact_no, kind, name, at, properties, event_key)
    values (${from}, 'custom', 'visited', 5, '{}', 'k1')`.execute(world.storage.db)
  const before = await contactsOf(world.storage.reader)
  const no = await begin(world)
  await inOne(world, async tx => {
    await journalStore.before(tx, no, [from, to], EVERYTHING_AND_BELONGINGS)
    for (const table of ['notes', 'consents', 'contact_external_ids', 'orders', 'contact_events'])
      await sql`update ${sql.table(table)} set contact_no = ${to} where contact_no = ${from}`.execute(tx)
    await sql`delete from contacts where no = ${from}`.execute(tx)
    await sql`update contacts set email = 'old@example.org', email_key = 'old@example.org', revision = revision + 1
      where no = ${to}`.execute(tx)
    await sql`insert into contact_aliases (old_id, old_no, contact_no, change_no) values (${loser}, ${from}, ${to}, ${no})`.execute(
      tx,
    )
    await journalStore.after(tx, no, [from, to])
    await journalStore.finish(tx, no)
  })
  expect(await world.undo('change')).toMatchObject({ restored: 2, kept: 0 })
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('a contact whom somebody changes between two steps of a change counts as changed since', async () => {
  await using world = await openChangesWorld()
  const ann = await world.add({ email: 'ann@example.org', city: 'Oslo' })
  const at = await numberOf(world, ann)
  const no = await begin(world)
  const step = (company: string) =>
    inOne(world, async tx => {
      await journalStore.before(tx, no, [at], ['fields'])
      await sql`update contacts set company = ${company}, revision = revision + 1 where no = ${at}`.execute(tx)
      await journalStore.after(tx, no, [at])
    })
  await step('One')
  await world.contacts.update({ id: ann, changes: { city: 'Rome' } }, world.context)
  await step('Two')
  await inOne(world, tx => journalStore.finish(tx, no))
  expect(await world.undo('change')).toMatchObject({ restored: 0, kept: 1 })
  expect((await world.contacts.get({ id: ann }, world.context)).contact).toMatchObject({ city: 'Rome', company: 'Two' })
})

test('a second snapshot of a contact adds what the first lacks and changes nothing else of it', async () => {
  await using world = await openChangesWorld()
  const ann = await world.add({ email: 'ann@example.org', city: 'Oslo' })
  await world.contacts.setTags({ ids: [ann], add: ['fan'], remove: [] }, world.context)
  const before = await contactsOf(world.storage.reader)
  const at = await numberOf(world, ann)
  const no = await begin(world)
  await inOne(world, async tx => {
    await journalStore.before(tx, no, [at], ['fields'])
    await sql`update contacts set city = 'Rome', revision = revision + 1 where no = ${at}`.execute(tx)
    await journalStore.after(tx, no, [at])
    await journalStore.before(tx, no, [at], ['fields', 'tags'])
    await sql`delete from contact_tags where contact_no = ${at}`.execute(tx)
    await sql`update contacts set city = 'Paris', revision = revision + 1 where no = ${at}`.execute(tx)
    await journalStore.after(tx, no, [at])
    await journalStore.finish(tx, no)
  })
  await world.undo('change')
  expect(await contactsOf(world.storage.reader)).toEqual(before)
})

test('a new contact who has an order by now stays', async () => {
  await using world = await openChangesWorld()
  const change =
    (await world.importText('Email,First name\nann@example.org,Ann\nbo@example.org,Bo\n', { country: 'US' })) ?? ''
  await sql`insert into orders (id, source, external_id, contact_no, at, currency, value_minor, status)
    select 'o1', 'shop', '1', no, 5, 'EUR', 100, 'paid' from contacts where first_name = 'Ann'`.execute(
    world.storage.db,
  )
  expect(await world.conflicts(change)).toMatchObject([{ name: 'Ann', reason: 'in_use' }])
  expect(await world.undo(change)).toMatchObject({ restored: 1, kept: 1 })
})

test('contacts that an undo would keep are counted and paged, however many pieces the change is looked at in', async () => {
  await using world = await openChangesWorld()
  const ids = []
  for (let n = 0; n < 9; n++) ids.push(await world.add({ firstName: `Name ${n}`, email: `p${n}@example.org` }))
  const { changeId } = await world.contacts.setTags({ ids, add: ['fan'], remove: [] }, world.context)
  for (const n of [1, 2, 4, 5, 6, 8])
    await world.contacts.update({ id: ids[n] ?? ContactId.parse('none'), changes: { city: 'Oslo' } }, world.context)
  const { no } = (await changeStore.find(world.storage.reader, changeId ?? '')) ?? { no: 0 }
  for (const atOnce of [1, 2, 3, 100]) {
    const page = (offset: number, limit: number) =>
      conflictsOf(world.storage.reader, no, { offset, limit, atOnce }, undefined)
    expect(await page(1, 3)).toMatchObject({
      total: 6,
      rows: [{ firstName: 'Name 2' }, { firstName: 'Name 4' }, { firstName: 'Name 5' }],
    })
    expect((await page(5, 10)).rows).toHaveLength(1)
    expect((await page(6, 10)).rows).toEqual([])
  }
})
