import { expect, test } from './fixtures/browser-test.ts'
import { draftCampaign, openShop, sendCampaign } from './support/a-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('the list and every step of the wizard are accessible in light and dark', async ({ page, tidings }) => {
  await openShop(tidings.client, 3)
  const campaign = await draftCampaign(tidings.client, 'Easter hours')
  await goTo(page, '/campaigns')
  await expect(page.getByText('Easter hours')).toBeVisible()
  await expectAccessible(page, 'list')
  await goTo(page, `/campaigns/${campaign.id}/edit`)
  for (const [step, landmark] of [
    ['1 Basics', 'Kind of message'],
    ['2 Audience', 'Who gets it'],
    ['3 Message', 'Begin with'],
    ['4 Personalisation', 'Fallback'],
    ['5 Schedule', 'When to send'],
    ['6 Review and send', 'Request approval'],
  ] as const) {
    await page.getByRole('button', { name: step }).click()
    await expect(page.getByText(landmark).first()).toBeVisible()
    await expectAccessible(page, step)
  }
})

test('every part of a sent campaign is accessible in light and dark', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 8)
  await client.practice.setFallback({ behaviour: 'open', lively: false })
  await client.practice.setRule({ address: 'person1@example.org', behaviour: 'bounce_hard' })
  const campaign = await sendCampaign(client, 'Spring news')
  await goTo(page, `/campaigns/${campaign.id}`)
  for (const [tab, landmark] of [
    ['Overview', 'Progress over time'],
    ['Recipients', 'person1@example.org'],
    ['Message', 'Preview as'],
    ['Settings', 'Timeline'],
  ] as const) {
    await page.getByRole('tab', { name: tab }).click()
    await expect(page.getByText(landmark).first()).toBeVisible()
    await expectAccessible(page, tab)
  }
})

test('each chart can be read as a table', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 6)
  await client.practice.setRule({ address: 'person1@example.org', behaviour: 'bounce_hard' })
  const campaign = await sendCampaign(client, 'Spring news')
  await goTo(page, `/campaigns/${campaign.id}`)
  for (const chart of ['Progress over time', 'Outcome', 'When messages left', 'Top errors']) {
    await page.getByRole('button', { name: `Show as table: ${chart}` }).click()
    await expect(page.getByRole('table', { name: chart })).toBeVisible()
  }
})
