import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { journalStore } from '../../../src/main/contacts/changes/journal-store.ts'
import { type MergeParts, mergePeople } from '../../../src/main/contacts/duplicates/merge-people.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { ContactId } from '../../../src/shared/contract/define.ts'
import { createSendWorld, refusal, type SendWorld, UNLIMITED } from './send-world.ts'

const SLOW = { ...UNLIMITED, perSecond: 1 }

/** Makes one contact of several, with the address of the first. */
async function merge(world: SendWorld, survivorId: string, ...otherIds: string[]): Promise<void> {
  const parts: MergeParts = {
    kernel: world.kernel,
    compliance: world.compliance,
    figures: { compute: async () => undefined },
  }
  const plan = { survivorId: ContactId.parse(survivorId), fields: {} }
  await transaction(world.storage.db, async tx => {
    const change = {
      id: `merge of ${survivorId}`,
      kind: 'merge' as const,
      title: '',
      actor: 'm',
      now: world.clock.now(),
    }
    const changeNo = await journalStore.begin(tx, change)
    await mergePeople(tx, parts, { changeNo, plan, otherIds, actor: 'm' })
    await journalStore.finish(tx, changeNo)
  })
}

const fates = (world: SendWorld) =>
  world.rows<{ id: string; state: string; reason: string; address: string }>(
    'select contact_id as id, state, reason, address from messages order by contact_id',
  )

async function offTheList(world: SendWorld, ...ids: string[]): Promise<void> {
  await world.storage.db
    .deleteFrom('list_members')
    .where('contact_no', 'in', eb => eb.selectFrom('contacts').select('no').where('id', 'in', ids))
    .execute()
}

test('of two merged who both wait, the one who stays gets one message', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const [, second = '', third = ''] = await world.people(3)
  await world.launch()
  await world.settle()
  await merge(world, third, second)
  await world.advance(10_000)
  expect(world.sent.map(one => one.to)).toEqual(['person1@example.org', 'person3@example.org'])
  expect((await fates(world)).slice(1)).toMatchObject([
    { id: second, state: 'skipped', reason: 'merged' },
    { id: third, state: 'accepted' },
  ])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('a message that waits for somebody who was merged goes to who she is now, at her address', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const [, second = '', third = '', fourth = ''] = await world.people(4)
  await offTheList(world, third)
  await world.launch()
  await world.settle()
  await merge(world, third, second, fourth)
  await world.advance(10_000)
  expect(world.sent.map(one => one.to)).toEqual(['person1@example.org', 'person3@example.org'])
  expect((await fates(world)).slice(1)).toMatchObject([
    { id: second, state: 'accepted', address: 'person3@example.org' },
    { id: fourth, state: 'skipped', reason: 'merged' },
  ])
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})

test('who has the message under her old name does not get it again under the new one', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const [first = '', second = ''] = await world.people(2)
  await world.launch()
  await world.settle()
  expect(world.sent).toHaveLength(1)
  await merge(world, second, first)
  await world.advance(10_000)
  expect(world.sent).toHaveLength(1)
  expect((await fates(world))[1]).toMatchObject({ id: second, state: 'skipped', reason: 'merged' })
})

test('a refused message reached nobody: the one who stays still gets hers', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const [first = '', second = ''] = await world.people(2)
  const answer = world.wire
  world.wire = async (envelope, signal) =>
    envelope.to.startsWith('person1@') ? refusal('rejected', 'permanent_address') : answer(envelope, signal)
  await world.launch()
  await world.settle()
  await merge(world, second, first)
  await world.advance(10_000)
  expect((await fates(world)).map(one => one.state)).toEqual(['rejected', 'accepted'])
})

test('nobody is written to whose address was unsubscribed under either name', async () => {
  for (const refuses of [0, 1]) {
    await using world = await createSendWorld()
    await world.limits(SLOW)
    const [, second = '', third = ''] = await world.people(3)
    await offTheList(world, third)
    await world.launch()
    await world.settle()
    const refusing = refuses === 0 ? 'person2@example.org' : 'person3@example.org'
    await transaction(world.storage.db, tx =>
      world.compliance.suppress(tx, {
        channel: 'email',
        address: refusing,
        reason: 'unsubscribe',
        source: 'test',
        contactId: null,
        campaignId: null,
        note: '',
      }),
    )
    await merge(world, third, second)
    await world.advance(10_000)
    expect(world.sent).toHaveLength(1)
  }
})

test('who unsubscribes through an older message of hers is not written to at her present address', async () => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const [first = '', second = ''] = await world.people(2)
  await offTheList(world, second)
  await world.launch()
  await world.settle()
  await merge(world, second, first)
  await transaction(world.storage.db, tx =>
    world.compliance.suppress(tx, {
      channel: 'email',
      address: 'person1@example.org',
      reason: 'unsubscribe',
      source: 'link',
      contactId: first,
      campaignId: null,
      note: '',
    }),
  )
  const blocked = await world.compliance.blocked(world.storage.reader, 'email', [
    { contactId: second, address: 'person2@example.org' },
  ])
  expect([...blocked]).toEqual([[second, 'unsubscribed']])
})

property.prop([fc.uniqueArray(fc.nat(5), { minLength: 2, maxLength: 6 }), fc.subarray([0, 1, 2, 3, 4, 5]), fc.nat(7)], {
  numRuns: 12,
})('a person never gets two messages, and one whenever she waits for one', async (merged, outside, seconds) => {
  await using world = await createSendWorld()
  await world.limits(SLOW)
  const ids = await world.people(6)
  await offTheList(world, ...outside.map(n => ids[n] ?? ''))
  await world.launch()
  await world.settle()
  await world.advance(seconds * 1000)
  const addresses = new Set(merged.map(n => `person${n + 1}@example.org`))
  const toHer = (): number => world.sent.filter(one => addresses.has(one.to)).length
  const before = toHer()
  const [survivor = '', ...others] = merged.map(n => ids[n] ?? '')
  await merge(world, survivor, ...others)
  await world.advance(20_000)
  const after = toHer() - before
  const isWanted = merged.some(n => !outside.includes(n))
  expect(after).toBe(isWanted && before === 0 ? 1 : 0)
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
})
