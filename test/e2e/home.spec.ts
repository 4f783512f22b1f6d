import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'

test('the first start offers the sample, and one click fills the workspace with it', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Tidings' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Load the sample' }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'Last results' })).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Completed' })).toBeVisible()
  await expect(page.getByRole('heading', { level: 2, name: 'Your first campaign' })).toBeVisible()
})

test('the sample can be taken out again, and the first start is back', async ({ page, tidings }) => {
  await tidings.client.workspace.loadSample({})
  await page.getByRole('button', { name: 'Take the sample out' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Take the sample out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome to Tidings' })).toBeVisible()
  expect((await tidings.client.contacts.facets({})).total).toBe(0)
})
