import { expect, test } from 'vitest'
import { Audience } from '../../../src/shared/contract/campaigns.ts'
import { CampaignId, ContactId } from '../../../src/shared/contract/define.ts'
import { openPolicy } from '../../support/open-policy.ts'
import { createSendWorld, refusal, type SendWorld, UNLIMITED } from './send-world.ts'

async function why(world: SendWorld, campaignId: string, contactId: string) {
  const found = await world.sending.handlers.why(
    { campaignId: CampaignId.parse(campaignId), contactId: ContactId.parse(contactId) },
    world.context,
  )
  const [channel] = found.channels
  if (channel === undefined) throw new Error('no channel')
  return { ...found, channel, decided: channel.links.filter(one => one.effect === 'decided') }
}

async function write(world: SendWorld, text: string): Promise<void> {
  const { CompiledQuery } = await import('kysely')
  await world.storage.db.executeQuery(CompiledQuery.raw(text))
}

test('tells of an accepted message and of a refused one with what the server said', async () => {
  await using world = await createSendWorld()
  const [ann = '', bea = ''] = await world.people(2)
  world.wire = async envelope =>
    envelope.to === 'person2@example.org'
      ? refusal('rejected', 'permanent_address')
      : { kind: 'accepted', providerMessageId: 'p', reply: '250' }
  const id = await world.launch()
  await world.settle()
  const got = await why(world, id, ann)
  expect(got).toMatchObject({ answer: 'She got it by email: the server accepted it.', channel: { state: 'accepted' } })
  expect(got.channel.links.map(one => one.rule)).toEqual(['campaign', 'audience', 'address', 'attempt', 'outcome'])
  const not = await why(world, id, bea)
  expect(not.answer).toBe('She did not get it by email: The address cannot receive.')
  expect(not.channel.links.find(one => one.rule === 'attempt')?.value).toContain('550 5.1.1 scripted')
  expect(not.decided[0]?.change).toContain('Another address')
})

test('names the rule that a skipped message was stopped by, and what would have changed it', async () => {
  await using world = await createSendWorld()
  const [ann = ''] = await world.people(1)
  await write(
    world,
    `insert into suppressions values ('email', 'person1@example.org', 'unsubscribe', 'link', null, null, '', 5, null)`,
  )
  const id = await world.launch()
  await world.settle()
  const found = await why(world, id, ann)
  expect(found.answer).toBe('She did not get it by email: Unsubscribed.')
  expect(found.decided.map(one => one.rule)).toEqual(['suppression'])
  expect(found.decided[0]?.change).toContain('Lifting the suppression')
})

test('tells what holds a waiting message back now, and until when', async () => {
  const policy = openPolicy()
  policy.channels.email = { ...policy.channels.email, quietHours: { from: '08:00', to: '10:00' } }
  await using world = await createSendWorld({ policy })
  const [ann = ''] = await world.people(1)
  await write(world, `update contacts set time_zone = 'UTC'`)
  const id = await world.launch()
  await world.settle()
  const found = await why(world, id, ann)
  expect(found.channel.state).toBe('ready')
  expect(found.decided).toMatchObject([{ rule: 'hours', until: Date.parse('2026-03-02T10:00:00Z'), basis: 'now' }])
  await world.limits({ ...UNLIMITED, perSecond: 1 })
  await write(world, `update senders set state = 'paused', state_reason = 'by hand'`)
  const paused = await why(world, id, ann)
  expect(paused.channel.links.find(one => one.rule === 'account')).toMatchObject({ effect: 'waits' })
})

test('answers for somebody who was never in the audience, by the rules as they are', async () => {
  await using world = await createSendWorld()
  const [ann = '', bea = ''] = await world.people(2)
  const id = await world.launch({ audience: Audience.parse({ contactIds: [ann] }) })
  await world.settle()
  const found = await why(world, id, bea)
  expect(found.channel).toMatchObject({ messageId: null, state: '' })
  expect(found.answer).toBe('She got no message by email: Not in the audience.')
  expect(found.decided.map(one => one.rule)).toEqual(['audience'])
  const excluded = await world.launch({ audience: Audience.parse({ listIds: ['list'], excludeListIds: ['list'] }) })
  await world.settle()
  expect((await why(world, excluded, bea)).decided.map(one => one.rule)).toEqual(['exclusion'])
})

test('leads from a merged contact to who she is now', async () => {
  await using world = await createSendWorld()
  const [gone = '', stays = ''] = await world.people(2)
  const id = await world.launch({ audience: Audience.parse({ contactIds: [gone] }) })
  await world.settle()
  await write(
    world,
    `insert into contact_aliases (old_id, old_no, contact_no, change_no)
      select '${gone}', (select no from contacts where id = '${gone}'), no, 0 from contacts where id = '${stays}'`,
  )
  await write(world, `delete from contacts where id = '${gone}'`)
  const found = await why(world, id, gone)
  expect(found).toMatchObject({ contactId: stays, channel: { state: 'accepted' } })
  await expect(why(world, id, 'nobody')).rejects.toMatchObject({ code: 'not_found' })
})
