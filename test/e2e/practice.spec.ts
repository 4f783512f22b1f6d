import { expect, test } from './fixtures/browser-test.ts'
import { openShop, sendCampaign } from './support/a-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('a captured message is read, opened and unsubscribed from as its recipient', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 4)
  const campaign = await sendCampaign(client, 'Spring news')
  await goTo(page, '/practice')
  await page.getByRole('button', { name: /person2@example\.org/ }).click()
  await expect(page.locator('iframe[title="Message to person2@example.org"]')).toBeVisible()
  await expectAccessible(page, 'mailbox')
  await page.getByRole('tab', { name: 'Headers' }).click()
  await expect(page.getByRole('rowheader', { name: 'List-Unsubscribe', exact: true })).toBeVisible()

  await page.getByRole('button', { name: 'Act as recipient' }).click()
  await page.getByRole('menuitem', { name: 'Open as recipient' }).click()
  await expect(page.getByText('Opened as the recipient')).toBeVisible()
  await page.getByRole('button', { name: 'Act as recipient' }).click()
  await page.getByRole('menuitem', { name: 'Unsubscribe as recipient' }).click()
  await expect(page.getByText('Unsubscribed as the recipient')).toBeVisible()
  const report = await client.analytics.campaign({ campaignId: campaign.id })
  expect([report.opened, report.unsubscribed]).toEqual([1, 1])
  const { rows } = await client.compliance.suppressions({ search: 'person2@example.org' })
  expect(rows.map(row => row.reason)).toEqual(['unsubscribe'])
})

test('an address is told to bounce, and the mailbox is emptied', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 2)
  await sendCampaign(client, 'Spring news')
  await goTo(page, '/practice')
  await page.getByRole('button', { name: 'Behaviour of addresses' }).click()
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('person1@example.org')
  await page.getByRole('button', { name: 'Add rule' }).click()
  await expect(page.getByRole('cell', { name: 'person1@example.org', exact: true })).toBeVisible()
  await expectAccessible(page, 'rules')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Empty the mailbox' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Empty the mailbox' }).click()
  await expect(page.getByRole('heading', { name: 'No messages yet' })).toBeVisible()
  const { rules } = await client.practice.rules({})
  expect(rules).toEqual([{ address: 'person1@example.org', behaviour: 'bounce_hard' }])
})
