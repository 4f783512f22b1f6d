import { sql } from 'kysely'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { type IndexNeed, indexName } from '../rule/index-need.ts'
import type { Sql } from './text-store.ts'

const COLUMNS = new Set([
  'first_name',
  'last_name',
  'company',
  'language',
  'time_zone',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'source',
  'lead_status',
  'lead_quality',
  'owner_id',
  'latitude',
  'longitude',
  'lead_score',
  'birthday',
  'updated_at',
  'last_activity_at',
  'email_key',
])

/** The SQL of indexes that are made when a large workspace asks about a field. */
export const indexStore = {
  /** Makes the index. On a million contacts it takes a second or two, in one piece. */
  async make(tx: Tx, need: IndexNeed): Promise<void> {
    await sql`create index if not exists ${sql.ref(indexName(need))} on contacts (${expression(need)}${beside(need)})`.execute(
      tx,
    )
  },

  /** Whether messages are waiting or on their way: then nobody may hold the writer for a second. */
  async isSending(reader: Reader): Promise<boolean> {
    const { rows } = await sql<{ busy: number }>`
      select exists (select 1 from messages where state = 'ready')
        or exists (select 1 from messages where state in ('claimed', 'attempting')) as busy`.execute(reader)
    return rows[0]?.busy === 1
  },
}

/** What keeps values of another type out is in the index too, so that it answers by itself and the row is not read. */
function beside({ kind, isCustom, of }: IndexNeed): Sql {
  return isCustom && kind !== 'flag' ? sql`, json_type(custom, ${sql.lit(`$.${of}`)})` : sql``
}

/** Spelled exactly as questions spell it (text-store.ts): otherwise SQLite does not see that the index fits. */
function expression({ kind, isCustom, of }: IndexNeed): Sql {
  if (!isCustom && !COLUMNS.has(of)) throw new Error(`contacts have no column ${of}`)
  const path = sql`${sql.lit(`$.${of}`)}`
  const value = isCustom ? sql`json_extract(custom, ${path})` : sql.ref(of)
  switch (kind) {
    case 'text':
      return sql`lower(${value})`
    case 'domain':
      return sql`substr(email_key, instr(email_key, '@') + 1)`
    case 'number':
    case 'instant':
      return value
    case 'day':
      return isCustom ? sql`substr(${value}, 1, 10)` : value
    case 'month_day':
      return sql`substr(${value}, 6, 5)`
    case 'flag':
      return sql`json_type(custom, ${path})`
  }
}
