import { expect, test } from './fixtures/browser-test.ts'
import { openShop } from './support/a-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('every part of the settings is accessible in light and dark', async ({ page, tidings }) => {
  await openShop(tidings.client, 1)
  for (const [tab, landmark] of [
    ['general', 'Who sends'],
    ['accounts', 'Add account'],
    ['team', 'Ada Approver'],
    ['appearance', 'Colours'],
    ['data', 'Folder of the workspace'],
  ] as const) {
    await goTo(page, `/settings/${tab}`)
    await expect(page.getByText(landmark).first()).toBeVisible()
    await expectAccessible(page, tab)
  }
})

test('the postal address is saved', async ({ page, tidings }) => {
  await goTo(page, '/settings/general')
  await page.getByRole('textbox', { name: 'Postal address' }).fill('Market Square 5\n54321 Riverside')
  await page.getByRole('button', { name: 'Save changes' }).click()
  await expect(page.getByText('Saved', { exact: true })).toBeVisible()
  expect((await tidings.client.workspace.settings({})).postalAddress).toBe('Market Square 5\n54321 Riverside')
})

test('an account that does not work is diagnosed step by step, and can be saved all the same', async ({
  page,
  tidings,
}) => {
  await goTo(page, '/settings/accounts')
  await page.getByRole('button', { name: 'Add account' }).click()
  await page.getByRole('button', { name: /Mail server \(SMTP\)/ }).click()
  await page.getByRole('textbox', { name: 'Name of the account' }).fill('Office server')
  await page.getByRole('textbox', { name: 'Server' }).fill('127.0.0.1')
  await page.getByRole('textbox', { name: 'Port' }).fill('9')
  await page.getByRole('textbox', { name: 'From address' }).fill('news@example.org')
  await expectAccessible(page, 'account')
  await page.getByRole('button', { name: 'Test the connection' }).click()
  await expect(page.getByText('The account does not work yet')).toBeVisible()
  await page.getByRole('button', { name: 'Save account' }).click()
  await expect(page.getByRole('cell', { name: /Office server/ }).first()).toBeVisible()
  const { senders } = await tidings.client.senders.list({})
  expect(senders.find(sender => sender.name === 'Office server')?.secretNames).toEqual([])
})

test('the ledger is verified with every check shown', async ({ page, tidings }) => {
  await openShop(tidings.client, 1)
  await goTo(page, '/settings/data')
  await page.getByRole('button', { name: 'Verify the ledger' }).click()
  await expect(page.getByText('All checks hold')).toBeVisible()
  await expect(page.getByRole('table', { name: 'Ledger' }).getByRole('row').nth(1)).toBeVisible()
})
