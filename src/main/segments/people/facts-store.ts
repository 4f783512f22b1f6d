import { sql } from 'kysely'
import { z } from 'zod'
import type { Reader } from '../../storage/transaction.ts'
import type { ContactFacts, EventFact, OrderFact } from '../rule/facts.ts'

const COLUMNS = [
  'no',
  'id',
  'first_name',
  'last_name',
  'company',
  'email_key',
  'phone',
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
  'created_at',
  'updated_at',
  'last_activity_at',
  'birthday',
  'latitude',
  'longitude',
  'lead_score',
  'custom',
  'socials',
] as const

const Json = z.string().transform((text): unknown => JSON.parse(text))
const Values = Json.pipe(z.record(z.string(), z.unknown()))
const Pairs = Json.pipe(z.array(z.tuple([z.string(), z.string()])))
const Numbers = Json.pipe(z.array(z.number()))
const Statuses = Json.pipe(z.array(z.tuple([z.number(), z.string()])))
const Texts = Json.pipe(z.array(z.string()))

/** The SQL that loads what rules can ask about, for a few contacts at a time. */
export const factsStore = {
  /** The facts of the contacts that are still there, in the order of their numbers. */
  async load(reader: Reader, nos: readonly number[]): Promise<readonly ContactFacts[]> {
    if (nos.length === 0) return []
    const wanted = JSON.stringify(nos)
    const contacts = await reader
      .selectFrom('contacts')
      .select(COLUMNS)
      .where(sql<boolean>`no in (select value from json_each(${wanted}))`)
      .orderBy('no')
      .execute()
    const more = await memberships(reader, wanted)
    const orders = await ordersOf(reader, wanted)
    const events = await eventsOf(reader, wanted)
    return contacts.map(row => {
      const own = more.get(row.no)
      return {
        no: row.no,
        id: row.id,
        texts: row,
        instants: row,
        birthday: row.birthday,
        latitude: row.latitude,
        longitude: row.longitude,
        leadScore: row.lead_score,
        custom: Values.parse(row.custom),
        socials: Values.parse(row.socials),
        tags: new Set(Numbers.parse(own?.tags ?? '[]')),
        lists: new Map(Statuses.parse(own?.lists ?? '[]')),
        segments: new Set(Numbers.parse(own?.segments ?? '[]')),
        orders: orders.get(row.no) ?? [],
        events: events.get(row.no) ?? [],
        heat: own?.heat ?? null,
        consents: new Map(Pairs.parse(own?.consents ?? '[]')),
        suppressed: new Set(Texts.parse(own?.suppressed ?? '[]')),
        sources: new Set(Texts.parse(own?.sources ?? '[]')),
      }
    })
  },

  async noOf(reader: Reader, contactId: string): Promise<number | null> {
    const row = await reader.selectFrom('contacts').select('no').where('id', '=', contactId).executeTakeFirst()
    return row?.no ?? null
  },
}

interface Memberships {
  readonly no: number
  readonly tags: string
  readonly lists: string
  readonly segments: string
  readonly heat: number | null
  readonly consents: string
  readonly suppressed: string
  readonly sources: string
}

async function memberships(reader: Reader, wanted: string): Promise<ReadonlyMap<number, Memberships>> {
  const { rows } = await sql<Memberships>`
    select c.no,
      (select json_group_array(tag_no) from contact_tags where contact_no = c.no) as tags,
      (select json_group_array(json_array(list_no, status)) from list_members where contact_no = c.no) as lists,
      (select json_group_array(m.segment_no) from segment_members m join segments s on s.no = m.segment_no
        where m.contact_no = c.no and s.kind = 'static') as segments,
      (select heat from engagement where contact_no = c.no) as heat,
      (select json_group_array(json_array(channel, status)) from
        (select channel, status, max(seq) from consents where contact_no = c.no group by channel)) as consents,
      (select json_group_array(distinct channel) from suppressions
        where (channel = 'email' and address_key = c.email_key) or (channel <> 'email' and address_key = c.phone)) as suppressed,
      (select json_group_array(distinct source) from contact_external_ids where contact_no = c.no) as sources
    from json_each(${wanted}) as asked cross join contacts c on c.no = asked.value`.execute(reader)
  return new Map(rows.map(row => [row.no, row]))
}

async function ordersOf(reader: Reader, wanted: string): Promise<ReadonlyMap<number, readonly OrderFact[]>> {
  const { rows } = await sql<{ no: number; contactNo: number; at: number; currency: string; value: number }>`
    select o.no, o.contact_no as "contactNo", o.at, o.currency, o.value_minor as value
    from json_each(${wanted}) as asked cross join orders o on o.contact_no = asked.value
    where o.status = 'paid' order by o.at`.execute(reader)
  const { rows: items } = await sql<{ order: number; sku: string; name: string; category: string; value: number }>`
    select i.order_no as "order", i.sku, i.name, i.category, i.value_minor as value
    from json_each(${JSON.stringify(rows.map(row => row.no))}) as asked cross join order_items i on i.order_no = asked.value
    order by i.order_no, i.position`.execute(reader)
  const itemsOf = groupBy(items, item => item.order)
  const facts = rows.map(row => ({
    contactNo: row.contactNo,
    at: row.at,
    currency: row.currency,
    valueMinor: row.value,
    items: (itemsOf.get(row.no) ?? []).map(({ sku, name, category, value }) => ({
      sku,
      name,
      category,
      valueMinor: value,
    })),
  }))
  return groupBy(facts, fact => fact.contactNo)
}

async function eventsOf(reader: Reader, wanted: string): Promise<ReadonlyMap<number, readonly EventFact[]>> {
  const { rows } = await sql<{
    contactNo: number
    kind: string
    name: string
    at: number
    campaignId: string | null
    properties: string
  }>`
    select e.contact_no as "contactNo", e.kind, e.name, e.at, e.campaign_id as "campaignId", e.properties
    from json_each(${wanted}) as asked cross join contact_events e on e.contact_no = asked.value`.execute(reader)
  return groupBy(
    rows.map(row => ({ ...row, properties: Values.parse(row.properties) })),
    row => row.contactNo,
  )
}

function groupBy<T, K>(rows: readonly T[], keyOf: (row: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const row of rows) {
    const group = groups.get(keyOf(row))
    if (group) group.push(row)
    else groups.set(keyOf(row), [row])
  }
  return groups
}
