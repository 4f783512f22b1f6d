import { expect, test } from './fixtures/browser-test.ts'
import { draftCampaign, openShop } from './support/a-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('the queue and a request are accessible, and a rejection says why', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 3)
  const campaign = await draftCampaign(client, 'Easter hours')
  const { approval } = await client.campaigns.requestApproval({ id: campaign.id, note: 'Is the date right?' })
  await goTo(page, '/approvals')
  await expect(page.getByRole('link', { name: 'Easter hours' })).toBeVisible()
  await expectAccessible(page, 'queue')

  const { members } = await client.team.list({})
  const approver = members.find(member => member.role === 'approver')
  await client.team.switchTo({ id: approver?.id ?? '' })
  await page.reload()
  await goTo(page, `/approvals/${approval?.id}`)
  await expect(page.getByText('Is the date right?')).toBeVisible()
  await expect(page.locator('iframe')).toBeVisible()
  await expectAccessible(page, 'request')

  await expect(page.getByRole('button', { name: 'Reject' })).toBeDisabled()
  await page.getByRole('textbox', { name: /reason for a rejection/ }).fill('Easter is a week later')
  await page.getByRole('button', { name: 'Reject' }).click()
  await expect(page.getByText(/Rejected by Ada Approver/)).toBeVisible()
  const after = await client.campaigns.get({ id: campaign.id })
  expect([after.status, after.approval?.decisionNote]).toEqual(['draft', 'Easter is a week later'])
})
