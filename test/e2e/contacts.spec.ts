import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'

test('contacts are searched, opened, edited and noted', async ({ page, tidings }) => {
  await addContacts(tidings.client, ['Ada Lovelace', 'Grace Hopper', 'Mary Shelley'])
  await openContacts(page)
  await expect(page.getByText('3 contacts')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('textbox', { name: /^Find by name/ }).fill('hopper')
  await expect(page.getByText('1 contact', { exact: true })).toBeVisible()
  await page.getByText('Grace Hopper').click()
  await expect(page.getByRole('heading', { level: 1, name: 'Grace Hopper' })).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('textbox', { name: 'City' }).fill('Arlington')
  await page.getByRole('button', { name: 'Save the profile' }).click()
  await expect(page.getByText('The profile was saved')).toBeVisible()
  await page.getByRole('textbox', { name: 'Write a note' }).fill('Found the moth')
  await page.getByRole('button', { name: 'Add the note' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: 'Found the moth' }).first()).toBeVisible()
  const { rows } = await tidings.client.contacts.page({ search: 'hopper' })
  expect(rows.map(row => row.city)).toEqual(['Arlington'])
})

test('a contact is added by hand and opens', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search contacts, campaigns, templates, or type an action').fill('add a')
  await page.getByRole('button', { name: 'Add a contact' }).click()
  const dialog = page.getByRole('dialog', { name: 'Add a contact' })
  await dialog.getByRole('textbox', { name: 'First name' }).fill('Emmy')
  await dialog.getByRole('textbox', { name: 'Last name' }).fill('Noether')
  await dialog.getByRole('textbox', { name: 'E-mail' }).fill('emmy@example.org')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Emmy Noether' })).toBeVisible()
})

test('selected contacts are put on a list, tagged and deleted, and each can be undone', async ({ page, tidings }) => {
  await addContacts(tidings.client, ['Ada Lovelace', 'Grace Hopper', 'Mary Shelley'])
  await openContacts(page)
  await select(page, 'Ada Lovelace')
  await select(page, 'Grace Hopper')
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Add to list…' }).click()
  await page.getByRole('combobox', { name: 'List' }).fill('Pioneers')
  await page.getByRole('button', { name: 'Add to the list' }).click()
  await expect(page.getByText('2 contacts were added to the list')).toBeVisible()

  await select(page, 'Mary Shelley')
  await page.getByRole('button', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete the contact' }).click()
  await expect(page.getByText('2 contacts', { exact: true })).toBeVisible()
  await page
    .getByRole('alert')
    .filter({ hasText: '1 contact was deleted' })
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect(page.getByText('1 contact is as before')).toBeVisible()
  await expect(page.getByText('3 contacts', { exact: true })).toBeVisible()
  await page.getByText('Ada Lovelace').click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Tag…', exact: true }).click()
  await page.getByRole('combobox', { name: 'Tags' }).fill('analyst')
  await page.keyboard.press('Enter')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText('Tags of 1 contact were changed')).toBeVisible()
  const facets = await tidings.client.contacts.facets({})
  expect(facets.lists.map(list => [list.name, list.count])).toEqual([['Pioneers', 2]])
  expect(facets.tags.map(tag => [tag.name, tag.count])).toEqual([['analyst', 1]])
})

test('everybody who matches is selected but one, and changed together', async ({ page, tidings }) => {
  await addContacts(tidings.client, ['Ada Lovelace', 'Grace Hopper', 'Mary Shelley', 'Mary Somerville'])
  await openContacts(page)
  await page.getByRole('textbox', { name: /^Find by name/ }).fill('a')
  await page.getByRole('textbox', { name: /^Find by name/ }).fill('')
  await page.getByRole('gridcell', { name: 'ada.lovelace@example.org' }).click()
  await page.keyboard.press('ControlOrMeta+a')
  await expect(page.getByText('4 selected')).toBeVisible()
  await page.getByRole('row', { name: 'Mary Shelley' }).getByRole('checkbox').uncheck()
  await expect(page.getByText('3 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Change a field…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Change a field of 3 contacts' })
  await dialog.getByRole('combobox', { name: 'Change a field' }).fill('City')
  await page.getByRole('option', { name: 'City' }).click()
  await dialog.getByRole('textbox', { name: 'Value' }).fill('London')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByText('3 contacts were changed')).toBeVisible()
  const { rows } = await tidings.client.contacts.page({})
  expect(rows.map(row => `${row.lastName} ${row.city}`)).toEqual([
    'Hopper London',
    'Lovelace London',
    'Shelley ',
    'Somerville London',
  ])
})

test('the table is filtered, given other columns, and kept as a view', async ({ page, tidings }) => {
  await addContacts(tidings.client, ['Ada Lovelace', 'Grace Hopper', 'Mary Shelley'])
  await openContacts(page)
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await page.getByRole('combobox', { name: 'Column' }).fill('Last name')
  await page.getByRole('option', { name: 'Last name' }).click()
  await page.getByRole('combobox', { name: 'Values' }).fill('el')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Add the filter' }).click()
  await expect(page.getByRole('button', { name: 'Last name contains el', exact: true })).toBeVisible()
  await expect(page.getByText('2 contacts', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Country' }).check()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('columnheader', { name: 'Country' })).toBeVisible()
  await page.getByRole('columnheader', { name: 'E-mail' }).click()
  await page.getByRole('button', { name: 'Views' }).click()
  await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
  await page.getByRole('textbox', { name: 'Name of the view' }).fill('Elles')
  await page.getByRole('button', { name: 'Save the view' }).click()
  await expect(page.getByText('The view “Elles” was saved')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: /^Remove the filter/ }).click()
  await expect(page.getByText('3 contacts', { exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'Elles' }).click()
  await page.getByRole('menuitem', { name: 'Elles', exact: true }).click()
  await expect(page.getByText('2 contacts', { exact: true })).toBeVisible()
  const { views } = await tidings.client.contacts.views({})
  expect(views.map(view => [view.name, view.sort.field, view.columns.at(-1)?.column])).toEqual([
    ['Elles', 'email', 'country'],
  ])
})

test('the table is walked and opened with the keyboard', async ({ page, tidings }) => {
  await addContacts(tidings.client, ['Ada Lovelace', 'Grace Hopper', 'Mary Shelley'])
  await openContacts(page)
  await page.getByRole('gridcell', { name: 'grace.hopper@example.org' }).click()
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Ada Lovelace' })).toBeVisible()
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Contacts' })).toBeVisible()
})

test('what the table shows is exported as CSV', async ({ page, tidings }) => {
  await addContacts(tidings.client, ['Ada Lovelace', '=Evil Formula'])
  await openContacts(page)
  await page.getByRole('button', { name: 'Export…' }).click()
  await expectAccessible(page)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export 2 contacts' }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/\.csv$/)
  const text = await readFile(await file.path(), 'utf8')
  expect(text).toContain('Lovelace')
  expect(text).toContain("'=Evil")
  await expect(page.getByText('2 contacts were exported')).toBeVisible()
})

test('a list is made, renamed and deleted', async ({ page }) => {
  await page.getByRole('link', { name: 'Lists' }).click()
  await page.getByRole('button', { name: 'New list' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Friends')
  await page.getByRole('button', { name: 'Make the list' }).click()
  await page.getByRole('button', { name: 'Actions for Friends' }).click()
  await page.getByRole('menuitem', { name: 'Rename…' }).click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Good friends')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByRole('link', { name: 'Good friends' })).toBeVisible()
  await page.getByRole('button', { name: 'Actions for Good friends' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  await page.getByRole('button', { name: 'Delete the list' }).click()
  await expect(page.getByRole('heading', { name: 'No lists yet' })).toBeVisible()
})

test('an address is suppressed, and the suppression lifted with evidence', async ({ page, tidings }) => {
  await page.goto(`${page.url().split('#')[0]}#/suppressions`)
  await page.getByRole('button', { name: 'Add an address' }).click()
  await page.getByRole('textbox', { name: 'Address' }).fill('never@example.org')
  await page.getByRole('button', { name: 'Stop the messages' }).click()
  await page.getByRole('button', { name: 'Lift the suppression of never@example.org' }).click()
  await page.getByRole('textbox', { name: /^How do you know/ }).fill('Asked by phone on 12 May')
  await page.getByRole('button', { name: 'Allow messages again' }).click()
  await expect(page.getByRole('heading', { name: 'Nobody is suppressed' })).toBeVisible()
  expect((await tidings.client.compliance.suppressions({})).total).toBe(0)
})

type Client = Parameters<Parameters<typeof test>[2]>[0]['tidings']['client']

async function addContacts(client: Client, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const [firstName = '', lastName = ''] = name.split(' ')
    const email = `${firstName}.${lastName}@example.org`.toLowerCase().replace('=', '')
    await client.contacts.create({ firstName, lastName, email })
  }
}

async function openContacts(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Contacts', exact: true }).click()
  await expect(page.getByRole('grid')).toBeVisible()
}

async function select(page: Page, name: string): Promise<void> {
  await page.getByRole('row', { name }).getByRole('checkbox').check()
}
