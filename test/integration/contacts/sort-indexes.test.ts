import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { EVERYBODY } from '../../../src/main/contacts/table/contact-condition-store.ts'
import { sortIndexOf } from '../../../src/main/contacts/table/order-store.ts'
import { sortIndexStore } from '../../../src/main/contacts/table/sort-index-store.ts'
import { createSortIndexes } from '../../../src/main/contacts/table/sort-indexes.ts'
import { days, seconds } from '../../../src/main/kernel/clock.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import type { ContactSort } from '../../../src/shared/contract/contacts.ts'
import { addManyContacts } from '../../support/many-contacts.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'
import { scheduledTime } from '../../support/scheduled-time.ts'

const BY_CITY: ContactSort = { field: 'city', direction: 'ascending' }

const namesOf = async ({ parts }: PeopleDomains): Promise<readonly string[]> =>
  (await sortIndexStore.kept(parts.storage.reader)).map(index => index.name)

test('an index for sorting is made on demand, stays while somebody sorts by it, and goes after 90 days', async () => {
  await using domains = await openPeopleDomains()
  const indexes = createSortIndexes(domains.parts)
  await using time = scheduledTime(domains)
  await indexes.want('city')
  await indexes.want('custom:shoe_size')
  await time.pass(0)
  expect(await namesOf(domains)).toEqual(['contacts_sort_city', 'contacts_sort_custom_shoe_size'])

  await time.pass(days(60))
  indexes.used('city')
  const usedAt = async () =>
    (await sortIndexStore.kept(domains.storage.reader)).find(({ name }) => name === 'contacts_sort_city')?.usedAt
  await expect.poll(usedAt).toBe(domains.clock.now())
  await time.pass(days(31))
  expect(await namesOf(domains)).toEqual(['contacts_sort_city'])
  await time.pass(days(60))
  expect(await namesOf(domains)).toEqual([])
  // Whoever sorts by it again gets it again.
  await indexes.want('city')
  await time.pass(0)
  expect(await namesOf(domains)).toEqual(['contacts_sort_city'])
})

test('an index that an older version made counts as used when it is first seen', async () => {
  await using domains = await openPeopleDomains()
  const indexes = createSortIndexes(domains.parts)
  await using time = scheduledTime(domains)
  await indexes.want('city')
  await time.pass(0)
  await domains.storage.db.deleteFrom('contacts_sort_uses').execute()
  await time.pass(days(1))
  await time.pass(days(88))
  expect(await namesOf(domains)).toEqual(['contacts_sort_city'])
  await time.pass(days(3))
  expect(await namesOf(domains)).toEqual([])
})

test('sorting by a column counts as a use, and goes on when its index is taken away meanwhile', async () => {
  await using domains = await openPeopleDomains()
  const { storage, kernel } = domains.parts
  await addManyContacts(storage.db, 1, 30)
  const make = { name: 'contacts_sort_city', usedAt: null }
  await transaction(
    storage.db,
    tx => sortIndexStore.make(tx, { name: make.name, columns: sortIndexOf('city')?.columns ?? null }, 0),
    { name: 'test' },
  )
  const page = async () =>
    domains.contacts.page({ ...EVERYBODY, sort: BY_CITY, offset: 0, limit: 50 }, await domains.context())
  expect((await page()).rows).toHaveLength(30)
  const usedAt = async () => (await sortIndexStore.kept(storage.reader))[0]?.usedAt
  await expect.poll(usedAt).toBe(domains.clock.now())

  await transaction(storage.db, tx => sortIndexStore.drop(tx, make.name), { name: 'test' })
  // While a campaign is sent, what was found before holds for some seconds although the file changes.
  kernel.events.publish({ kind: 'changed', entity: 'message', ids: [] })
  expect((await page()).rows).toHaveLength(30)
})

test('an index waits while messages go out, and is made when they have gone', async () => {
  await using domains = await openPeopleDomains()
  const { db } = domains.storage
  const indexes = createSortIndexes(domains.parts)
  await sql`insert into senders values ('s', 'email', 'practice', 's', '{}', '{}', 'running', '', null, 0, 0, 0, null)`.execute(
    db,
  )
  // An attempt without its campaign is enough here.
  await sql`pragma foreign_keys = off`.execute(db)
  await sql`insert into attempts (message_id, n, sender_id, run_id, started_at)
    values ('m', 1, 's', 'r', ${domains.clock.now()})`.execute(db)
  await using time = scheduledTime(domains)
  await indexes.want('city')
  await time.pass(0)
  expect(await namesOf(domains)).toEqual([])
  await time.pass(seconds(20))
  expect(await namesOf(domains)).toEqual(['contacts_sort_city'])
})
