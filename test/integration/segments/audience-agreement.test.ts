import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fc, test as property } from '@fast-check/vitest'
import { sql } from 'kysely'
import { expect } from 'vitest'
import { createAsking } from '../../../src/main/segments/asking.ts'
import { audienceAsk, rulesOf } from '../../../src/main/segments/audience/audience-ask.ts'
import { audienceStore } from '../../../src/main/segments/audience/audience-store.ts'
import { createSegments } from '../../../src/main/segments/segments.ts'
import { settingFor } from '../../../src/main/segments/settings.ts'
import { openStorage, type Storage } from '../../../src/main/storage/database.ts'
import { type Tx, transaction } from '../../../src/main/storage/transaction.ts'
import { Audience } from '../../../src/shared/contract/campaigns.ts'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import type { SegmentRule } from '../../../src/shared/domain/segment-rule.ts'
import { segmentParts } from '../../support/segment-parts.ts'
import { TestClock } from '../../support/test-clock.ts'

const NOW = Date.parse('2026-10-26T10:30:00Z')
const CONTEXT = {
  actor: { id: 'm', name: '', role: 'owner' as const, can: () => true },
  requestId: 'r',
  signal: undefined,
}
const LISTS = ['l0', 'l1', 'l2']
const TAGS = ['t0', 't1']
const REASONS = ['unsubscribe', 'complaint', 'hard_bounce', 'manual', 'do_not_call', 'erasure'] as const

// The campaign that asks is the last one; it has begun.
const CAMPAIGNS = [
  { id: 'k0', status: 'running', category: 'marketing' },
  { id: 'k1', status: 'paused', category: 'transactional' },
  { id: 'k2', status: 'completed', category: 'marketing' },
  { id: 'k3', status: 'running', category: 'transactional' },
] as const
const OWN = 3
const HOUR = 3_600_000
const aCampaign = fc.integer({ min: 0, max: OWN })

const aMessage = fc.record({
  campaign: aCampaign,
  state: fc.constantFrom(
    'waiting',
    'ready',
    'claimed',
    'attempting',
    'accepted',
    'rejected',
    'unknown',
    'skipped',
    'cancelled',
  ),
  /** What the one attempt led to; null: none yet. */
  attempt: fc.option(
    fc.record({
      outcome: fc.constantFrom('accepted', 'rejected', 'deferred', 'throttled', 'unknown', null),
      hoursAgo: fc.constantFrom(1, 24, 24.001, 100),
    }),
    { nil: null },
  ),
  /** Written to somebody who was merged into this person since. */
  merged: fc.boolean(),
})

const aPerson = fc.record({
  messages: fc.array(aMessage, { maxLength: 2 }),
  left: fc.option(fc.record({ campaign: aCampaign, merged: fc.boolean() }), { nil: null, freq: 3 }),
  address: fc.option(fc.integer({ min: 0, max: 14 }), { nil: null }),
  malformed: fc.integer({ min: 0, max: 9 }).map(n => n === 0),
  lists: fc.array(
    fc.record({
      list: fc.constantFrom(...LISTS),
      status: fc.constantFrom('active', 'removed', 'bounced', 'unsubscribed'),
    }),
    { maxLength: 3 },
  ),
  tags: fc.uniqueArray(fc.constantFrom(...TAGS)),
  consents: fc.array(fc.constantFrom('granted', 'denied', 'withdrawn'), { maxLength: 2 }),
})
const aWorld = fc.record({
  people: fc.array(aPerson, { minLength: 1, maxLength: 40 }),
  suppressed: fc.array(fc.record({ address: fc.integer({ min: 0, max: 14 }), reason: fc.constantFrom(...REASONS) }), {
    maxLength: 6,
  }),
  channel: fc.constantFrom('email', 'sms'),
  everyone: fc.boolean(),
  lists: fc.subarray(LISTS),
  tags: fc.subarray(TAGS),
  picked: fc.uniqueArray(fc.integer({ min: 0, max: 45 }), { maxLength: 6 }),
  notLists: fc.subarray(LISTS, { maxLength: 1 }),
  notTags: fc.subarray(TAGS, { maxLength: 1 }),
  byRule: fc.boolean(),
  byNotRule: fc.boolean(),
  bySegment: fc.boolean(),
  customers: fc.boolean(),
  notCustomers: fc.integer({ min: 0, max: 3 }).map(n => n === 0),
  withoutConsent: fc.integer({ min: 0, max: 3 }).map(n => n === 0),
  notRunning: fc.boolean(),
  notMessaged: fc.boolean(),
  notLeft: fc.option(fc.constantFrom('marketing', 'transactional'), { nil: null }),
  pageSize: fc.integer({ min: 1, max: 7 }),
})
type World = typeof aWorld extends fc.Arbitrary<infer W> ? W : never

const idOf = (n: number): string => `c${String(n).padStart(3, '0')}`
const emailOf = (n: number): string => `p${n}@example.org`
const phoneOf = (n: number): string => `+120255501${String(n).padStart(2, '0')}`

property.prop([aWorld], { numRuns: 25 })('counting an audience and walking through it never disagree', async world => {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-segments-'))
  const clock = new TestClock(NOW)
  const storage = await openStorage(folder, clock)
  try {
    await write(storage, world)
    const audience = Audience.parse({
      everyone: world.everyone,
      listIds: world.lists,
      tagIds: world.tags,
      contactIds: world.picked.map(idOf),
      excludeListIds: world.notLists,
      excludeTagIds: world.notTags,
      segmentIds: world.bySegment ? ['s1'] : [],
      customers: world.customers,
      rule: world.byRule ? emailRule('starts_with', 'P1') : null,
      excludeRule: world.byNotRule ? emailRule('contains', 'p2@') : null,
      exclusions: {
        customers: world.notCustomers,
        withoutConsent: world.withoutConsent,
        inRunningCampaign: world.notRunning,
        messagedWithinHours: world.notMessaged ? 24 : null,
        unsubscribedFrom: world.notLeft,
      },
    })
    const campaignId = CampaignId.parse(CAMPAIGNS[OWN].id)
    const parts = await segmentParts(storage, clock)
    const segments = createSegments(parts)

    const walked = []
    for (let after = ''; ; ) {
      const page = await segments.members(storage.reader, world.channel, audience, after, world.pageSize, campaignId)
      walked.push(...page)
      const last = page.at(-1)
      if (!last) break
      after = last.contactId
    }
    const count = await segments.count(storage.reader, world.channel, audience, campaignId)
    const ask = audienceAsk(audience, await settingFor(parts, storage.reader, rulesOf(audience)))
    const asks = [...(ask.chosen === null ? [] : [ask.chosen]), ...ask.excluded.map(one => one.ask)]
    const plan = await createAsking(parts).plan(storage.reader, asks, 'always')
    const question = { channel: world.channel, audience, ask, plan, now: NOW, campaignId }
    const gathered = await audienceStore.candidates(storage.reader, question, idOf(2), 20)
    expect(await audienceStore.candidates(storage.reader, question, idOf(2), 20, -1)).toEqual(gathered)

    const reach = await segments.handlers.reach({ channel: world.channel, audience, campaignId }, CONTEXT)
    expect(reach.reached).toBe(count.reached)
    expect(reach.chosen).toBe(count.audience + count.excluded)
    expect(reach.steps.at(-1)?.left ?? reach.chosen).toBe(reach.reached)
    for (const { step, people } of [...reach.steps, { step: null, people: reach.reached }]) {
      const page = { channel: world.channel, audience, campaignId, step, after: '', limit: 100 }
      expect((await segments.handlers.reachPeople(page, CONTEXT)).people, String(step)).toHaveLength(people)
    }

    expect(walked.map(member => member.contactId)).toEqual(membersByHand(world))
    const tally = new Map<string, number>()
    for (const { skip } of walked) if (skip !== null) tally.set(skip, (tally.get(skip) ?? 0) + 1)
    expect(new Map(count.fallsOut.map(row => [row.reason, row.count]))).toEqual(tally)
    expect(count.audience).toBe(walked.length)
    const reached = walked.filter(member => member.skip === null)
    expect(count.reached).toBe(reached.length)
    expect(new Set(reached.map(member => member.address.toLowerCase())).size).toBe(reached.length)
  } finally {
    await storage.close()
    await rm(folder, { recursive: true })
  }
})

function emailRule(operator: 'starts_with' | 'contains', value: string): SegmentRule {
  const condition = { kind: 'text' as const, id: 'c', negated: false, field: 'email', operator, values: [value] }
  return { kind: 'group', id: 'r', match: 'all', negated: false, rules: [condition] }
}

// Every third person is in the fixed segment, every fourth is a customer.
const isHeld = (n: number): boolean => n % 3 === 0
const isCustomer = (n: number): boolean => n % 4 === 0

type Message = World['people'][number]['messages'][number]

// Of the four, two others are not over.
const isUnderWay = ({ campaign, state }: Message): boolean =>
  campaign <= 1 && state !== 'skipped' && state !== 'cancelled' && state !== 'rejected'
const isRecent = ({ campaign, attempt }: Message): boolean =>
  campaign !== OWN &&
  attempt !== null &&
  attempt.hoursAgo <= 24 &&
  (attempt.outcome === null || attempt.outcome === 'accepted' || attempt.outcome === 'unknown')

/** Who is in the audience, written as a person would say it. */
function membersByHand(world: World): readonly string[] {
  return world.people.flatMap((person, n) => {
    const memberships = new Map(person.lists.map(({ list, status }) => [list, status]))
    const on = (list: string): boolean => (memberships.get(list) ?? 'removed') !== 'removed'
    const key = person.address === null || person.malformed ? '' : emailOf(person.address)
    const chosen =
      world.everyone ||
      world.lists.some(on) ||
      world.tags.some(tag => person.tags.includes(tag)) ||
      world.picked.includes(n) ||
      (world.bySegment && isHeld(n)) ||
      (world.customers && isCustomer(n)) ||
      (world.byRule && key.startsWith('p1'))
    const out =
      world.notLists.some(on) ||
      world.notTags.some(tag => person.tags.includes(tag)) ||
      (world.byNotRule && key.includes('p2@')) ||
      (world.notCustomers && isCustomer(n)) ||
      (world.withoutConsent && person.consents.at(-1) !== 'granted') ||
      (world.notRunning && person.messages.some(isUnderWay)) ||
      (world.notMessaged && person.messages.some(isRecent)) ||
      (world.notLeft !== null && person.left !== null && CAMPAIGNS[person.left.campaign]?.category === world.notLeft)
    return chosen && !out ? [idOf(n)] : []
  })
}

async function write(storage: Storage, world: World): Promise<void> {
  await transaction(storage.db, async tx => {
    for (const [n, id] of LISTS.entries()) {
      const list = { no: n + 1, id, name: id, name_key: id, description: '', created_at: 0, updated_at: 0 }
      await tx.insertInto('lists').values(list).execute()
    }
    for (const [n, id] of TAGS.entries()) {
      await tx
        .insertInto('tags')
        .values({ no: n + 1, id, name: id, name_key: id })
        .execute()
    }
    await tx
      .insertInto('segments')
      .values({
        no: 1,
        id: 's1',
        name: 's1',
        name_key: 's1',
        description: '',
        kind: 'static',
        rule: JSON.stringify(emailRule('contains', 'x')),
        version: 1,
        members: 0,
        counted_at: 0,
        refresh: 'manual',
        next_refresh_at: null,
        created_by: '',
        created_at: 0,
        updated_at: 0,
        archived_at: null,
      })
      .execute()
    for (const { id, status, category } of CAMPAIGNS) {
      const draft = JSON.stringify({ channel: 'email', category, audience: {} })
      await sql`insert into campaigns values (${id}, ${id}, 'email', ${status}, ${draft}, ${JSON.stringify({ draft: JSON.parse(draft) })},
        null, 0, 'planning', '', 0, '', 0, 'm', 0, 0, 0, null)`.execute(tx)
    }
    const twins = new Map<number, number>()
    for (const [n, person] of world.people.entries()) {
      const { address } = person
      const twin = address === null ? 0 : (twins.get(address) ?? 0)
      if (address !== null) twins.set(address, twin + 1)
      await tx
        .insertInto('contacts')
        .values({
          no: n + 1,
          id: idOf(n),
          revision: 1,
          first_name: '',
          last_name: '',
          company: '',
          // Every other one in capitals: the same mailbox all the same.
          email: address === null ? null : n % 2 ? emailOf(address).toUpperCase() : emailOf(address),
          email_key: address === null || person.malformed ? null : emailOf(address),
          twin,
          phone: address === null ? null : person.malformed ? '555 0100' : phoneOf(address),
          street: '',
          city: '',
          region: '',
          postal_code: '',
          country: '',
          latitude: null,
          longitude: null,
          time_zone: null,
          language: null,
          birthday: null,
          source: 'test',
          lead_status: '',
          lead_quality: '',
          lead_score: 0,
          socials: '{}',
          custom: '{}',
          created_at: 0,
          updated_at: 0,
          last_activity_at: null,
        })
        .execute()
      for (const [list, status] of new Map(person.lists.map(row => [row.list, row.status]))) {
        const member = {
          list_no: LISTS.indexOf(list) + 1,
          contact_no: n + 1,
          status,
          added_at: 0,
          added_by: '',
          source: '',
          changed_at: 0,
        }
        await tx.insertInto('list_members').values(member).execute()
      }
      await writeRecord(tx, n, person)
      if (isHeld(n)) {
        await tx
          .insertInto('segment_members')
          .values({ segment_no: 1, contact_no: n + 1, entered_at: 0 })
          .execute()
      }
      if (isCustomer(n)) {
        const total = { contact_no: n + 1, currency: 'EUR', orders: 1, value_minor: 1, first_at: 0, last_at: 0 }
        await tx.insertInto('order_totals').values(total).execute()
      }
      for (const tag of person.tags) {
        await tx
          .insertInto('contact_tags')
          .values({ tag_no: TAGS.indexOf(tag) + 1, contact_no: n + 1 })
          .execute()
      }
      for (const status of person.consents) {
        const consent = { contact_no: n + 1, channel: world.channel, status, basis: '', source: '', evidence: '' }
        await tx
          .insertInto('consents')
          .values({ ...consent, at: 0, actor: '' })
          .execute()
      }
    }
    for (const { address, reason } of world.suppressed) {
      await tx
        .insertInto('suppressions')
        .values({
          channel: world.channel,
          address_key: world.channel === 'email' ? emailOf(address) : phoneOf(address),
          reason,
          source: 'test',
          contact_id: null,
          campaign_id: null,
          note: '',
          created_at: 0,
        })
        .onConflict(conflict => conflict.doNothing())
        .execute()
    }
  })
}

/** What was sent to a person and to somebody who was merged into them, and from which campaign either unsubscribed. */
async function writeRecord(tx: Tx, n: number, { messages, left }: World['people'][number]): Promise<void> {
  await sql`insert into contact_aliases values (${`old-${idOf(n)}`}, ${1000 + n}, ${n + 1}, 1)`.execute(tx)
  const nameOf = (merged: boolean): string => (merged ? `old-${idOf(n)}` : idOf(n))
  for (const [i, { campaign, state, attempt, merged }] of messages.entries()) {
    const id = `m${n}-${i}`
    const { outcome = null, hoursAgo = 0 } = attempt ?? {}
    const at = NOW - hoursAgo * HOUR
    // The message itself may have changed at any time since.
    await sql`insert into messages values (${id}, ${CAMPAIGNS[campaign]?.id ?? ''}, ${nameOf(merged)}, ${i + 1}, 'email',
      ${`${id}@example.org`}, 'sender', ${state}, '', '', 0, ${attempt === null ? 0 : 1}, null, null, 0, ${NOW})`.execute(
      tx,
    )
    if (attempt === null) continue
    await sql`insert into attempts values (${id}, 1, 'sender', 'run', ${at}, ${outcome === null ? null : at}, ${outcome},
      null, null, null)`.execute(tx)
  }
  if (left === null) return
  await sql`insert into ledger (at, kind, campaign_id, message_id, contact_id, event_key, data)
    values (0, 'unsubscribed', ${CAMPAIGNS[left.campaign]?.id ?? ''}, null, ${nameOf(left.merged)}, ${`left-${n}`}, '{}')`.execute(
    tx,
  )
}
