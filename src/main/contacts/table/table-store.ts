import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import type { ContactFields } from '../../../shared/contract/contacts.ts'
import { FieldType } from '../../../shared/contract/imports.ts'
import type { Reader } from '../../storage/transaction.ts'
import { NAMES_TEXT } from './column-store.ts'
import { MAIN_CURRENCY } from './contact-condition-store.ts'
import type { Stretch } from './order-store.ts'
import { glob, matchExpression, type SearchTerm } from './search-terms.ts'

/** The place of a row in a stretch: what it is sorted by, and its number. */
export interface Mark {
  readonly no: number
  readonly keys: readonly (string | number)[]
}

/** A row of the table as stored. */
export interface TableRow {
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly email: string | null
  readonly phone: string | null
  readonly street: string
  readonly city: string
  readonly region: string
  readonly postalCode: string
  readonly country: string
  readonly timeZone: string | null
  readonly language: string | null
  readonly birthday: string | null
  readonly source: string
  readonly leadStatus: string
  readonly leadQuality: string
  readonly ownerId: string | null
  readonly ownerName: string
  readonly leadScore: number
  readonly custom: ContactFields['custom']
  readonly tags: readonly string[]
  readonly createdAt: number
  readonly updatedAt: number
  readonly lastActivityAt: number | null
  readonly raw: number | null
  readonly rawAt: number | null
  readonly spend: readonly { readonly currency: string; readonly valueMinor: number; readonly orders: number }[]
  readonly lastOrderAt: number | null
}

const Options = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.string()).catch([]))

/** A row as one list of values: what is shown, then tags and totals. */
type Values = readonly [
  id: string,
  firstName: string,
  lastName: string,
  company: string,
  email: string | null,
  phone: string | null,
  street: string,
  city: string,
  region: string,
  postalCode: string,
  country: string,
  timeZone: string | null,
  language: string | null,
  birthday: string | null,
  source: string,
  leadStatus: string,
  leadQuality: string,
  ownerId: string | null,
  ownerName: string,
  leadScore: number,
  custom: ContactFields['custom'],
  createdAt: number,
  updatedAt: number,
  lastActivityAt: number | null,
  raw: number | null,
  rawAt: number | null,
  tags: string[],
  totals: readonly Totals[],
]
type Totals = readonly [currency: string, valueMinor: number, orders: number, lastAt: number]

type Place = Readonly<Record<string, string | number>>

/** The SQL of the contact table: where a page begins, which contacts are on it, and what is shown of them. */
export const tableStore = {
  async count(reader: Reader, condition: RawBuilder<unknown> | null): Promise<number> {
    // SQLite counts a whole table by its pages, but not when it is asked to look at a condition.
    const counted = condition === null ? sql`contacts` : sql`contacts where ${condition}`
    const { rows } = await sql<{ n: number }>`select count(*) as n from ${counted}`.execute(reader)
    return rows[0]?.n ?? 0
  },

  async countOf(reader: Reader, stretch: Stretch, condition: RawBuilder<unknown> | null): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from ${fromOf(stretch, condition)} where ${whereOf(stretch, condition, null)}`.execute(
      reader,
    )
    return rows[0]?.n ?? 0
  },

  /** The next rows of a stretch after a mark (from its beginning where it is null), leaving out the first `skip`. */
  async seek(
    reader: Reader,
    stretch: Stretch,
    condition: RawBuilder<unknown> | null,
    place: { readonly after: Mark | null; readonly skip: number; readonly limit: number },
  ): Promise<readonly Mark[]> {
    const { rows } = await sql<Place>`
      select ${columnsOf(stretch)} from ${fromOf(stretch, condition)}
      where ${whereOf(stretch, condition, place.after)} order by ${orderOf(stretch)}
      limit ${place.limit} offset ${place.skip}`.execute(reader)
    return rows.map(row => markOf(row, stretch))
  },

  /** Every `every`-th of the next `most` rows after a mark, and how many rows there were. */
  async marks(
    reader: Reader,
    stretch: Stretch,
    condition: RawBuilder<unknown> | null,
    span: { readonly after: Mark | null; readonly every: number; readonly most: number },
  ): Promise<readonly Mark[]> {
    const { rows } = await sql<Place>`
      select * from (select *, row_number() over () as place from (
        select ${columnsOf(stretch)} from ${fromOf(stretch, condition)}
        where ${whereOf(stretch, condition, span.after)} order by ${orderOf(stretch)} limit ${span.most}
      )) where place % ${span.every} = 0`.execute(reader)
    return rows.map(row => markOf(row, stretch))
  },

  /** The numbers of all contacts of a stretch in their order. For a few ten thousand at most. */
  async numbers(reader: Reader, stretch: Stretch, condition: RawBuilder<unknown> | null): Promise<readonly number[]> {
    // One text instead of a row each: a hundred thousand small objects would hold up the window.
    const { rows } = await sql<{ numbers: string }>`
      select json_group_array(no) as numbers from (
        select ${stretch.no} as no from ${fromOf(stretch, condition)}
        where ${whereOf(stretch, condition, null)} order by ${orderOf(stretch)})`.execute(reader)
    return z.array(z.number()).parse(JSON.parse(rows[0]?.numbers ?? '[]'))
  },

  /** The numbers of the hits of a search, closest first. For a few thousand at most. */
  async ranked(
    reader: Reader,
    terms: readonly SearchTerm[],
    condition: RawBuilder<unknown> | null,
  ): Promise<readonly number[]> {
    const { rows } = await sql<{ numbers: string }>`
      select json_group_array(no) as numbers from (
        select contacts.no from contacts_search cross join contacts on contacts.no = contacts_search.rowid
        where contacts_search match ${matchExpression(terms, 'anywhere')} and ${condition ?? sql`true`}
        order by ${closeness(terms)}, contacts.no)`.execute(reader)
    return z.array(z.number()).parse(JSON.parse(rows[0]?.numbers ?? '[]'))
  },

  /** The numbers of contacts that meet a condition, those closest to what is searched for first. For a few ten thousand at most. */
  async nearest(
    reader: Reader,
    terms: readonly SearchTerm[],
    condition: RawBuilder<unknown>,
  ): Promise<readonly number[]> {
    const { rows } = await sql<{ numbers: string }>`
      select json_group_array(no) as numbers from (
        select contacts.no from contacts where ${condition} order by ${closeness(terms)}, contacts.no)`.execute(reader)
    return z.array(z.number()).parse(JSON.parse(rows[0]?.numbers ?? '[]'))
  },

  /** The rows of the table for contacts, in the order of their numbers as given; who is gone is left out. */
  async rows(reader: Reader, numbers: readonly number[]): Promise<readonly TableRow[]> {
    // A row is one text: making an object of 26 values in the driver takes twice as long as all of the reading.
    const { rows } = await sql<{ row: string }>`
      select json_array(c.id, c.first_name, c.last_name, c.company, c.email, c.phone, c.street, c.city, c.region,
        c.postal_code, c.country, c.time_zone, c.language, c.birthday, c.source, c.lead_status, c.lead_quality,
        c.owner_id, coalesce((select m.name from members m where m.id = c.owner_id), ''), c.lead_score, json(c.custom), c.created_at, c.updated_at, c.last_activity_at, e.raw, e.raw_at,
        json((select json_group_array(t.name) from contact_tags ct cross join tags t on t.no = ct.tag_no
          where ct.contact_no = c.no)),
        json((select json_group_array(json_array(o.currency, o.value_minor, o.orders, o.last_at))
          from order_totals o where o.contact_no = c.no))) as row
      from json_each(${JSON.stringify(numbers)}) as asked
        cross join contacts c on c.no = asked.value
        left join engagement e on e.contact_no = c.no
      order by asked.key`.execute(reader)
    const read: readonly Values[] = JSON.parse(`[${rows.map(({ row }) => row).join(',')}]`)
    return read.map(rowOf)
  },

  /** The indexes of the contacts table that exist. */
  async indexes(reader: Reader): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ name: string }>`
      select name from sqlite_schema where type = 'index' and tbl_name = 'contacts'`.execute(reader)
    return new Set(rows.map(row => row.name))
  },

  /** The currency that most customers paid in. Most shops have one, and then nothing is counted. */
  async mainCurrency(reader: Reader): Promise<string | null> {
    const { rows } = await sql<{ first: string | null; last: string | null }>`
      select (select min(currency) from order_totals) as first, (select max(currency) from order_totals) as last`.execute(
      reader,
    )
    const { first = null, last = null } = rows[0] ?? {}
    if (first === last) return first
    const { rows: most } = await sql<{ currency: string | null }>`select ${MAIN_CURRENCY} as currency`.execute(reader)
    return most[0]?.currency ?? null
  },

  /** Ids of all members, by name. */
  async owners(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`select id from members order by name collate nocase, id`.execute(reader)
    return rows.map(row => row.id)
  },

  /** Changes with every commit of the writer, and with nothing else. */
  async version(reader: Reader): Promise<number> {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(reader)
    return rows[0]?.data_version ?? 0
  },

  async fields(reader: Reader) {
    const rows = await reader
      .selectFrom('custom_fields')
      .select(['key', 'label', 'type', 'options'])
      .orderBy('label')
      .execute()
    return rows.map(row => ({ ...row, type: FieldType.parse(row.type), options: Options.parse(row.options) }))
  },

  async lists(reader: Reader) {
    const { rows } = await sql<{ id: string; name: string; count: number }>`
      select l.id, l.name, coalesce(n.people, 0) as count
      from lists l left join (
        select list_no, count(*) as people from list_members where status <> 'removed' group by list_no
      ) n on n.list_no = l.no
      order by l.name_key`.execute(reader)
    return rows
  },

  async tags(reader: Reader) {
    const { rows } = await sql<{ id: string; name: string; count: number }>`
      select t.id, t.name, coalesce(n.people, 0) as count
      from tags t left join (select tag_no, count(*) as people from contact_tags group by tag_no) n on n.tag_no = t.no
      order by t.name_key`.execute(reader)
    return rows
  },
}

/** 0 where every word is a whole name, 1 where every word begins one, else 2: as the stretches of a long result. */
function closeness(terms: readonly SearchTerm[]): RawBuilder<unknown> {
  const all = (patternOf: (word: string) => string) =>
    sql.join(
      terms.map(({ word }) => sql`${NAMES_TEXT} glob ${patternOf(glob(word))}`),
      sql` and `,
    )
  return sql`case when ${all(word => `* ${word} *`)} then 0 when ${all(word => `* ${word}*`)} then 1 else 2 end`
}

/** What the application wrote itself is not checked here: it is when it leaves, and 200 rows would be checked twice. */
function rowOf(values: Values): TableRow {
  const [id, firstName, lastName, company, email, phone, street, city, region, postalCode, country, ...others] = values
  const [timeZone, language, birthday, source, leadStatus, leadQuality, ...last] = others
  const [ownerId, ownerName, leadScore, custom, createdAt, updatedAt, lastActivityAt, raw, rawAt, tags, totals] = last
  return {
    id,
    firstName,
    lastName,
    company,
    email,
    phone,
    street,
    city,
    region,
    postalCode,
    country,
    timeZone,
    language,
    birthday,
    source,
    leadStatus,
    leadQuality,
    ownerId,
    ownerName,
    leadScore,
    custom,
    tags: tags.length > 1 ? tags.sort((one, other) => one.localeCompare(other)) : tags,
    createdAt,
    updatedAt,
    lastActivityAt,
    raw,
    rawAt,
    spend: totals.map(([currency, valueMinor, orders]) => ({ currency, valueMinor, orders })),
    lastOrderAt: totals.length === 0 ? null : Math.max(...totals.map(([, , , lastAt]) => lastAt)),
  }
}

function columnsOf(stretch: Stretch): RawBuilder<unknown> {
  const keys = stretch.keys.map(({ column }, at) => sql`${column} as ${sql.ref(`key${at}`)}`)
  return sql.join([sql`${stretch.no} as no`, ...keys])
}

function fromOf(stretch: Stretch, condition: RawBuilder<unknown> | null): RawBuilder<unknown> {
  return stretch.isApart && condition !== null
    ? sql`${stretch.from} cross join contacts on contacts.no = ${stretch.no}`
    : stretch.from
}

function whereOf(stretch: Stretch, condition: RawBuilder<unknown> | null, after: Mark | null): RawBuilder<unknown> {
  const parts = [
    ...(stretch.where === null ? [] : [stretch.where]),
    ...(stretch.least === null || (after !== null && stretch.direction === 'ascending') ? [] : [stretch.least]),
    ...(condition === null ? [] : [condition]),
    ...(after === null ? [] : [afterMark(stretch, after)]),
  ]
  return parts.length === 0 ? sql`true` : sql.join(parts, sql` and `)
}

/** Behind a mark. The collation stands at the right: at the left it would hide the column from its index. */
function afterMark(stretch: Stretch, mark: Mark): RawBuilder<unknown> {
  const way = stretch.direction === 'ascending' ? sql`>` : sql`<`
  if (stretch.keys.length === 0) return sql`${stretch.no} ${way} ${mark.no}`
  const [first] = stretch.keys
  if (first?.isComputed) {
    const value = sql`${mark.keys[0] ?? null}`
    const column = sql`${first.column} collate nocase`
    return sql`${column} ${way}= ${value} and (${column} ${way} ${value} or ${stretch.no} ${way} ${mark.no})`
  }
  const columns = sql.join([...stretch.keys.map(key => key.column), stretch.no])
  const values = sql.join([
    ...stretch.keys.map((key, at) =>
      key.collation === null ? sql`${mark.keys[at] ?? null}` : sql`${mark.keys[at] ?? null} collate nocase`,
    ),
    mark.no,
  ])
  return sql`(${columns}) ${way} (${values})`
}

function orderOf(stretch: Stretch): RawBuilder<unknown> {
  const way = stretch.direction === 'ascending' ? sql`asc` : sql`desc`
  const keys = stretch.keys.map(key =>
    key.collation === null ? sql`${key.column} ${way}` : sql`${key.column} collate nocase ${way}`,
  )
  return sql.join([...keys, sql`${stretch.no} ${way}`])
}

function markOf(row: Place, stretch: Stretch): Mark {
  return { no: Number(row['no']), keys: stretch.keys.map((_key, at) => row[`key${at}`] ?? '') }
}
