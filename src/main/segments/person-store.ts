import { sql } from 'kysely'
import type { Reader } from '../storage/transaction.ts'
import { lowered, type Sql } from './people/text-store.ts'
import { textSource } from './rule/read-rule.ts'

/** A contact as lists of people show her. */
export interface PersonRow {
  readonly no: number
  readonly id: string
  readonly firstName: string
  readonly lastName: string
  readonly company: string
  readonly email: string | null
  readonly phone: string | null
  readonly city: string
}

const SHOWN = sql`c.no, c.id, c.first_name as "firstName", c.last_name as "lastName", c.company, c.email, c.phone, c.city`

/** What a person is called: her name, else the company, else the address. */
export function personName(row: {
  readonly firstName: string | null
  readonly lastName: string | null
  readonly company: string | null
  readonly email: string | null
  readonly phone?: string | null
}): string {
  const name = `${row.firstName ?? ''} ${row.lastName ?? ''}`.trim()
  return name || row.company || row.email || row.phone || ''
}

/** A person as the contract shows her. */
export function personView(row: PersonRow) {
  const { id, email, phone, city, company } = row
  return { id, name: personName(row), email, phone, city, company }
}

/** The SQL that shows people and suggests values. */
export const personStore = {
  /** The contacts with these numbers that are still there, ascending. */
  async byNo(reader: Reader, nos: readonly number[]): Promise<readonly PersonRow[]> {
    const { rows } = await sql<PersonRow>`
      select ${SHOWN} from json_each(${JSON.stringify(nos)}) as asked cross join contacts c on c.no = asked.value
      order by c.no`.execute(reader)
    return rows
  },

  async byId(reader: Reader, ids: readonly string[]): Promise<readonly PersonRow[]> {
    const { rows } = await sql<PersonRow>`
      select ${SHOWN} from json_each(${JSON.stringify(ids)}) as asked cross join contacts c on c.id = asked.value
      order by c.id`.execute(reader)
    return rows
  },

  /** Contacts by the keys of their addresses; one contact an address, the first. */
  async byAddress(
    reader: Reader,
    channel: 'email' | 'sms',
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, PersonRow>> {
    const key = sql.ref(channel === 'email' ? 'c.email_key' : 'c.phone')
    const { rows } = await sql<PersonRow & { readonly key: string }>`
      select ${SHOWN}, ${key} as key from json_each(${JSON.stringify(keys)}) as asked cross join contacts c on ${key} = asked.value
      order by c.no desc`.execute(reader)
    return new Map(rows.map(row => [row.key, row]))
  },

  /** The most frequent values of a text field that begin like `search`, which is in lower case. */
  async values(
    reader: Reader,
    field: string,
    search: string,
    limit: number,
  ): Promise<readonly { readonly value: string; readonly people: number }[]> {
    const low = lowered(textSource(field))
    const { rows } = await sql<{ value: string; people: number }>`
      select max(shown) as value, count(*) as people
      from (select ${low} as low, ${shownText(field)} as shown from contacts c where ${begins(low, search)})
      group by low order by 2 desc, 1 limit ${limit}`.execute(reader)
    return rows.map(row => ({ value: String(row.value), people: row.people }))
  },

  /** The most bought skus, products or categories that begin like `search`, with how many orders have them. */
  async bought(
    reader: Reader,
    of: 'sku' | 'name' | 'category',
    search: string,
    limit: number,
  ): Promise<readonly { readonly value: string; readonly people: number }[]> {
    const column = sql.ref(of)
    const like = `${search.replace(/[\\%_]/g, '\\$&')}%`
    const { rows } = await sql<{ value: string; people: number }>`
      select ${column} as value, count(distinct order_no) as people from order_items
      where ${column} <> '' and ${column} like ${like} escape '\\'
      group by ${column} order by 2 desc, 1 limit ${limit}`.execute(reader)
    return rows
  },
}

function shownText(field: string): Sql {
  const source = textSource(field)
  return source.kind === 'column' ? sql.ref(`c.${source.column}`) : lowered(source)
}

function begins(low: Sql, search: string): Sql {
  if (search === '') return sql`${low} <> ''`
  return sql`${low} like ${`${search.replace(/[\\%_]/g, '\\$&')}%`} escape '\\'`
}
