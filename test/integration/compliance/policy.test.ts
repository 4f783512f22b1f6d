import { expect, test } from 'vitest'
import { CampaignId } from '../../../src/shared/contract/define.ts'
import type { Policy } from '../../../src/shared/contract/policy.ts'
import { createTestApp } from '../../support/create-test-app.ts'

test('begins with consent for phone channels, the hours of the law and the usual caps', async () => {
  await using app = await createTestApp({ start: false })
  const view = await app.client.policy.get({})
  expect(view).toMatchObject({ isDefault: true, savedAt: null })
  expect(view.policy.channels.email).toMatchObject({
    consent: 'not_denied',
    quietHours: null,
    caps: [
      { most: 1, hours: 24 },
      { most: 3, hours: 168 },
    ],
  })
  for (const channel of ['sms', 'whatsapp', 'voice'] as const) {
    expect(view.policy.channels[channel]).toMatchObject({
      consent: 'required',
      quietHours: { from: '21:00', to: '08:00' },
      caps: [
        { most: 1, hours: 24 },
        { most: 4, hours: 720 },
      ],
    })
  }
  expect(view.legal.rows.find(row => row.region === 'TX')?.hours[6]).toEqual({ from: '12:00', to: '21:00' })
  expect(view.legal.rows.find(row => row.region === 'MS')?.hours[6]).toBeNull()
})

test('tightens without a word, and loosens only with a reason that stays on record', async () => {
  await using app = await createTestApp({ start: false })
  const { policy } = await app.client.policy.get({})
  const email = { ...policy.channels.email, quietHours: { from: '22:00', to: '07:00' } }
  const tighter: Policy = { ...policy, channels: { ...policy.channels, email } }
  const tight = await app.client.policy.save({ policy: tighter })
  expect(tight).toMatchObject({ isDefault: false, policy: tighter })
  expect(tight.savedBy).not.toBe('')
  await expect(app.client.policy.save({ policy })).rejects.toMatchObject({
    code: 'invalid_input',
    details: { rules: ['email.quietHours'] },
  })
  const shorter = { ...email, quietHours: { from: '23:00', to: '07:00' } }
  await expect(
    app.client.policy.save({ policy: { ...policy, channels: { ...policy.channels, email: shorter } } }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  const reason = 'The night shift asked to be written to at night.'
  expect(await app.client.policy.save({ policy, reason })).toMatchObject({ policy, reason })
})

test('does not loosen what the law fixes, whatever the reason', async () => {
  await using app = await createTestApp({ start: false })
  const { policy, locked } = await app.client.policy.get({})
  expect(locked.map(one => one.rule)).toEqual(['sms.legalHours', 'voice.legalHours', 'sms.consent', 'voice.consent'])
  const reason = 'It would be quicker.'
  const sms = { ...policy.channels.sms, consent: 'not_denied' as const }
  const without = { ...policy, channels: { ...policy.channels, sms } }
  await expect(app.client.policy.save({ policy: without, reason })).rejects.toMatchObject({
    details: { rule: 'sms.consent' },
  })
  const voice = { ...policy.channels.voice, legalHours: false }
  const atNight = { ...policy, channels: { ...policy.channels, voice } }
  await expect(app.client.policy.save({ policy: atNight, reason })).rejects.toMatchObject({
    details: { rule: 'voice.legalHours' },
  })
  // Where no law asks for consent to texts, the workspace decides.
  const settings = await app.client.workspace.settings({})
  await app.client.workspace.saveSettings({ ...settings, country: 'NZ' })
  expect(await app.client.policy.save({ policy: without, reason })).toMatchObject({ policy: without })
})

test('sets rules aside for one campaign with a reason, and takes that back', async () => {
  await using app = await createTestApp({ start: false })
  const campaignId = CampaignId.parse('c1')
  expect(await app.client.policy.overrides({ campaignId })).toEqual({ rules: [], reason: '', by: '', at: null })
  await app.client.policy.override({ campaignId, rules: ['frequency_cap'], reason: 'Recall of a product' })
  expect(await app.client.policy.overrides({ campaignId })).toMatchObject({
    rules: ['frequency_cap'],
    reason: 'Recall of a product',
  })
  await expect(
    app.client.policy.override({ campaignId, rules: ['consent'], reason: 'Everybody should hear it' }),
  ).rejects.toMatchObject({ code: 'invalid_input' })
  await app.client.policy.override({ campaignId, rules: [], reason: 'Over' })
  expect((await app.client.policy.overrides({ campaignId })).rules).toEqual([])
})
