import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

const FILE = join(import.meta.dirname, '../fixtures/cdnow-orders.csv')

test('imports the CDNOW orders, shows a customer with her totals, and takes it back', async ({ page, tidings }) => {
  await goTo(page, '/orders/import')
  await page.getByLabel('Choose a file', { exact: true }).setInputFiles(FILE)
  await expect(page.getByRole('heading', { level: 1, name: 'Orders in cdnow-orders.csv' })).toBeVisible()
  await expect(page.getByRole('combobox', { name: 'What column order_value becomes' })).toHaveValue(
    'Value of the order',
  )
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(page.getByRole('cell', { name: 'CD-000001' })).toBeVisible()
  await expect(page.getByRole('cell', { name: '$29.33' })).toBeVisible()

  await page.getByRole('button', { name: 'Import 6,919 orders' }).click()
  await expect(page.getByRole('button', { name: 'Undo this import' })).toBeVisible()
  await expect(figure(page, 'New orders')).toHaveText('6,919')
  await expect(figure(page, 'New contacts')).toHaveText('2,357')
  await expectAccessible(page)

  const { rows } = await tidings.client.contacts.page({ search: 'customer.00004@example.com', limit: 1 })
  await goTo(page, `/contacts/${rows[0]?.id ?? ''}`)
  const purchases = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Purchases' }) })
  // 29.33 + 29.73 + 14.96 + 26.48
  await expect(purchases.getByText('$100.50')).toBeVisible()
  await expect(purchases.getByText('$25.13')).toBeVisible()
  await expect(purchases.getByRole('cell', { name: 'CD-000004' })).toBeVisible()
  await expectAccessible(page)

  await goTo(page, '/orders/import')
  await page.getByRole('link', { name: 'cdnow-orders.csv' }).click()
  await page.getByRole('button', { name: 'Undo this import' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Undo this import' }).click()
  await expect(page.getByText('Undone: its orders are gone')).toBeVisible()
  expect((await tidings.client.contacts.facets({})).total).toBe(0)
})

test('scores a contact by rules as they are typed, and keeps them', async ({ page, tidings }) => {
  const ann = await tidings.client.contacts.create({
    firstName: 'Ann',
    lastName: 'Lee',
    email: 'ann@example.org',
    leadStatus: 'hot',
  })
  await goTo(page, '/settings/scoring')
  await page.getByRole('button', { name: 'Add a rule' }).click()
  await page.getByLabel('Value', { exact: true }).fill('hot')
  await page.getByLabel('Points', { exact: true }).fill('25')
  const example = page.getByRole('complementary', { name: 'Try it on a contact' })
  await expect(example.getByText('Lead status is “hot”')).toBeVisible()
  await expect(example.getByRole('cell', { name: '+25' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect.poll(async () => (await tidings.client.contacts.get({ id: ann.id })).contact.leadScore).toBe(25)
})

function figure(page: Page, name: string) {
  return page.getByRole('row', { name }).getByRole('cell').last()
}
