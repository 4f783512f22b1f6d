import { expect, test } from 'vitest'
import { contactCondition, EVERYBODY } from '../../../src/main/contacts/table/contact-condition-store.ts'
import {
  createSortIndex,
  relevanceStretches,
  sortIndexOf,
  stretchesOf,
} from '../../../src/main/contacts/table/order-store.ts'
import { searchTerms } from '../../../src/main/contacts/table/search-terms.ts'
import { tableStore } from '../../../src/main/contacts/table/table-store.ts'
import type { PeopleDomains } from '../../support/people-domains.ts'
import { plansOf } from '../../support/query-plans.ts'

const INDEXED = ['name', 'email', 'phone', 'company', 'city', 'region', 'country', 'createdAt', 'updatedAt', 'birthday']
const MORE = ['lastActivityAt', 'leadScore', 'source', 'postalCode', 'custom:shoe_size']

async function makeIndex(domains: PeopleDomains, field: string): Promise<void> {
  const index = sortIndexOf(field)
  if (index?.columns) await createSortIndex(index).execute(domains.storage.db)
}

for (const field of [...INDEXED, ...MORE]) {
  test(`a page in order of ${field} is sought in its index, in either direction, and nothing is sorted`, async () => {
    for (const direction of ['ascending', 'descending'] as const) {
      const plan = await plansOf(
        async reader => {
          const [first] = stretchesOf({ field, direction }, await tableStore.indexes(reader), null)
          if (!first) throw new Error('no stretch')
          const mark = { no: 1, keys: first.keys.map(() => 'x') }
          await tableStore.seek(reader, first, null, { after: mark, skip: 100, limit: 200 })
        },
        domains => makeIndex(domains, field),
      )
      const steps = plan.join('\n')
      expect(steps).toContain(`SEARCH contacts USING`)
      expect(steps).toContain(sortIndexOf(field)?.name)
      expect(steps).not.toContain('TEMP B-TREE')
    }
  })
}

test('engagement and spend walk the indexes that their own tables keep', async () => {
  const walk = async (field: string): Promise<string> =>
    (
      await plansOf(async reader => {
        const [first] = stretchesOf({ field, direction: 'descending' }, new Set(), 'EUR')
        if (first) await tableStore.seek(reader, first, null, { after: null, skip: 0, limit: 200 })
      })
    ).join('\n')
  expect(await walk('engagement')).toMatch(/e USING COVERING INDEX engagement_by_heat/)
  expect(await walk('spend')).toMatch(/e USING COVERING INDEX order_totals_by_value/)
  expect(await walk('engagement')).not.toContain('TEMP B-TREE')
})

test('a search reads the index of the search and no contact', async () => {
  const plan = await plansOf(async reader => {
    for (const stretch of relevanceStretches(searchTerms('ann berg'))) {
      await tableStore.seek(reader, stretch, null, { after: { no: 5, keys: [] }, skip: 0, limit: 200 })
      await tableStore.countOf(reader, stretch, null)
    }
  })
  expect(plan.filter(step => !/contacts_search VIRTUAL TABLE INDEX/.test(step))).toEqual([])
})

test('a condition with a search looks at contacts one by one only where the index is behind', async () => {
  const condition = contactCondition({ ...EVERYBODY, search: 'ann' }, 0)
  const plan = (await plansOf(reader => tableStore.count(reader, condition))).join('\n')
  expect(plan).toMatch(/SCAN contacts_search VIRTUAL TABLE INDEX/)
  expect(plan).toMatch(/SEARCH contacts USING INTEGER PRIMARY KEY \(rowid=\?\)/)
  expect(plan).toMatch(/SEARCH contacts USING INTEGER PRIMARY KEY \(rowid>\?\)/)
  expect(plan).not.toMatch(/SCAN contacts\b/)
})
