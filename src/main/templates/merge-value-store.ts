import { sql } from 'kysely'
import { z } from 'zod'
import { customFieldName } from '../../shared/domain/merge-field.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

interface ContactRow {
  readonly id: string
  readonly first_name: string
  readonly last_name: string
  readonly company: string
  readonly email: string | null
  readonly phone: string | null
  readonly street: string
  readonly city: string
  readonly region: string
  readonly postal_code: string
  readonly country: string
  readonly time_zone: string | null
  readonly language: string | null
  readonly birthday: string | null
  readonly source: string
  readonly lead_status: string
  readonly lead_score: number
  readonly custom: string
  readonly tags: string | null
}

const Names = z.array(z.string())
const Custom = z.record(z.string(), z.unknown())

/** The SQL behind merge values. */
export const mergeValueStore = {
  /** What templates can say of these contacts, by id; one statement. */
  async ofContacts(
    reader: Reader | Tx,
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
    const { rows } = await sql<ContactRow>`
      select c.id, c.first_name, c.last_name, c.company, c.email, c.phone, c.street, c.city, c.region, c.postal_code,
        c.country, c.time_zone, c.language, c.birthday, c.source, c.lead_status, c.lead_score, c.custom,
        (select json_group_array(t.name order by t.name_key) from contact_tags ct join tags t on t.no = ct.tag_no
         where ct.contact_no = c.no) as tags
      from json_each(${JSON.stringify(ids)}) wanted join contacts c on c.id = wanted.value
      order by wanted.key`.execute(reader)
    return new Map(rows.map(row => [row.id, valuesOf(row)]))
  },

  customFields: (reader: Reader): Promise<readonly { readonly key: string; readonly label: string }[]> =>
    reader.selectFrom('custom_fields').select(['key', 'label']).orderBy('label').execute(),
}

function valuesOf(row: ContactRow): Readonly<Record<string, unknown>> {
  const values: Record<string, unknown> = {
    first_name: row.first_name,
    last_name: row.last_name,
    full_name: `${row.first_name} ${row.last_name}`.trim(),
    company: row.company,
    email: row.email ?? '',
    phone: row.phone ?? '',
    street: row.street,
    city: row.city,
    region: row.region,
    postal_code: row.postal_code,
    country: row.country,
    time_zone: row.time_zone ?? '',
    language: row.language ?? '',
    birthday: row.birthday ?? '',
    source: row.source,
    lead_status: row.lead_status,
    lead_score: row.lead_score,
    tags: row.tags === null ? [] : Names.parse(JSON.parse(row.tags)),
  }
  if (row.custom !== '{}') {
    for (const [key, value] of Object.entries(Custom.parse(JSON.parse(row.custom))))
      values[customFieldName(key)] = value
  }
  return values
}
