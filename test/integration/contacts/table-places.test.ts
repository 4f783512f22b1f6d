import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { contactCondition, EVERYBODY } from '../../../src/main/contacts/table/contact-condition-store.ts'
import {
  createSortIndex,
  relevanceStretches,
  sortIndexOf,
  stretchesOf,
} from '../../../src/main/contacts/table/order-store.ts'
import { searchIndexStore } from '../../../src/main/contacts/table/search-index-store.ts'
import { searchTerms } from '../../../src/main/contacts/table/search-terms.ts'
import { createTablePlaces } from '../../../src/main/contacts/table/table-places.ts'
import { tableStore } from '../../../src/main/contacts/table/table-store.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'

const COUNT = 4000

async function fill(domains: PeopleDomains): Promise<void> {
  const { db } = domains.storage
  await sql`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${COUNT})
    insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, phone, street, city, region,
      postal_code, country, latitude, longitude, time_zone, language, birthday, source, lead_status, lead_quality, lead_score,
      socials, custom, created_at, updated_at, last_activity_at)
    select 'c' || i, 1, case when i % 3 then 'Ann' || (i % 11) else '' end, case when i % 4 then 'Berg' || (i % 7) else '' end,
      '', case when i % 5 then 'p' || i || '@example.org' end, case when i % 5 then 'p' || i || '@example.org' end, 0, null, '',
      case when i % 6 then 'City ' || (i % 5) else '' end, '', '', '', null, null, null, null, null, 'import', '', '', i % 9,
      '{}', case when i % 2 then '{"size":' || (i % 13) || '}' else '{}' end, 1, i % 17, null from n`.execute(db)
  await sql`insert into engagement select no, 1, 0, no % 19, 0 from contacts where no % 7 = 0`.execute(db)
  for (const field of ['city', 'custom:size', 'updatedAt']) {
    const index = sortIndexOf(field)
    if (index?.columns) await createSortIndex(index).execute(db)
  }
  await transaction(db, tx => searchIndexStore.catchUp(tx, { changed: COUNT, fresh: COUNT }), { name: 'test' })
}

test('pages that are sought from remembered places are those of the whole order, wherever one jumps to', async () => {
  await using domains = await openPeopleDomains()
  await fill(domains)
  const { reader } = domains.storage
  const indexes = await tableStore.indexes(reader)
  const tables = ['name', 'email', 'city', 'custom:size', 'updatedAt', 'engagement'].flatMap(field =>
    (['ascending', 'descending'] as const).map(direction => stretchesOf({ field, direction }, indexes, null)),
  )
  const narrow = contactCondition({ ...EVERYBODY, search: 'berg' }, 0)
  const asked = [
    ...tables.map(stretches => ({ stretches, condition: null })),
    ...tables.map(stretches => ({ stretches, condition: narrow })),
    { stretches: relevanceStretches(searchTerms('ann1')), condition: null },
    { stretches: relevanceStretches(searchTerms('ber')), condition: null },
  ]
  for (const { stretches, condition } of asked) {
    const whole: number[] = []
    for (const stretch of stretches) whole.push(...(await tableStore.numbers(reader, stretch, condition)))
    const places = createTablePlaces(stretches, condition)
    await places.remember(reader, () => true)
    const jumps = fc.array(fc.tuple(fc.nat(COUNT + 50), fc.integer({ min: 1, max: 300 })), {
      minLength: 5,
      maxLength: 5,
    })
    for (const list of fc.sample(jumps, { seed: 3, numRuns: 2 })) {
      for (const [offset, limit] of list) {
        expect(await places.numbers(reader, offset, limit)).toEqual(whole.slice(offset, offset + limit))
      }
    }
  }
})
