import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { contactCondition, EVERYBODY } from '../../../src/main/contacts/table/contact-condition-store.ts'
import { sameLetters } from '../../../src/main/contacts/table/folded-letters.ts'
import { searchIndexStore } from '../../../src/main/contacts/table/search-index-store.ts'
import { tableStore } from '../../../src/main/contacts/table/table-store.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import type { ContactFilter } from '../../../src/shared/contract/contact-filter.ts'
import { type ContactRow, ContactSortField } from '../../../src/shared/contract/contacts.ts'
import { ContactId, MemberId } from '../../../src/shared/contract/define.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'

const FIRST = ['Ann', 'Élodie', 'zoë', 'Hans-Jürgen', '李', 'Øyvind', '', 'ANNA']
const LAST = ['Berg', 'Ångström', "O'Neil", 'Müller', 'van der Berg', '', 'Ņikolajs', 'Straße']
const CITY = ['Zürich', 'Berlin', 'São Paulo', '', 'Σπάρτη', 'Łódź']

const random = seededRandom(11)
function one<T>(values: readonly T[]): T {
  const [byte = 0, other = 0] = random.bytes(2)
  const value = values[(byte * 256 + other) % values.length]
  if (value === undefined) throw new Error('nothing to choose from')
  return value
}

/** Writes contacts as an import does: one after the other, without telling anybody. */
async function fill(domains: PeopleDomains, count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    const email = n % 5 ? `p${n}.${one(['ann', 'bo', 'zoe'])}@example${n % 7}.org` : null
    await sql`insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, phone, street, city,
      region, postal_code, country, latitude, longitude, time_zone, language, birthday, source, lead_status, lead_quality,
      lead_score, socials, custom, created_at, updated_at, last_activity_at)
      values (${`c${n}`}, 1, ${one(FIRST)}, ${one(LAST)}, ${one(['', 'Alder & Sons', 'Ünal GmbH'])}, ${email}, ${email}, 0,
      ${n % 3 ? `+1202${1_000_000 + n * 37}` : null}, '', ${one(CITY)}, '', '', ${one(['DE', 'FR', ''])}, null, null, null,
      ${one(['de', null])}, ${one(['1985-04-23', null, '2001-12-31'])}, 'import', ${one(['', 'new', 'Won'])}, '',
      ${Number(one([0, 5, 70]))}, '{}', ${one(['{}', '{"size":38}', '{"size":9.5}'])}, ${1000 + n}, ${2000 + ((n * 7919) % 101)},
      ${one([null, 5000, 6000])})`.execute(domains.storage.db)
    if (n % 4 === 0) {
      await sql`insert into order_totals values (${n + 1}, 'EUR', ${1 + (n % 3)}, ${(n * 7919) % 1009}, 1, ${n})`.execute(
        domains.storage.db,
      )
    }
    if (n % 3 === 0) {
      await sql`insert into engagement values (${n + 1}, ${1 + (n % 9)}, 0, ${Math.log2(1 + (n % 9))}, 0)`.execute(
        domains.storage.db,
      )
    }
  }
}

const FIELDS = [
  'name',
  'email',
  'phone',
  'company',
  'city',
  'country',
  'birthday',
  'language',
  'leadStatus',
  'leadScore',
]
const MORE = ['engagement', 'spend', 'orders', 'lastOrderAt', 'lastActivityAt', 'createdAt', 'updatedAt', 'custom:size']

test('every order shows everybody once, the same whether its index exists or not, and empty values last', async () => {
  await using domains = await openPeopleDomains()
  await fill(domains, 160)
  const context = await domains.context()
  const pagesOf = async (field: string, direction: 'ascending' | 'descending') => {
    const sort = { field: ContactSortField.parse(field), direction }
    const rows: ContactRow[] = []
    for (let offset = 0; offset < 160; offset += 37) {
      rows.push(...(await domains.contacts.page({ ...EVERYBODY, sort, offset, limit: 37 }, context)).rows.map(asRow))
    }
    return rows
  }
  for (const field of [...FIELDS, ...MORE]) {
    for (const direction of ['ascending', 'descending'] as const) {
      const rows = await pagesOf(field, direction)
      expect(new Set(rows.map(row => row.id)).size, `${field} ${direction}`).toBe(160)
      const values = rows.map(row => valueIn(row, field))
      const filled = values.filter(value => value !== '' && value !== null)
      expect(values.slice(0, filled.length), `${field}: empty ones come last`).toEqual(filled)
      const sorted = [...filled].sort(compare)
      expect(filled, `${field} ${direction}`).toEqual(direction === 'ascending' ? sorted : sorted.reverse())
    }
  }
})

const SEARCHES = ['an', 'ann', 'zoe', 'ELODIE', 'jurgen', 'berg', 'der', "o'n", '李', 'zurich', 'ø', 'n', 'lodz', 'ΣΠΆ']
const PARTS = [
  'example3',
  '+1202',
  '1202100',
  'p1',
  '(202) 100',
  'ann berlin',
  'zzz',
  'alder sons',
  '&',
  'straße',
  'a b',
]

test('a search finds the same whether the index knows everybody, somebody or nobody', async () => {
  await using domains = await openPeopleDomains()
  await fill(domains, 120)
  const { reader, db } = domains.storage
  const counts = async (): Promise<readonly number[]> => {
    const found: number[] = []
    for (const search of [...SEARCHES, ...PARTS]) {
      found.push(await tableStore.count(reader, contactCondition({ ...EVERYBODY, search }, 0)))
    }
    return found
  }
  const catchUp = async (most: number) => {
    for (const step of [
      { changed: most, fresh: 0 },
      { changed: 1, fresh: most },
    ]) {
      await transaction(db, tx => searchIndexStore.catchUp(tx, step), { name: 'test' })
    }
  }
  const unindexed = await counts()
  expect(unindexed.filter(count => count > 0).length).toBeGreaterThan(15)
  await catchUp(50)
  expect(await counts()).toEqual(unindexed)
  await catchUp(1000)
  expect(await counts()).toEqual(unindexed)
  // Changed, deleted and brought back under the same number.
  await sql`update contacts set first_name = 'Bertille', city = 'Åbo' where no in (3, 4, 5)`.execute(db)
  await sql`create temp table kept as select * from contacts where no in (7, 8)`.execute(db)
  await sql`delete from contacts where no in (7, 8, 9)`.execute(db)
  await sql`insert into contacts select * from kept`.execute(db)
  const changed = await counts()
  await catchUp(1000)
  expect(await counts()).toEqual(changed)
  expect((await searchIndexStore.state(reader, 10)).waiting).toBe(0)
})

test('a damaged index of the search is made anew, and the answer is right all the same', async () => {
  await using domains = await openPeopleDomains()
  await fill(domains, 60)
  const context = await domains.context()
  const ask = async () => {
    const sort = { field: 'relevance', direction: 'ascending' } as const
    return (await domains.contacts.page({ ...EVERYBODY, search: 'berg', sort, offset: 0, limit: 60 }, context)).total
  }
  const right = await ask()
  await sql`delete from contacts_search_data where id = 10`.execute(domains.storage.db)
  expect(await ask()).toBe(right)
})

test('whole names come first in a search, then names that begin with it', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  for (const [firstName, email] of [
    ['Bo', 'x.ann@example.org'],
    ['Annabel', 'b@example.org'],
    ['Ann', 'c@example.org'],
    ['Joann', 'd@example.org'],
  ] as const) {
    await domains.contacts.create({ firstName, email }, context)
  }
  const sort = { field: 'relevance', direction: 'ascending' } as const
  const { rows } = await domains.contacts.page({ ...EVERYBODY, search: 'ann', sort, offset: 0, limit: 9 }, context)
  expect(rows.map(row => row.firstName)).toEqual(['Ann', 'Annabel', 'Bo', 'Joann'])
})

test('every condition finds whom a plain look at each row finds', async () => {
  await using domains = await openPeopleDomains()
  await fill(domains, 150)
  const context = await domains.context()
  const whole = { sort: { field: 'createdAt', direction: 'ascending' }, offset: 0, limit: 200 } as const
  const all = (await domains.contacts.page({ ...EVERYBODY, ...whole }, context)).rows.map(asRow)
  const text = (row: ContactRow, column: string) => String(valueIn(row, column) ?? '')
  const same = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const checks: readonly (readonly [ContactFilter['conditions'][number], (row: ContactRow) => boolean])[] = [
    [
      { kind: 'text', column: 'city', operator: 'equals', values: ['zurich', 'BERLIN'] },
      row => ['zurich', 'berlin'].includes(same(row.city)),
    ],
    [{ kind: 'text', column: 'city', operator: 'not_equals', values: ['zürich'] }, row => same(row.city) !== 'zurich'],
    [
      { kind: 'text', column: 'lastName', operator: 'contains', values: ['ul', "'N"] },
      row => /ul|'n/.test(same(row.lastName)),
    ],
    [
      { kind: 'text', column: 'firstName', operator: 'starts_with', values: ['an', 'EL'] },
      row => /^(an|el)/.test(same(row.firstName)),
    ],
    [{ kind: 'text', column: 'email', operator: 'is_empty', values: [] }, row => row.email === null],
    [{ kind: 'text', column: 'city', operator: 'is_not_empty', values: [] }, row => text(row, 'city') !== ''],
    [{ kind: 'number', column: 'leadScore', operator: 'between', from: 5, to: null }, row => row.leadScore >= 5],
    [
      { kind: 'number', column: 'custom:size', operator: 'between', from: 9, to: 10 },
      row => row.custom['size'] === 9.5,
    ],
    [
      { kind: 'number', column: 'custom:size', operator: 'is_empty', from: null, to: null },
      row => row.custom['size'] === undefined,
    ],
    [
      { kind: 'number', column: 'spend', operator: 'between', from: 100, to: 500 },
      row => row.spend.some(sum => sum.valueMinor >= 100 && sum.valueMinor <= 500),
    ],
    [
      { kind: 'number', column: 'orders', operator: 'between', from: 2, to: null },
      row => (row.spend[0]?.orders ?? 0) >= 2,
    ],
    [
      { kind: 'moment', column: 'updatedAt', operator: 'between', from: 2010, to: 2050 },
      row => row.updatedAt >= 2010 && row.updatedAt < 2050,
    ],
    [
      { kind: 'moment', column: 'lastActivityAt', operator: 'is_empty', from: null, to: null },
      row => row.lastActivityAt === null,
    ],
    [
      { kind: 'day', column: 'birthday', operator: 'between', from: '1985-01-01', to: '1985-12-31' },
      row => row.birthday === '1985-04-23',
    ],
  ]
  for (const [condition, holds] of checks) {
    const found = await domains.contacts.page({ ...EVERYBODY, ...whole, conditions: [condition] }, context)
    expect(
      found.rows.map(row => row.id),
      JSON.stringify(condition),
    ).toEqual(all.filter(holds).map(row => row.id))
    expect(found.total).toBe(found.rows.length)
  }
})

test('the letters that count as the same are those of the index', async () => {
  await using domains = await openPeopleDomains()
  const { db } = domains.storage
  await sql`create virtual table temp.letters using fts5(x, tokenize = 'trigram remove_diacritics 1')`.execute(db)
  const letters: string[] = []
  // Latin, Greek and Cyrillic; SQLite knows the pairs of Unicode 6.1, and later ones are in no name.
  for (const [from, to] of [
    [0xc0, 0x17f],
    [0x386, 0x3ce],
    [0x400, 0x51f],
    [0x1e00, 0x1eff],
  ] as const) {
    for (let code = from; code <= to; code++) letters.push(String.fromCharCode(code))
  }
  await sql`insert into letters (rowid, x) select key + 1, '  ' || value from json_each(${JSON.stringify(letters)})`.execute(
    db,
  )
  const different: string[] = []
  for (const letter of letters.filter(one => /^\p{L}$/u.test(one))) {
    const base = sameLetters(letter).at(1) ?? letter
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from letters where letters match ${`"  ${base}"`} and x glob ${`  ${letter}`}`.execute(db)
    if (rows[0]?.n !== 1) different.push(letter)
  }
  expect(different).toEqual([])
})

type PageRow = Awaited<ReturnType<PeopleDomains['contacts']['page']>>['rows'][number]

function asRow(row: PageRow): ContactRow {
  return { ...row, id: ContactId.parse(row.id), ownerId: row.ownerId === null ? null : MemberId.parse(row.ownerId) }
}

/** What a row is sorted by, as SQLite compares it: ASCII without regard to case. */
function valueIn(row: ContactRow, field: string): string | number | null {
  const ascii = (value: string): string => value.replace(/[A-Z]/g, letter => letter.toLowerCase())
  switch (field) {
    case 'name':
      return ascii(row.lastName)
    case 'spend':
      return row.spend[0]?.valueMinor ?? null
    case 'orders':
      return row.spend[0]?.orders ?? null
    case 'engagement':
      return row.engagement === 0 ? null : row.engagement
    case 'custom:size':
      return typeof row.custom['size'] === 'number' ? row.custom['size'] : null
    default: {
      const value: unknown = Object.entries(row).find(([key]) => key === field)?.[1]
      if (typeof value === 'string') return ascii(value)
      return typeof value === 'number' ? value : null
    }
  }
}

function compare(first: string | number | null, second: string | number | null): number {
  if (typeof first === 'number' && typeof second === 'number') return first - second
  return Buffer.compare(Buffer.from(String(first)), Buffer.from(String(second)))
}
