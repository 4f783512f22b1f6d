import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

// The address that is refused on purpose.
test.use({ expectedFaults: [/status of 400/] })

test('an account of an HTTP provider is chosen by its kind, filled in and kept, its secret never shown again', async ({
  page,
  tidings,
}) => {
  await goTo(page, '/settings/accounts')
  await page.getByRole('button', { name: 'Add account' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('region', { name: 'E-mail' })).toBeVisible()
  await expectAccessible(page, 'kinds')
  await dialog.getByRole('button', { name: /Postmark/ }).click()
  await expect(dialog.getByRole('heading', { name: 'New account: Postmark' })).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Name of the account' }).fill('Post office')
  await dialog.getByLabel(/token/i).fill('11111111-2222-3333-4444-555555555555')
  await dialog.getByRole('textbox', { name: 'From address' }).fill('not an address')
  await dialog.getByRole('button', { name: 'Save account' }).click()
  await expect(dialog.getByRole('alert').first()).toBeVisible()
  await dialog.getByRole('textbox', { name: 'From address' }).fill('news@example.org')
  await dialog.getByText('Per mailbox provider, and warm-up').click()
  await dialog.getByRole('textbox', { name: 'An hour, Google (Gmail, Workspace)' }).fill('100')
  await dialog.getByRole('switch', { name: 'Bring a new sender up slowly' }).click()
  await dialog.getByRole('textbox', { name: 'Messages on each day' }).fill('50, 100, 200')
  await expect(dialog.getByText('3 days from 50 to 200 a day, 350 messages altogether')).toBeVisible()
  await expectAccessible(page, 'form')
  await dialog.getByRole('button', { name: 'Save account' }).click()
  await expect(page.getByRole('cell', { name: /^Post office/ })).toBeVisible()
  const { senders } = await tidings.client.senders.list({})
  const made = senders.find(sender => sender.name === 'Post office')
  expect(made?.secretNames).toHaveLength(1)
  expect(made?.limits.warmUp?.perDay).toEqual([50, 100, 200])
  expect(made?.limits.families).toMatchObject([{ family: 'google', perHour: 100 }])

  await page.getByRole('button', { name: 'Actions for Post office' }).click()
  await page.getByRole('menuitem', { name: 'Change' }).click()
  await expect(page.getByPlaceholder('Set. Type to replace it.')).toHaveValue('')
})
