import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { peopleStore } from '../../../src/main/segments/people/people-store.ts'
import type { Today } from '../../../src/main/segments/rule/day.ts'
import type { RuleSetting } from '../../../src/main/segments/rule/setting.ts'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import type { Tables } from '../../../src/main/storage/tables.ts'
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
  for (const { person, no } of [...people.map((one, n) => ({ person: one, no: n + 1 })), ...gone])
    await insert(tx, person, no)
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

async function insert(tx: Tx, person: Person, no: number): Promise<void> {
  const [latitude, longitude] = person.place ?? [null, null]
  await tx
    .insertInto('contacts')
    .values({
      no,
      id: `c${no}`,
      revision: 1,
      first_name: person.firstName,
      last_name: '',
      company: '',
      email: person.email,
      email_key: person.email === null ? null : person.email.toLowerCase(),
      twin: no,
      phone: person.phone,
      street: '',
      city: person.city,
      region: '',
      postal_code: '',
      country: person.country,
      latitude,
      longitude,
      time_zone: null,
      language: null,
      birthday: person.birthday,
      source: 'test',
      lead_status: '',
      lead_quality: '',
      lead_score: person.leadScore,
      socials: JSON.stringify(person.socials),
      custom: JSON.stringify(person.custom),
      created_at: person.createdAt,
      updated_at: person.createdAt,
      last_activity_at: person.lastActivityAt,
    })
    .execute()
  for (const tag of person.tags) await tx.insertInto('contact_tags').values({ tag_no: tag, contact_no: no }).execute()
  for (const [list, status] of person.lists) {
    const member = { list_no: list, contact_no: no, status, added_at: 0, added_by: '', source: '', changed_at: 0 }
    await tx.insertInto('list_members').values(member).execute()
  }
  for (const segment of person.held) {
    await tx.insertInto('segment_members').values({ segment_no: segment, contact_no: no, entered_at: 0 }).execute()
  }
  for (const [n, order] of person.orders.entries()) await insertOrder(tx, order, no, n)
  for (const [n, event] of person.events.entries()) {
    const row = {
      contact_no: no,
      kind: event.kind,
      name: event.name,
      at: event.at,
      campaign_id: event.campaignId,
      properties: JSON.stringify(event.properties),
      event_key: `${no}:${n}`,
    }
    await tx.insertInto('contact_events').values(row).execute()
  }
  if (person.heat !== null) {
    await tx
      .insertInto('engagement')
      .values({ contact_no: no, raw: 1, raw_at: 0, heat: person.heat, last_at: 0 })
      .execute()
  }
  for (const { channel, status } of person.consents) {
    const row = { contact_no: no, channel, status, basis: '', source: '', evidence: '', at: 0, actor: '' }
    await tx.insertInto('consents').values(row).execute()
  }
  for (const channel of person.suppressed) {
    const key = channel === 'email' ? person.email?.toLowerCase() : person.phone
    if (key === undefined || key === null) continue
    const row: Tables['suppressions'] = {
      channel,
      address_key: key,
      reason: 'manual',
      source: '',
      contact_id: null,
      campaign_id: null,
      note: '',
      created_at: 0,
    }
    await tx
      .insertInto('suppressions')
      .values(row)
      .onConflict(conflict => conflict.doNothing())
      .execute()
  }
  for (const source of person.sources) {
    await tx
      .insertInto('contact_external_ids')
      .values({ source, external_id: `${no}`, contact_no: no })
      .execute()
  }
}

async function insertOrder(tx: Tx, order: Person['orders'][number], no: number, n: number): Promise<void> {
  const { no: orderNo } = await tx
    .insertInto('orders')
    .values({
      id: `o${no}-${n}`,
      source: 'test',
      external_id: `${no}-${n}`,
      contact_no: no,
      at: order.at,
      currency: order.currency,
      value_minor: order.value,
      status: order.status,
      change_no: null,
    })
    .returning('no')
    .executeTakeFirstOrThrow()
  for (const [position, item] of order.items.entries()) {
    const { sku, name, category, value } = item
    await tx
      .insertInto('order_items')
      .values({ order_no: orderNo, position, sku, name, category, quantity: 1, value_minor: value })
      .execute()
  }
}
