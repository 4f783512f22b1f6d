import { expect, test } from 'vitest'
import { CampaignDraft } from '../../../src/shared/contract/campaigns.ts'
import { SenderId } from '../../../src/shared/contract/define.ts'
import { createTestApp } from '../../support/create-test-app.ts'
import { startTwilioFake } from '../../support/fakes/twilio.ts'

test('who opted out with Twilio is suppressed for SMS and calls, and the rest of the campaign goes on', async () => {
  const fake = await startTwilioFake(() => Date.now())
  await using test = await createTestApp()
  const { client } = test
  const sender = await client.senders.save({
    id: null,
    channel: 'sms',
    name: 'Twilio',
    settings: {
      provider: 'twilio_sms',
      accountSid: fake.accountSid,
      apiKeySid: '',
      messagingServiceSid: '',
      smartEncoding: true,
      fromName: '',
      fromAddress: '+15017122661',
      replyTo: '',
      apiBase: fake.url,
    },
    limits: { perSecond: 50, perMinute: null, perHour: null, perDay: null, concurrency: 2, families: [], warmUp: null },
    secrets: { authToken: fake.authToken },
  })
  for (const [firstName, phone] of [
    ['Anna', '+14155552671'],
    ['Ben', '+14155552672'],
  ] as const) {
    await client.contacts.create({ firstName, phone })
  }
  fake.trouble({
    status: 400,
    body: { code: 21610, message: 'Attempt to send to unsubscribed recipient', status: 400 },
  })
  const { id } = await client.campaigns.create({ name: 'Reminder', channel: 'sms' })
  const draft = CampaignDraft.parse({
    channel: 'sms',
    category: 'transactional',
    senderId: SenderId.parse(sender.id),
    audience: { everyone: true },
    content: { channel: 'sms', text: 'Hello {{first_name}}' },
  })
  await client.campaigns.saveDraft({ id, name: 'Reminder', draft })
  const asked = await client.campaigns.requestApproval({ id })
  const { member } = await client.workspace.overview({})
  const { members } = await client.team.list({})
  const approver = members.find(other => other.role === 'approver' && other.id !== member.id)
  await client.team.switchTo({ id: approver?.id ?? member.id })
  await client.approvals.decide({ id: asked.approval?.id ?? '', decision: 'approve' })
  await client.team.switchTo({ id: member.id })
  await client.campaigns.launch({ id, expected: 2 })
  await test.idle()
  expect(fake.messages).toHaveLength(1)
  const { rows } = await client.compliance.suppressions({ limit: 10, offset: 0 })
  expect(new Set(rows.map(one => `${one.channel} ${one.reason} ${one.source}`))).toEqual(
    new Set(['sms unsubscribe provider', 'voice unsubscribe provider']),
  )
  await fake.close()
})
