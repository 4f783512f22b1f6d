import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'
import { fastClock } from '../../support/fast-clock.ts'

const CONTENT = {
  channel: 'email',
  subject: 'News for {{first_name}}',
  preheader: '',
  html: '<p>Hello {{first_name}}, <a href="https://example.org/read">read</a>. {{postal_address}} <a href="{{unsubscribe_url}}">Unsubscribe</a></p>',
  text: 'Hello {{first_name}}. {{postal_address}} {{unsubscribe_url}}',
} as const

test('sends a campaign through the practice account by real SMTP, and what recipients do shows in the report', async () => {
  // Recipients open after up to 20 seconds and click up to 5 later, which one is chance: two and a half seconds of this clock.
  await using app = await createTestApp({ clock: fastClock(10) })
  const { client } = app
  await client.workspace.saveSettings({
    ...(await client.workspace.settings({})),
    organisation: 'Tidings',
    postalAddress: '1 Main Street, Springfield',
  })
  for (const name of ['ann', 'ben', 'cleo', 'dora', 'emil', 'fay']) {
    await client.contacts.create({ firstName: name, email: `${name}@example.org` })
  }
  await client.practice.setFallback({ behaviour: 'deliver', lively: false })
  await client.practice.setRule({ address: 'ann@example.org', behaviour: 'bounce_hard' })
  await client.practice.setRule({ address: 'ben@example.org', behaviour: 'open' })
  await client.practice.setRule({ address: 'cleo@example.org', behaviour: 'click' })
  const { id } = await client.campaigns.create({ name: 'Practice', channel: 'email' })
  await client.campaigns.saveDraft({
    id,
    name: 'Practice',
    draft: { channel: 'email', audience: { everyone: true }, content: CONTENT },
  })
  const asked = await client.campaigns.requestApproval({ id })
  const { member } = await client.workspace.overview({})
  const { members } = await client.team.list({})
  const approver = members.find(other => other.role === 'approver' && other.id !== member.id)
  await client.team.switchTo({ id: approver?.id ?? member.id })
  await client.approvals.decide({ id: asked.approval?.id ?? '', decision: 'approve' })
  await client.team.switchTo({ id: member.id })

  await client.campaigns.launch({ id, expected: 6 })
  await app.idle()

  const progress = await client.sending.progress({ campaignId: id })
  expect(progress).toMatchObject({ status: 'completed', counts: { audience: 6, sent: 5, failed: 1, pending: 0 } })
  const { total } = await client.practice.mailbox({})
  expect(total).toBe(5)
  await expect.poll(async () => (await client.analytics.campaign({ campaignId: id })).clicked).toBe(1)
  await expect.poll(async () => (await client.analytics.campaign({ campaignId: id })).opened).toBe(2)
  // What a practice mailbox refuses says nothing about the real one.
  expect(await client.compliance.suppressions({})).toMatchObject({ total: 0 })
  expect(await client.workspace.verifyLedger({})).toMatchObject({ ok: true })
})
