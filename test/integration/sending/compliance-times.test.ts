import { expect, test } from 'vitest'
import { transaction } from '../../../src/main/storage/transaction.ts'
import type { ChannelPolicy, Policy } from '../../../src/shared/contract/policy.ts'
import { openPolicy } from '../../support/open-policy.ts'
import { TestClock } from '../../support/test-clock.ts'
import { createSendWorld, type SendWorld, UNLIMITED } from './send-world.ts'

const HOUR = 3_600_000

function policyWith(email: Partial<ChannelPolicy>, rest: Partial<Policy> = {}): Policy {
  const policy = openPolicy()
  return { ...policy, ...rest, channels: { ...policy.channels, email: { ...policy.channels.email, ...email } } }
}

async function write(world: SendWorld, text: string): Promise<void> {
  const { CompiledQuery } = await import('kysely')
  await world.storage.db.executeQuery(CompiledQuery.raw(text))
}

/** Moves the clock on in steps in which everything settles. */
async function pass(world: SendWorld, hours: number): Promise<void> {
  await world.advance(hours * HOUR)
}

async function postponements(world: SendWorld) {
  return world.rows<{ reason: string; until: number; at: number }>(
    `select data ->> 'reason' as reason, data ->> 'until' as until, at from ledger where kind = 'postponed' order by seq`,
  )
}

test('a second campaign waits until the cap lets it go, to the moment, and no attempt is used up', async () => {
  await using world = await createSendWorld({ policy: policyWith({ caps: [{ most: 1, hours: 24 }] }) })
  await world.people(1)
  await world.launch()
  await world.settle()
  const [first] = world.sent
  await pass(world, 2)
  const second = await world.launch({ validHours: 48 })
  await world.settle()
  expect(world.sent).toHaveLength(1)
  const due = (first?.at ?? 0) + 24 * HOUR
  expect(await postponements(world)).toEqual([{ reason: 'frequency_cap', until: due, at: world.clock.now() }])
  expect(await world.rows('select state, attempts, due_at as due from messages where campaign_id = ?', second)).toEqual(
    [{ state: 'ready', attempts: 0, due }],
  )
  await world.advance(due - 1 - world.clock.now())
  expect(world.sent).toHaveLength(1)
  await world.advance(1)
  expect(world.sent).toHaveLength(2)
  expect(world.sent[1]?.at).toBe(due)
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('who is over the cap for longer than the message is worth is skipped, with the reason', async () => {
  await using world = await createSendWorld({ policy: policyWith({ caps: [{ most: 1, hours: 168 }] }) })
  await world.people(1)
  await world.launch()
  await world.settle()
  const second = await world.launch({ validHours: 24 })
  await world.settle()
  expect(await world.states(second)).toEqual({ skipped: 1 })
  expect(await world.rows('select reason from messages where campaign_id = ?', second)).toEqual([
    { reason: 'frequency_cap' },
  ])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('two campaigns at the same moment through two accounts do not both use the last place under a cap', async () => {
  await using world = await createSendWorld({ policy: policyWith({ caps: [{ most: 1, hours: 24 }] }) })
  await world.people(20)
  await write(
    world,
    `insert into senders select 'second-account', channel, provider, 'Second', settings, limits, state, state_reason,
      backing_off_until, 0, created_at, updated_at, archived_at from senders where id = 'test-account'`,
  )
  await world.limits({ ...UNLIMITED, perSecond: 10 })
  const one = await world.launch()
  const other = await world.launch()
  await write(
    world,
    `update campaigns set sender_id = 'second-account', frozen = json_set(frozen, '$.senderId', 'second-account')
      where id = '${other}'`,
  )
  await world.settle()
  await world.advance(20_000)
  const people = world.sent.map(message => message.to)
  expect(new Set(people).size).toBe(20)
  expect(people).toHaveLength(20)
  const sent = await world.rows<{ n: number }>(`select count(*) as n from messages where state = 'accepted'`)
  expect(sent).toEqual([{ n: 20 }])
  const senders = await world.rows<{ id: string }>('select distinct sender_id as id from attempts order by id')
  expect(senders.map(row => row.id)).toContain('second-account')
  for (const id of [one, other]) expect((await world.states(id)).skipped ?? 0).toBe(0)
})

test('what may have arrived counts towards the cap, what was refused does not', async () => {
  await using world = await createSendWorld({ policy: policyWith({ caps: [{ most: 1, hours: 24 }] }) })
  await world.people(2)
  world.wire = async envelope =>
    envelope.to === 'person1@example.org'
      ? { kind: 'unknown', fault: { class: 'uncertain', code: '', reply: '' } }
      : { kind: 'rejected', fault: { class: 'permanent_message', code: '554', reply: 'no' } }
  await world.launch()
  await world.settle()
  const before = world.sent.length
  world.wire = async () => ({ kind: 'accepted', providerMessageId: 'p', reply: '' })
  await world.launch({ validHours: 48 })
  await world.settle()
  expect(world.sent.slice(before).map(one => one.to)).toEqual(['person2@example.org'])
})

test('messages to a contact who was merged into somebody count as hers', async () => {
  await using world = await createSendWorld({ policy: policyWith({ caps: [{ most: 1, hours: 24 }] }) })
  const [gone = '', stays = ''] = await world.people(2)
  await world.launch({ audience: { ...(await audienceOf([gone])) } })
  await world.settle()
  await write(
    world,
    `insert into contact_aliases (old_id, old_no, contact_no, change_no)
      select '${gone}', (select no from contacts where id = '${gone}'), no, 0 from contacts where id = '${stays}'`,
  )
  await write(world, `delete from contacts where id = '${gone}'`)
  await world.launch({ audience: { ...(await audienceOf([stays])) }, validHours: 48 })
  await world.settle()
  expect(world.sent).toHaveLength(1)
  expect((await postponements(world)).map(one => one.reason)).toEqual(['frequency_cap'])
})

test('caps over all channels and transactional messages: what is no marketing neither waits nor counts', async () => {
  await using world = await createSendWorld({ policy: policyWith({}, { overallCaps: [{ most: 1, hours: 24 }] }) })
  await world.people(1)
  await world.launch({ category: 'transactional' })
  await world.settle()
  await world.launch()
  await world.settle()
  expect(world.sent).toHaveLength(2)
  await world.launch({ category: 'transactional' })
  await world.settle()
  expect(world.sent).toHaveLength(3)
  await world.launch({ validHours: 48 })
  await world.settle()
  expect(world.sent).toHaveLength(3)
})

test('a cap that is set aside for one campaign holds for the others', async () => {
  await using world = await createSendWorld({ policy: policyWith({ caps: [{ most: 1, hours: 24 }] }) })
  await world.people(1)
  await world.launch()
  await world.settle()
  const { CampaignId } = await import('../../../src/shared/contract/define.ts')
  const urgent = await world.launch({ validHours: 48 })
  await world.compliance.policyHandlers.override(
    { campaignId: CampaignId.parse(urgent), rules: ['frequency_cap'], reason: 'Recall of a product' },
    world.context,
  )
  await world.settle()
  await world.advance(24 * HOUR)
  expect(await world.states(urgent)).toEqual({ accepted: 1 })
})

test('quiet hours that begin while a campaign is sent keep the rest until morning, on the recipient’s clock', async () => {
  const clock = new TestClock('2026-03-02T20:54:58Z')
  await using world = await createSendWorld({
    clock,
    policy: policyWith({ quietHours: { from: '21:00', to: '08:00' } }),
  })
  await world.limits({ ...UNLIMITED, perSecond: 1 })
  await world.people(4)
  await write(world, `update contacts set time_zone = 'UTC'`)
  const id = await world.launch({ validHours: 24 })
  await world.settle()
  await world.advance(10_000)
  // Five minutes before the quiet hours begin nothing begins any more.
  expect(world.sent.map(one => new Date(one.at).toISOString())).toEqual([
    '2026-03-02T20:54:58.000Z',
    '2026-03-02T20:54:59.000Z',
  ])
  expect(await world.states(id)).toEqual({ accepted: 2, ready: 2 })
  const put = await postponements(world)
  expect(put.map(one => [one.reason, new Date(one.until).toISOString()])).toEqual([
    ['quiet_hours', '2026-03-03T08:00:00.000Z'],
    ['quiet_hours', '2026-03-03T08:00:00.000Z'],
  ])
  await world.advance(Date.parse('2026-03-03T07:59:59.999Z') - clock.now())
  expect(world.sent).toHaveLength(2)
  await world.advance(5000)
  expect(world.sent).toHaveLength(4)
  expect(await world.states(id)).toEqual({ accepted: 4 })
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('a campaign that is started at night is planned for the morning of each recipient and does not spin', async () => {
  const clock = new TestClock('2026-03-02T23:00:00Z')
  await using world = await createSendWorld({
    clock,
    policy: policyWith({ quietHours: { from: '21:00', to: '08:00' } }),
  })
  const [rome = '', york = ''] = await world.people(2)
  await write(world, `update contacts set time_zone = 'Europe/Rome' where id = '${rome}'`)
  await write(world, `update contacts set time_zone = 'America/New_York' where id = '${york}'`)
  const id = await world.launch()
  await world.settle()
  const due = await world.rows<{ contact: string; due: number }>(
    'select contact_id as contact, due_at as due from messages where campaign_id = ? order by contact_id',
    id,
  )
  expect(due.map(row => new Date(row.due).toISOString())).toEqual([
    '2026-03-03T07:00:00.000Z',
    // It is 18:00 there: hers goes at once.
    '2026-03-02T23:00:00.000Z',
  ])
  expect(world.sent.map(one => one.to)).toEqual(['person2@example.org'])
  expect(await postponements(world)).toEqual([])
  await pass(world, 8)
  expect(world.sent).toHaveLength(2)
  expect(new Date(world.sent[1]?.at ?? 0).toISOString()).toBe('2026-03-03T07:00:00.000Z')
})

test('a campaign’s own window is kept, also by transactional messages, and closed days do not make them old', async () => {
  // A Friday evening.
  const clock = new TestClock('2026-03-06T19:00:00Z')
  await using world = await createSendWorld({ clock })
  await world.people(1)
  await write(world, `update contacts set time_zone = 'UTC'`)
  const window = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', skipHolidays: false }
  await world.launch({ window, category: 'transactional', validHours: 24 })
  await world.settle()
  expect(world.sent).toHaveLength(0)
  await pass(world, 72)
  expect(world.sent.map(one => new Date(one.at).toISOString())).toEqual(['2026-03-09T09:00:00.000Z'])
})

test('when no right time comes while the message is worth anything, it is skipped as quiet hours', async () => {
  const clock = new TestClock('2026-03-02T19:00:00Z')
  await using world = await createSendWorld({ clock })
  await world.people(1)
  await write(world, `update contacts set time_zone = 'UTC'`)
  const window = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '17:00', skipHolidays: false }
  const id = await world.launch({ window, validHours: 3 })
  await world.settle()
  expect(await world.rows('select state, reason from messages where campaign_id = ?', id)).toEqual([
    { state: 'skipped', reason: 'quiet_hours' },
  ])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('where consent is asked for, who never gave it or whose consent has expired gets nothing', async () => {
  await using world = await createSendWorld({ policy: policyWith({ consent: 'required' }) })
  const [given = '', expired = '', , later = ''] = await world.people(4)
  const grant = (contactId: string, expiresAt: number | null) =>
    transaction(world.storage.db, async () => undefined).then(() =>
      write(
        world,
        `insert into consents (contact_no, channel, status, basis, source, evidence, at, actor, expires_at)
          select no, 'email', 'granted', 'express', 'test', 'form', 0, 'test', ${expiresAt ?? 'null'} from contacts
          where id = '${contactId}'`,
      ),
    )
  await grant(given, null)
  await grant(expired, world.clock.now())
  await grant(later, world.clock.now() + 1)
  const id = await world.launch()
  await world.settle()
  const rows = await world.rows<{ state: string; reason: string }>(
    'select state, reason from messages where campaign_id = ? order by contact_id',
    id,
  )
  expect(rows.map(row => row.reason || row.state)).toEqual([
    'accepted',
    'consent_missing',
    'consent_missing',
    'accepted',
  ])
})

async function audienceOf(contactIds: readonly string[]) {
  const { Audience } = await import('../../../src/shared/contract/campaigns.ts')
  return Audience.parse({ contactIds })
}
