import type { Client } from '../../src/shared/contract/client.ts'
import { expect, test } from './fixtures/browser-test.ts'
import { draftCampaign, openShop, sendCampaign } from './support/a-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('the live page shows what is sent and what holds it back, and pauses a campaign', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 6)
  await slowDown(client)
  const campaign = await launch(client, 'Spring news')
  await goTo(page, '/sending')
  const campaigns = page.getByRole('table', { name: 'Campaigns' })
  await expect(campaigns.getByRole('link', { name: 'Spring news' })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Accounts' }).getByText('1 of 1 in an hour')).toBeVisible()
  await expectAccessible(page, 'sending')
  await page.getByRole('button', { name: 'Pause Spring news' }).click()
  await expect(page.getByRole('button', { name: 'Resume Spring news' })).toBeVisible()
  expect((await client.campaigns.get({ id: campaign.id })).status).toBe('paused')
})

test('nothing to send is said, and leads to the campaigns', async ({ page }) => {
  await goTo(page, '/sending')
  await expect(page.getByRole('heading', { name: 'Nothing is being sent' })).toBeVisible()
  await expectAccessible(page, 'idle')
  await page.getByRole('link', { name: 'Go to campaigns' }).click()
  await expect(page.getByRole('heading', { name: 'Campaigns', level: 1 })).toBeVisible()
})

test('did she get it is answered from the contact in two clicks', async ({ page, tidings }) => {
  const { client } = tidings
  const { people } = await openShop(client, 2)
  await sendCampaign(client, 'Spring news')
  await goTo(page, `/contacts/${people[0]?.id}`)
  await page.getByRole('button', { name: 'Why, for Spring news' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('heading', { name: /Spring news/ })).toBeVisible()
  await expect(dialog.getByRole('list').getByRole('listitem').first()).toBeVisible()
  await expectAccessible(page, 'why')
})

async function slowDown(client: Client): Promise<void> {
  const { senders } = await client.senders.list({})
  const usual = senders.find(sender => sender.channel === 'email')
  if (!usual) throw new Error('there is no account for e-mail')
  const { id, channel, name, settings, limits } = usual
  await client.senders.save({ id, channel, name, settings, limits: { ...limits, perHour: 1 } })
}

async function launch(client: Client, name: string) {
  const campaign = await draftCampaign(client, name)
  const asked = await client.campaigns.requestApproval({ id: campaign.id })
  const { members } = await client.team.list({})
  const owner = members.find(member => member.role === 'owner')
  const approver = members.find(member => member.role === 'approver')
  if (!asked.approval || !owner || !approver) throw new Error('the workspace lacks an approver')
  await client.team.switchTo({ id: approver.id })
  await client.approvals.decide({ id: asked.approval.id, decision: 'approve' })
  await client.team.switchTo({ id: owner.id })
  const { reached } = await client.campaigns.estimate({ id: campaign.id })
  return client.campaigns.launch({ id: campaign.id, expected: reached })
}
