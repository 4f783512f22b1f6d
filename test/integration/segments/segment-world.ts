import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { peopleStore } from '../../../src/main/segments/people/people-store.ts'
import type { Today } from '../../../src/main/segments/rule/day.ts'
import type { RuleSetting } from '../../../src/main/segments/rule/setting.ts'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import { type Tx, transaction } from '../../../src/main/storage/transaction.ts'
import { fieldCatalogue } from '../../../src/shared/domain/segment-fields.ts'
import { TestClock } from '../../support/test-clock.ts'

/** The moment at which rules are asked in tests: the day after clocks went back in Berlin. */
export const TODAY: Today = { now: Date.parse('2026-10-26T10:30:00Z'), timeZone: 'Europe/Berlin' }

/** One contact of a made-up world, with everything that rules can ask about. */
export interface Person {
  readonly firstName: string
  readonly city: string
  readonly country: string
  readonly email: string | null
  readonly phone: string | null
  readonly birthday: string | null
  readonly place: readonly [number, number] | null
  readonly leadScore: number
  readonly createdAt: number
  readonly lastActivityAt: number | null
  readonly custom: Readonly<Record<string, string | number | boolean>>
  readonly socials: Readonly<Record<string, string>>
  readonly tags: readonly number[]
  readonly lists: readonly (readonly [number, 'active' | 'removed' | 'bounced' | 'unsubscribed'])[]
  readonly held: readonly number[]
  readonly orders: readonly {
    readonly at: number
    readonly currency: string
    readonly value: number
    readonly status: 'paid' | 'refunded' | 'cancelled'
    readonly items: readonly {
      readonly sku: string
      readonly name: string
      readonly category: string
      readonly value: number
    }[]
  }[]
  readonly events: readonly {
    readonly kind: string
    readonly name: string
    readonly at: number
    readonly campaignId: string | null
    readonly properties: Readonly<Record<string, string | number | boolean>>
  }[]
  readonly heat: number | null
  readonly consents: readonly {
    readonly channel: 'email' | 'sms'
    readonly status: 'granted' | 'denied' | 'withdrawn'
  }[]
  readonly suppressed: readonly ('email' | 'sms')[]
  readonly sources: readonly string[]
}

export const CUSTOM_FIELDS = [
  { key: 'plan', label: 'Plan', type: 'text', options: [] },
  { key: 'seats', label: 'Seats', type: 'number', options: [] },
  { key: 'renewal', label: 'Renewal', type: 'date', options: [] },
  { key: 'trial', label: 'Trial', type: 'boolean', options: [] },
  { key: 'interests', label: 'Interests', type: 'list', options: [] },
] as const

/** What rules of the world can refer to. */
export const SETTING: RuleSetting = {
  fields: fieldCatalogue(CUSTOM_FIELDS, ['instagram']),
  today: TODAY,
  currency: 'EUR',
  tags: new Map([1, 2, 3].map(no => [`t${no}`, no])),
  lists: new Map([1, 2].map(no => [`l${no}`, no])),
  segments: new Map(
    [1, 2].map(no => [
      `s${no}`,
      {
        no,
        name: `s${no}`,
        kind: 'static' as const,
        isFilled: true,
        rule: { kind: 'group' as const, id: 'r', match: 'all' as const, negated: false, rules: [] },
      },
    ]),
  ),
  campaigns: new Set(['k1', 'k2']),
}

/** A workspace with these people; their numbers are 1, 2, 3 … Some further contacts came and are gone. */
export async function makeWorld(people: readonly Person[]): Promise<{ storage: Storage; close(): Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-segment-world-'))
  const storage = await openStorage(folder, new TestClock(TODAY.now))
  await transaction(storage.db, tx => fill(tx, people), { name: 'fill' })
  return {
    storage,
    async close() {
      await storage.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** What the compiler is given, with the sizes of the questions or without them. */
export async function planFor(
  storage: Storage,
  ask: Parameters<typeof peopleStore.count>[1],
  leavesOf: (
    ask: Parameters<typeof peopleStore.count>[1],
  ) => readonly Parameters<typeof peopleStore.sizes>[1][number][],
) {
  const ground = await peopleStore.ground(storage.reader)
  const leaves = leavesOf(ask)
  const sizes = await peopleStore.sizes(storage.reader, leaves, ground)
  return { ground, sizes: new Map(leaves.map((leaf, n) => [leaf, sizes[n] ?? 0])) }
}

async function fill(tx: Tx, people: readonly Person[]): Promise<void> {
  const base = { created_at: 0, updated_at: 0 }
  for (const no of [1, 2, 3]) {
    await tx
      .insertInto('tags')
      .values({ no, id: `t${no}`, name: `t${no}`, name_key: `t${no}` })
      .execute()
  }
  for (const no of [1, 2]) {
    const list = { no, id: `l${no}`, name: `l${no}`, name_key: `l${no}`, description: '', ...base }
    await tx.insertInto('lists').values(list).execute()
    await tx
      .insertInto('segments')
      .values({
        no,
        id: `s${no}`,
        name: `s${no}`,
        name_key: `s${no}`,
        description: '',
        kind: 'static',
        rule: '{}',
        version: 1,
        members: 0,
        counted_at: null,
        refresh: 'manual',
        next_refresh_at: null,
        created_by: '',
        ...base,
        archived_at: null,
      })
      .execute()
  }
  const gone = people.slice(0, 5).map((person, n) => ({ person, no: people.length + 1 + n }))
  await insertPeople(tx, [...people.map((one, n) => ({ person: one, no: n + 1 })), ...gone])
  await tx
    .insertInto('order_totals')
    .columns(['contact_no', 'currency', 'orders', 'value_minor', 'first_at', 'last_at'])
    .expression(
      tx
        .selectFrom('orders')
        .select(eb => [
          'contact_no',
          'currency',
          eb.fn.countAll<number>().as('orders'),
          eb.fn.sum<number>('value_minor').as('value_minor'),
          eb.fn.min('at').as('first_at'),
          eb.fn.max('at').as('last_at'),
        ])
        .where('status', '=', 'paid')
        .groupBy(['contact_no', 'currency']),
    )
    .execute()
  await tx
    .insertInto('contact_activity')
    .columns(['contact_no', 'kind', 'name', 'events', 'first_at', 'last_at'])
    .expression(
      tx
        .selectFrom('contact_events')
        .select(eb => [
          'contact_no',
          'kind',
          'name',
          eb.fn.countAll<number>().as('events'),
          eb.fn.min('at').as('first_at'),
          eb.fn.max('at').as('last_at'),
        ])
        .groupBy(['contact_no', 'kind', 'name']),
    )
    .execute()
  // Rows of contacts that are gone stay behind; nobody may find them.
  await tx.deleteFrom('contacts').where('no', '>', people.length).execute()
}

type Row = readonly (string | number | null)[]

/** All rows of a table in one statement. */
async function insertAll(tx: Tx, table: string, columns: readonly string[], rows: readonly Row[]): Promise<void> {
  const values = columns.map((_column, n) => sql`value ->> ${sql.lit(n)}`)
  await sql`insert or ignore into ${sql.table(table)} (${sql.join(columns.map(column => sql.ref(column)))})
    select ${sql.join(values)} from json_each(${JSON.stringify(rows)})`.execute(tx)
}

async function insertPeople(
  tx: Tx,
  people: readonly { readonly person: Person; readonly no: number }[],
): Promise<void> {
  const each = <T>(of: (person: Person) => readonly T[], row: (one: T, no: number, n: number) => Row): readonly Row[] =>
    people.flatMap(({ person, no }) => of(person).map((one, n) => row(one, no, n)))
  await insertAll(
    tx,
    'contacts',
    [
      'no',
      'id',
      'revision',
      'first_name',
      'last_name',
      'company',
      'email',
      'email_key',
      'twin',
      'phone',
      'street',
      'city',
      'region',
      'postal_code',
      'country',
      'latitude',
      'longitude',
      'birthday',
      'source',
      'lead_status',
      'lead_quality',
      'lead_score',
      'socials',
      'custom',
      'created_at',
      'updated_at',
      'last_activity_at',
    ],
    people.map(({ person, no }) => [
      no,
      `c${no}`,
      1,
      person.firstName,
      '',
      '',
      person.email,
      person.email === null ? null : person.email.toLowerCase(),
      no,
      person.phone,
      '',
      person.city,
      '',
      '',
      person.country,
      person.place?.[0] ?? null,
      person.place?.[1] ?? null,
      person.birthday,
      'test',
      '',
      '',
      person.leadScore,
      JSON.stringify(person.socials),
      JSON.stringify(person.custom),
      person.createdAt,
      person.createdAt,
      person.lastActivityAt,
    ]),
  )
  await insertAll(
    tx,
    'contact_tags',
    ['tag_no', 'contact_no'],
    each(
      person => person.tags,
      (tag, no) => [tag, no],
    ),
  )
  await insertAll(
    tx,
    'list_members',
    ['list_no', 'contact_no', 'status', 'added_at', 'added_by', 'source', 'changed_at'],
    each(
      person => person.lists,
      ([list, status], no) => [list, no, status, 0, '', '', 0],
    ),
  )
  await insertAll(
    tx,
    'segment_members',
    ['segment_no', 'contact_no', 'entered_at'],
    each(
      person => person.held,
      (segment, no) => [segment, no, 0],
    ),
  )
  await insertAll(
    tx,
    'orders',
    ['no', 'id', 'source', 'external_id', 'contact_no', 'at', 'currency', 'value_minor', 'status'],
    each(
      person => person.orders,
      (order, no, n) => [
        no * 10 + n,
        `o${no}-${n}`,
        'test',
        `${no}-${n}`,
        no,
        order.at,
        order.currency,
        order.value,
        order.status,
      ],
    ),
  )
  await insertAll(
    tx,
    'order_items',
    ['order_no', 'position', 'sku', 'name', 'category', 'quantity', 'value_minor'],
    people.flatMap(({ person, no }) =>
      person.orders.flatMap((order, n) =>
        order.items.map((item, position) => [no * 10 + n, position, item.sku, item.name, item.category, 1, item.value]),
      ),
    ),
  )
  await insertAll(
    tx,
    'contact_events',
    ['contact_no', 'kind', 'name', 'at', 'campaign_id', 'properties', 'event_key'],
    each(
      person => person.events,
      (event, no, n) => [
        no,
        event.kind,
        event.name,
        event.at,
        event.campaignId,
        JSON.stringify(event.properties),
        `${no}:${n}`,
      ],
    ),
  )
  await insertAll(
    tx,
    'engagement',
    ['contact_no', 'raw', 'raw_at', 'heat', 'last_at'],
    people.flatMap(({ person, no }) => (person.heat === null ? [] : [[no, 1, 0, person.heat, 0]])),
  )
  await insertAll(
    tx,
    'consents',
    ['contact_no', 'channel', 'status', 'basis', 'source', 'evidence', 'at', 'actor'],
    each(
      person => person.consents,
      ({ channel, status }, no) => [no, channel, status, '', '', '', 0, ''],
    ),
  )
  await insertAll(
    tx,
    'suppressions',
    ['channel', 'address_key', 'reason', 'source', 'note', 'created_at'],
    people.flatMap(({ person }) =>
      person.suppressed.flatMap(channel => {
        const key = channel === 'email' ? person.email?.toLowerCase() : person.phone
        return key === undefined || key === null ? [] : [[channel, key, 'manual', '', '', 0]]
      }),
    ),
  )
  await insertAll(
    tx,
    'contact_external_ids',
    ['source', 'external_id', 'contact_no'],
    each(
      person => person.sources,
      (source, no) => [source, `${no}`, no],
    ),
  )
}
