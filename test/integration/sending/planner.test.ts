import { expect, test } from 'vitest'
import { createSendWorld } from './send-world.ts'

test('skips with a reason who cannot be reached, and one of two with the same address', async () => {
  await using world = await createSendWorld()
  const [first = '', second = '', third = '', fourth = ''] = await world.people(4)
  const { db } = world.storage
  await db.updateTable('contacts').set({ email: null, email_key: null }).where('id', '=', second).execute()
  await db
    .updateTable('contacts')
    .set({ email: 'PERSON1@example.org', email_key: 'person1@example.org', twin: 1 })
    .where('id', '=', third)
    .execute()
  await world.compliance.handlers.suppress(
    { channel: 'email', address: 'person4@example.org', reason: 'complaint', note: '' },
    world.context,
  )
  const id = await world.launch()
  await world.settle()
  expect(
    await world.rows(
      'select contact_id as id, state, reason from messages where campaign_id = ? order by contact_id',
      id,
    ),
  ).toEqual([
    { id: first, state: 'accepted', reason: '' },
    { id: second, state: 'skipped', reason: 'no_address' },
    { id: third, state: 'skipped', reason: 'duplicate_address' },
    { id: fourth, state: 'skipped', reason: 'complained' },
  ])
  expect(await world.rows(`select kind, count(*) as n from ledger group by kind order by kind`)).toEqual([
    { kind: 'accepted', n: 1 },
    { kind: 'planned', n: 1 },
    { kind: 'skipped', n: 3 },
  ])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('completes a campaign that reaches nobody', async () => {
  await using world = await createSendWorld()
  const id = await world.launch()
  await world.settle()
  expect(await world.rows('select status, audience_size as size from campaigns where id = ?', id)).toEqual([
    { status: 'completed', size: 0 },
  ])
})

test('fails a campaign whose message cannot be compiled, and says why', async () => {
  await using world = await createSendWorld()
  await world.people(3)
  await world.limits({
    perSecond: null,
    perMinute: null,
    perHour: null,
    perDay: null,
    concurrency: 1,
    families: [],
    warmUp: null,
  })
  const id = await world.launch()
  const [row] = await world.rows<{ frozen: string }>('select frozen from campaigns where id = ?', id)
  const frozen = JSON.parse(row?.frozen ?? '{}')
  frozen.content.html = '{{#if first_name}} never closed'
  await world.storage.db
    .updateTable('campaigns')
    .set({ frozen: JSON.stringify(frozen) })
    .where('id', '=', id)
    .execute()
  await world.settle()
  const [campaign] = await world.rows<{ status: string; reason: string }>(
    'select status, status_reason as reason from campaigns where id = ?',
    id,
  )
  expect(campaign?.status).toBe('failed')
  expect(campaign?.reason).not.toBe('')
  expect(await world.states(id)).toEqual({ cancelled: 3 })
})
