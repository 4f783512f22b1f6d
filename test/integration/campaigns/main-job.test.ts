import { expect, test } from 'vitest'
import { createTestApp } from '../../support/create-test-app.ts'

test('a campaign goes from a starter to the mailbox of everybody whom the estimate promised', async () => {
  await using world = await createTestApp()
  const { client } = world
  const settings = await client.workspace.settings({})
  await client.workspace.saveSettings({ ...settings, organisation: 'Riverside', postalAddress: '1 Harbour St' })
  for (const name of ['Ann', 'Bea', 'Cat']) {
    await client.contacts.create({ firstName: name, email: `${name.toLowerCase()}@example.com` })
  }
  await client.compliance.suppress({ channel: 'email', address: 'cat@example.com', reason: 'unsubscribe' })
  const { starters } = await client.templates.starters({ channel: 'email' })
  const campaign = await client.campaigns.create({ name: 'News', channel: 'email' })
  const draft = { ...campaign.draft, audience: { everyone: true }, content: starters[0]?.content ?? null }
  await client.campaigns.saveDraft({ id: campaign.id, name: 'News', draft })
  const { reached } = await client.campaigns.estimate({ id: campaign.id })
  const asked = await client.campaigns.requestApproval({ id: campaign.id })
  const { members } = await client.team.list({})
  await client.team.switchTo({ id: members.find(member => member.role === 'approver')?.id ?? '' })
  await client.approvals.decide({ id: asked.approval?.id ?? '', decision: 'approve' })
  await client.team.switchTo({ id: members.find(member => member.role === 'owner')?.id ?? '' })

  await client.campaigns.launch({ id: campaign.id, expected: reached })
  await world.idle()

  expect(await client.campaigns.get({ id: campaign.id })).toMatchObject({ status: 'completed' })
  expect((await client.campaigns.list({})).rows).toMatchObject([{ audience: 3, sent: 2, skipped: 1, pending: 0 }])
  const { rows } = await client.practice.mailbox({})
  expect(rows.map(row => row.to).sort()).toEqual(['ann@example.com', 'bea@example.com'])
  const opened = await client.practice.open({ id: rows[0]?.id ?? '' })
  expect(opened.text).toMatch(/^Riverside\n/)
  expect(opened.text).toMatch(/Unsubscribe\s\(mailto:.*subject=unsubscribe%20[0-9a-f-]{36}\)/)
  expect(opened.text).toContain('Riverside, 1 Harbour St')
  expect((await client.workspace.verifyLedger({})).ok).toBe(true)
})
