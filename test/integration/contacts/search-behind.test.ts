import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { EVERYBODY, LOOKED_AT } from '../../../src/main/contacts/table/contact-condition-store.ts'
import type { ContactSort } from '../../../src/shared/contract/contacts.ts'
import { addManyContacts } from '../../support/many-contacts.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'
import { scheduledTime } from '../../support/scheduled-time.ts'

const OLD = 1500
const EVERYONE = LOOKED_AT + OLD
const BY_RELEVANCE: ContactSort = { field: 'relevance', direction: 'ascending' }

async function find(domains: PeopleDomains, search: string, sort = BY_RELEVANCE, offset = 0) {
  const page = await domains.contacts.page({ ...EVERYBODY, search, sort, offset, limit: 200 }, await domains.context())
  return { ...page, names: page.rows.map(row => row.lastName) }
}

test('a search after a large import says whom it has not looked at, finds nobody wrongly, and completes by itself', async () => {
  await using domains = await openPeopleDomains()
  await addManyContacts(domains.storage.db, 1, EVERYONE)

  expect(await find(domains, 'family021000')).toMatchObject({ names: ['Family021000'], total: 1, unsearched: OLD })
  expect(await find(domains, 'family000007')).toMatchObject({ names: [], total: 0, unsearched: OLD })
  const many = await find(domains, 'ann')
  expect(many).toMatchObject({ total: LOOKED_AT / 2, unsearched: OLD })
  expect(many.rows.every(row => row.firstName === 'Ann')).toBe(true)
  const deep = await find(domains, 'ann', BY_RELEVANCE, LOOKED_AT / 2 - 1)
  expect(deep.names).toEqual([`Family${String(EVERYONE - 1).padStart(6, '0')}`])
  const byScore = await find(domains, 'ann', { field: 'leadScore', direction: 'descending' })
  expect(byScore).toMatchObject({ total: LOOKED_AT / 2, unsearched: OLD })
  expect(byScore.rows.every(row => row.leadScore === 99)).toBe(true)

  await using time = scheduledTime(domains)
  await time.pass(0)
  expect(await find(domains, 'family000007')).toMatchObject({ names: ['Family000007'], unsearched: 0 })
  expect(await find(domains, 'ann')).toMatchObject({ total: EVERYONE / 2, unsearched: 0 })
})

test('contacts that changed since they were indexed are not found as they were', async () => {
  await using domains = await openPeopleDomains()
  const { db } = domains.parts.storage
  await addManyContacts(db, 1, EVERYONE)
  // As if all of them were in the index.
  await sql`insert into contacts_search (rowid, names, rest)
    select no, '  ' || first_name || '  ', '  ' || city || '  ' from contacts`.execute(db)
  await sql`update contacts_search_state set indexed_to = ${EVERYONE}`.execute(db)
  expect(await find(domains, 'berlin')).toMatchObject({ total: EVERYONE, unsearched: 0 })
  await sql`update contacts set city = 'Paris'`.execute(db)
  expect(await find(domains, 'berlin')).toMatchObject({ total: 0, unsearched: OLD })
  expect(await find(domains, 'paris')).toMatchObject({ total: LOOKED_AT, unsearched: OLD })
  await sql`delete from contacts where no > 10`.execute(db)
  expect(await find(domains, 'bo')).toMatchObject({ unsearched: OLD })
})
