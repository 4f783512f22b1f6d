import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'

test('duplicates are found, compared, merged with the keyboard, and the merge is undone', async ({ page, tidings }) => {
  const { client } = tidings
  for (const name of ['Ada', 'Grace', 'Mary']) {
    const mailbox = name.toLowerCase()
    await client.contacts.create({ firstName: name, lastName: 'Lee', email: `${mailbox}.lee@gmail.com`, city: 'Rome' })
    await client.contacts.create({
      firstName: name,
      lastName: 'Lee',
      email: `${mailbox}lee@gmail.com`,
      company: 'Acme',
    })
  }
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await page.getByRole('link', { name: 'Duplicates' }).click()
  await expect(page.getByText('Is anybody in here twice?')).toBeVisible()
  await page.getByRole('button', { name: 'Look for duplicates' }).click()
  await expect(page.getByText('3 groups')).toBeVisible()
  await expectAccessible(page)

  const compare = page.getByRole('region', { name: 'Compare and merge' })
  await compare.getByRole('radio', { name: 'E-mail: take adalee@gmail.com' }).check()
  await page.keyboard.press('m')
  await expect(page.getByText('2 groups')).toBeVisible()
  const { rows } = await client.contacts.page({ search: 'Ada' })
  expect(rows).toMatchObject([{ email: 'adalee@gmail.com', company: 'Acme', city: 'Rome' }])

  await page.getByText('The contacts were merged').locator('..').getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await client.contacts.page({ search: 'Ada' })).total).toBe(2)
  await expect(page.getByText('3 groups')).toBeVisible()
  await page.getByRole('button', { name: 'Not the same' }).click()
  await expect(page.getByText('2 groups')).toBeVisible()
})
