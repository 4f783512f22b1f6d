import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BulkAction } from '../../../src/shared/contract/contact-bulk.ts'
import { ContactId, type ListId } from '../../../src/shared/contract/define.ts'
import { type ChangesWorld, openChangesWorld } from './changes-world.ts'
import { contactsOf, type StoredContacts } from './contacts-of.ts'

// Few addresses and few words, so that changes meet the same people and want the same addresses.
const address = fc.integer({ min: 0, max: 11 }).map(n => `p${n}@example.org`)
const phone = fc.integer({ min: 0, max: 5 }).map(n => `+1202555010${n}`)
const word = fc.constantFrom('', 'Köln', 'Oslo', 'Rome', '“Ümlaut”', "O'Neil")
const place = fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7)

const importRow = fc.record({
  email: fc.oneof(address, fc.constant('')),
  phone: fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: phone }),
  firstName: word,
  city: word,
  tags: fc.constantFrom('', 'fan', 'VIP'),
  crm: fc.constantFrom('', '', 'A-1', 'A-2', 'A-3'),
  note: fc.constantFrom('', '', 'Seen at the fair'),
})

const importing = fc.record({
  kind: fc.constant('import' as const),
  rows: fc.array(importRow, { minLength: 1, maxLength: 12 }),
  duplicates: fc.constantFrom('skip' as const, 'fill_blanks' as const, 'overwrite' as const, 'make_new' as const),
  list: fc.boolean(),
})
const bulk = fc.record({
  kind: fc.constant('bulk' as const),
  except: place,
  what: fc.constantFrom(
    'city' as const,
    'tag' as const,
    'untag' as const,
    'list' as const,
    'unlist' as const,
    'delete' as const,
  ),
})
const some = fc.record({
  kind: fc.constant('some' as const),
  places: fc.uniqueArray(place, { minLength: 1 }),
  what: bulk.map(b => b.what),
})
const edit = fc.record({
  kind: fc.constant('edit' as const),
  place,
  what: fc.constantFrom(
    'field' as const,
    'email' as const,
    'note' as const,
    'consent' as const,
    'tag' as const,
    'delete' as const,
    'create' as const,
  ),
  email: address,
  word,
})
const change = fc.oneof(importing, bulk, some)
type Change = typeof change extends fc.Arbitrary<infer C> ? C : never
type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never

async function idsOf(world: ChangesWorld): Promise<readonly ContactId[]> {
  const rows = await world.storage.reader.selectFrom('contacts').select('id').orderBy('no').execute()
  return rows.map(row => ContactId.parse(row.id))
}

function actionOf(what: 'city' | 'tag' | 'untag' | 'list' | 'unlist' | 'delete', list: ListId): BulkAction {
  switch (what) {
    case 'city':
      return { kind: 'set_fields', fields: { city: 'Bonn', custom: {} } }
    case 'tag':
      return { kind: 'set_tags', add: ['fan'], remove: [] }
    case 'untag':
      return { kind: 'set_tags', add: [], remove: ['VIP', 'fan'] }
    case 'list':
      return { kind: 'add_to_lists', listIds: [list] }
    case 'unlist':
      return { kind: 'remove_from_lists', listIds: [list] }
    case 'delete':
      return { kind: 'delete' }
  }
}

/** Makes a change; returns its id, or null when it changed nobody. */
async function make(world: ChangesWorld, list: ListId, wish: Change): Promise<string | null> {
  world.clock.jump(world.clock.now() + 1000)
  if (wish.kind === 'import') {
    const lines = wish.rows.map(row => Object.values(row).join(','))
    const text = `Email,Phone,First name,City,Tags,CRM ID,Notes\n${lines.join('\n')}\n`
    const listName = wish.list ? { listName: 'News' } : {}
    return world.importText(text, { duplicates: wish.duplicates, country: 'US', ...listName })
  }
  const ids = await idsOf(world)
  const chosen =
    wish.kind === 'bulk'
      ? ids.filter((_, n) => n !== wish.except)
      : ids.filter((_, n) => wish.places.some(place => place === n))
  if (chosen.length === 0) return null
  const action = actionOf(wish.what, list)
  if (wish.kind === 'bulk') {
    const begun = await world.bulk.begin({ kind: 'ids', ids: [...chosen] }, action, world.context.actor.id)
    await world.idle()
    const known = await world.storage.reader
      .selectFrom('changes')
      .select('id')
      .where('id', '=', begun.changeId)
      .execute()
    return known.length > 0 ? begun.changeId : null
  }
  const audit = () => ({ action: 'test', entity: 'contact', entityId: '', data: {} })
  return (await world.bulk.atOnce({ ids: chosen, action, actor: world.context.actor.id, audit })).changeId
}

/** Changes one contact by hand. Whatever is refused (an address in use) changes nobody. */
async function editBy(world: ChangesWorld, wish: Edit): Promise<void> {
  world.clock.jump(world.clock.now() + 1000)
  const id = (await idsOf(world))[wish.place]
  const { contacts, compliance, context } = world
  const refused = (error: unknown): void => {
    if (!(error instanceof Error && error.name === 'AppError')) throw error
  }
  if (wish.what === 'create') {
    await contacts.create({ email: wish.email, firstName: 'New' }, context).catch(refused)
    return
  }
  if (id === undefined) return
  switch (wish.what) {
    case 'field':
      await contacts.update({ id, changes: { city: wish.word, company: 'By hand' } }, context)
      return
    case 'email':
      await contacts.update({ id, changes: { email: wish.email } }, context).catch(refused)
      return
    case 'note':
      await contacts.addNote({ id, body: 'By hand' }, context)
      return
    case 'consent':
      await compliance.handlers.recordConsent(
        { contactId: id, channel: 'email', status: 'denied', basis: 'call', evidence: 'said so' },
        context,
      )
      return
    case 'tag':
      await contacts.setTags({ ids: [id], add: ['by hand'], remove: ['fan'] }, context)
      return
    case 'delete':
      await contacts.remove({ ids: [id] }, context)
      return
  }
}

type Revisions = ReadonlyMap<number, number>
async function revisionsOf(world: ChangesWorld): Promise<Revisions> {
  const rows = await world.storage.reader.selectFrom('contacts').select(['no', 'revision']).execute()
  return new Map(rows.map(row => [row.no, row.revision]))
}

const ownerOf = (row: Record<string, unknown>): unknown => row['contact_no'] ?? row['no']
const addressOf = (row: Record<string, unknown>): string | null =>
  row['email_key'] === null ? null : JSON.stringify([row['email_key'], row['twin']])

/** Every row of every table as text, in an order of its own. */
type Comparable = Readonly<Record<string, readonly string[]>>

/** The store before the change plus the edits since: edited contacts are as they are now, all others as before. */
function expected(before: StoredContacts, now: StoredContacts, edited: ReadonlySet<unknown>): Comparable {
  const stays = new Set(edited)
  const people = (stored: StoredContacts) => new Map((stored['contacts'] ?? []).map(row => [row['no'], row]))
  const then = people(before)
  const today = people(now)
  // Whoever stays keeps her address; somebody who wants it back has to stay as she is as well, and so on.
  for (let found = true; found; ) {
    found = false
    const held = new Set([...today].flatMap(([no, row]) => (stays.has(no) ? [addressOf(row)] : [])))
    for (const [no, row] of then) {
      const wanted = addressOf(row)
      if (stays.has(no) || wanted === null || !held.has(wanted)) continue
      stays.add(no)
      found = true
    }
  }
  return Object.fromEntries(
    Object.keys(before).map(table => {
      const rows = [
        ...(before[table] ?? []).filter(row => !stays.has(ownerOf(row))),
        ...(now[table] ?? []).filter(row => stays.has(ownerOf(row))),
      ]
      return [table, rows.map(row => JSON.stringify(row)).sort()]
    }),
  )
}

function comparable(stored: StoredContacts): Comparable {
  return Object.fromEntries(
    Object.entries(stored).map(([table, rows]) => [table, rows.map(row => JSON.stringify(row)).sort()]),
  )
}

async function populated(edits: readonly Edit[]): Promise<{ world: ChangesWorld; list: ListId }> {
  const world = await openChangesWorld()
  const list = await world.addList('News')
  await world.importText(
    `Email,Phone,First name,City,Tags,CRM ID,Notes\n${[0, 1, 2, 3, 4, 5].map(n => `p${n}@example.org,,First ${n},,VIP,A-${n},Note`).join('\n')}\n,+12025550104,Phone only,,,,\n`,
    { duplicates: 'overwrite', country: 'US', listName: 'News' },
  )
  for (const wish of edits) await editBy(world, wish)
  return { world, list }
}

test('after a change, some edits and its undo, the store is the one before plus the edits', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(edit, { maxLength: 4 }),
      change,
      fc.array(edit, { maxLength: 5 }),
      async (edits, wish, since) => {
        const { world, list } = await populated(edits)
        await using _ = world
        const before = await contactsOf(world.storage.reader)
        const made = await make(world, list, wish)
        if (made === null) return
        const left = await revisionsOf(world)
        for (const one of since) await editBy(world, one)
        const now = await contactsOf(world.storage.reader)
        const revisions = await revisionsOf(world)
        const edited = new Set([...left.keys(), ...revisions.keys()].filter(no => left.get(no) !== revisions.get(no)))
        await world.undo(made)
        expect(comparable(await contactsOf(world.storage.reader))).toEqual(expected(before, now, edited))
      },
    ),
    { numRuns: 10 },
  )
}, 60_000)

test('changes that are taken back one after the other, the last one first, leave the store as it was', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 2, maxLength: 4 }), async wishes => {
      const { world, list } = await populated([])
      await using _ = world
      const before = await contactsOf(world.storage.reader)
      const made: string[] = []
      for (const wish of wishes) made.push(...[await make(world, list, wish)].flatMap(id => id ?? []))
      for (const id of made.reverse()) expect(await world.undo(id)).toMatchObject({ state: 'undone', kept: 0 })
      expect(comparable(await contactsOf(world.storage.reader))).toEqual(comparable(before))
    }),
    { numRuns: 5 },
  )
}, 60_000)
