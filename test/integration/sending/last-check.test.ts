import { expect, test } from 'vitest'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { ContactId } from '../../../src/shared/contract/define.ts'
import { createSendWorld, UNLIMITED } from './send-world.ts'

const SLOW = { ...UNLIMITED, perSecond: 1 }

test('does not send to a contact who unsubscribed after planning', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const people = await world.people(3)
  const id = await world.launch()
  await world.settle()
  expect(world.sent).toHaveLength(1)
  await transaction(world.storage.db, tx =>
    world.compliance.suppress(tx, {
      channel: 'email',
      address: 'PERSON2@example.org',
      reason: 'unsubscribe',
      source: 'test',
      contactId: people[1] ?? null,
      campaignId: null,
      note: '',
    }),
  )
  await world.advance(10_000)
  expect(world.sent.map(one => one.to)).toEqual(['person1@example.org', 'person3@example.org'])
  expect(await world.states(id)).toEqual({ accepted: 2, skipped: 1 })
  const [skipped] = await world.rows(`select kind, data ->> 'reason' as reason from ledger where kind = 'skipped'`)
  expect(skipped).toEqual({ kind: 'skipped', reason: 'unsubscribed' })
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('does not send to a contact who was deleted, withdrew her consent or left the list after planning', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const [first = '', second = '', third = '', fourth = ''] = await world.people(4)
  const id = await world.launch()
  await world.settle()
  await world.storage.db.deleteFrom('contacts').where('id', '=', second).execute()
  await world.compliance.handlers.recordConsent(
    { contactId: ContactId.parse(third), channel: 'email', status: 'withdrawn', basis: 'express', evidence: 'letter' },
    world.context,
  )
  await world.storage.db
    .updateTable('list_members')
    .set({ status: 'unsubscribed' })
    .where('contact_no', '=', eb => eb.selectFrom('contacts').select('no').where('id', '=', fourth))
    .execute()
  await world.advance(10_000)
  expect(world.sent).toHaveLength(1)
  const rows = await world.rows<{ id: string; reason: string }>(
    'select contact_id as id, reason from messages where campaign_id = ? order by contact_id',
    id,
  )
  expect(rows).toEqual([
    { id: first, reason: '' },
    { id: second, reason: 'contact_deleted' },
    { id: third, reason: 'consent_denied' },
    { id: fourth, reason: 'list_unsubscribed' },
  ])
})

test('suppresses an address that does not exist, and nobody else', async () => {
  await using world = await createSendWorld()
  await world.people(2)
  world.wire = async envelope =>
    envelope.to === 'person1@example.org'
      ? { kind: 'rejected', fault: { class: 'permanent_address', code: '550 5.1.1', reply: 'no such user' } }
      : { kind: 'rejected', fault: { class: 'permanent_message', code: '552 5.3.4', reply: 'too large' } }
  const id = await world.launch()
  await world.settle()
  expect(await world.states(id)).toEqual({ rejected: 2 })
  expect(await world.rows('select address_key as address, reason, campaign_id as campaign from suppressions')).toEqual([
    { address: 'person1@example.org', reason: 'hard_bounce', campaign: id },
  ])
})
