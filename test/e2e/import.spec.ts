import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'

// A German export in the old Western encoding: semicolons, a mistyped domain, a row without an address, one twice.
const ROWS = [
  'Vorname;Nachname;E-Mail;Telefon;Ort;Kundennummer',
  'Jörg;Müller;joerg.mueller@example.de;+49 30 1234567;Köln;1',
  'Änne;Groß;aenne@gmial.com;;Düsseldorf;2',
  'Uwe;Schön;;;Köln;3',
  'Jörg;Müller;joerg.mueller@example.de;;Köln;4',
  'Eva;Weiß;eva.weiss.example.de;;Bonn;5',
]

let folder = ''
let file = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-import-'))
  file = join(folder, 'kunden.csv')
  await writeFile(file, Buffer.from(`${ROWS.join('\r\n')}\r\n`, 'latin1'))
})
test.afterEach(async () => rm(folder, { recursive: true, force: true }))

test('shows what is in a file, imports it, and the counts add up', async ({ page, tidings }) => {
  await openFile(page, file)
  await expect(page.getByRole('combobox', { name: 'Encoding' })).toHaveValue('windows-1252')
  await expect(page.getByRole('combobox', { name: 'Separator' })).toHaveValue('Semicolon ;')
  await expect(becomes(page, 'E-Mail')).toHaveValue('E-mail')
  await expect(becomes(page, 'Ort')).toHaveValue('City')
  await expectAccessible(page)

  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(page.getByRole('cell', { name: 'Düsseldorf', exact: true })).toBeVisible()
  await expect(page.getByText('neither an e-mail address nor a phone number')).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await expect(page.getByText('aenne@gmial.com')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('combobox', { name: 'Put everybody on a list' }).fill('Kunden')
  await page.getByRole('button', { name: 'Import 5 rows' }).click()
  await expect(page.getByRole('button', { name: 'Save the rejected rows' })).toBeVisible()
  await expect(figure(page, 'New contacts')).toHaveText('2')
  await expect(figure(page, 'Repeated in the file')).toHaveText('1')
  await expect(figure(page, 'Rejected')).toHaveText('2')
  await expect(figure(page, 'Rows in the file')).toHaveText('5')
  await expectAccessible(page)

  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the rejected rows' }).click()
  const saved = await readFile(await (await download).path(), 'utf8')
  expect(saved).toContain('eva.weiss.example.de')
  expect(saved.trim().split(/\r?\n/)).toHaveLength(3)

  await page.getByRole('link', { name: 'Show contacts' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Kunden' })).toBeVisible()
  expect((await tidings.client.contacts.facets({})).total).toBe(2)
})

test('a column can become a new field, or be left out', async ({ page, tidings }) => {
  await openFile(page, file)
  await choose(page, 'Telefon', 'Leave out')
  await choose(page, 'Ort', 'A new field of its own…')
  await page.getByRole('textbox', { name: 'Name of the new field for column Ort' }).fill('Heimatort')
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(page.getByRole('columnheader', { name: 'Heimatort' })).toBeVisible()
  await expect(page.getByRole('columnheader', { name: 'Phone' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Import 5 rows' }).click()
  await expect(page.getByRole('link', { name: 'Show contacts' })).toBeVisible()
  const { rows } = await tidings.client.contacts.page({ search: 'Müller' })
  const { contact } = await tidings.client.contacts.get({ id: rows[0]?.id ?? '' })
  expect(contact.phone).toBeNull()
  expect(contact.custom).toMatchObject({ ort: 'Köln' })
})

test('a wrong encoding can be corrected by hand', async ({ page }) => {
  await openFile(page, file)
  await page.getByRole('combobox', { name: 'Encoding' }).click()
  await page.getByRole('option', { name: 'windows-1251' }).click()
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(page.getByRole('cell', { name: 'Düsseldorf', exact: true })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Encoding' }).click()
  await page.getByRole('option', { name: 'windows-1252' }).click()
  await expect(page.getByRole('cell', { name: 'Düsseldorf', exact: true })).toBeVisible()
})

test('without a column for an address nothing can be imported', async ({ page }) => {
  await openFile(page, file)
  await choose(page, 'E-Mail', 'Leave out')
  await choose(page, 'Telefon', 'Leave out')
  await expect(page.getByText('Choose the column that holds the e-mail address or the phone number.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Import 5 rows' })).toBeDisabled()
})

test('a file can be imported with the keyboard alone', async ({ page, tidings }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+i')
  await expect(page.getByRole('heading', { level: 1, name: 'Imports' })).toBeFocused()
  const chooser = page.waitForEvent('filechooser')
  await tabTo(page, 'Choose a file')
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused()
  await page.keyboard.press('Enter')
  await (await chooser).setFiles(file)
  await expect(page.getByRole('heading', { level: 1, name: 'Import kunden.csv' })).toBeFocused()

  await tabTo(page, 'Columns')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Preview' })).toHaveAttribute('aria-selected', 'true')
  await tabTo(page, 'Put everybody on a list')
  await page.keyboard.type('Kunden')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Import of kunden.csv' })).toBeFocused()
  await expect(page.getByRole('link', { name: 'Show contacts' })).toBeVisible()
  await tabTo(page, 'Show contacts')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Kunden' })).toBeFocused()
  expect((await tidings.client.lists.all({})).lists.map(list => [list.name, list.members])).toEqual([['Kunden', 2]])
})

test('what is wrong is corrected with one click each, and dates are asked about once', async ({ page, tidings }) => {
  const rows = [
    'Name,E-mail,City,Birthday',
    'ANN MCDONALD,ann@gmial.com,KÃ¶ln,03/04/1980',
    'Bob Ray,bob @example.org,Bonn,',
  ]
  await writeFile(file, rows.join('\n'))
  await openFile(page, file)
  await page.getByRole('button', { name: 'April 3, 1980' }).click()
  await page.getByRole('tab', { name: /^Problems/ }).click()
  await expect(page.getByText('bob@example.org', { exact: true })).toBeVisible()
  for (const fix of ['Repair', 'Correct the domains', 'Repair the letters', 'Write as names']) {
    await page.getByRole('button', { name: fix, exact: true }).click()
  }
  await expect(page.getByRole('button', { name: 'Take back' })).toHaveCount(4)
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Preview' }).click()
  await expect(page.getByRole('cell', { name: '1980-04-03' })).toBeVisible()
  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await expect(page.getByRole('link', { name: 'Show contacts' })).toBeVisible()
  await expect(figure(page, 'New contacts')).toHaveText('2')
  const { rows: found } = await tidings.client.contacts.page({})
  const ann = found.find(row => row.email === 'ann@gmail.com')
  const { contact } = await tidings.client.contacts.get({ id: ann?.id ?? '' })
  expect(contact).toMatchObject({ lastName: 'McDonald', email: 'ann@gmail.com', city: 'Köln', birthday: '1980-04-03' })
})

test('pasted contacts change known ones as each field is told, and the import is undone', async ({ page, tidings }) => {
  const { id } = await tidings.client.contacts.create({ email: 'ann@example.org', city: 'Bonn', firstName: 'Ann' })
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+i')
  await page.getByRole('button', { name: 'Paste' }).click()
  await page
    .getByRole('textbox', { name: 'Paste contacts' })
    .fill('Email\tFirst name\tCity\nann@example.org\tAnna\tKöln\nnew@example.org\tNew\tTrier')
  await page.getByRole('button', { name: 'Show what is in it' }).click()
  await page.getByRole('tab', { name: /^Changes/ }).click()
  await expect(page.getByText('No contact will change')).toBeVisible()
  await page.getByRole('combobox', { name: 'What is done with City of known contacts' }).click()
  await page.getByRole('option', { name: 'Replace with the file' }).click()
  await expect(page.getByText('1 contact will change')).toBeVisible()
  await expect(page.getByText('Köln', { exact: true })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Import 2 rows' }).click()
  await expect(page.getByRole('link', { name: 'Show contacts' })).toBeVisible()
  await expect(figure(page, 'Known, changed')).toHaveText('1')
  expect((await tidings.client.contacts.get({ id })).contact).toMatchObject({ city: 'Köln', firstName: 'Ann' })

  await page.getByRole('button', { name: 'Undo the import' }).click()
  const dialog = page.getByRole('dialog', { name: 'Undo this import?' })
  await expect(dialog.getByText('Nobody was changed since.')).toBeVisible()
  await expectAccessible(page)
  await dialog.getByRole('button', { name: 'Undo the import' }).click()
  await expect(page.getByText('Undone: 2 contacts are as before.')).toBeVisible()
  expect((await tidings.client.contacts.get({ id })).contact.city).toBe('Bonn')
  expect((await tidings.client.contacts.facets({})).total).toBe(1)
})

async function openFile(page: Page, path: string): Promise<void> {
  await page.getByRole('link', { name: 'Import contacts' }).click()
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  await (await chooser).setFiles(path)
  await expect(page.getByRole('heading', { level: 1, name: /^Import / })).toBeVisible()
}

function becomes(page: Page, column: string) {
  return page.getByRole('combobox', { name: `What column ${column} becomes` })
}

async function choose(page: Page, column: string, target: string): Promise<void> {
  await becomes(page, column).click()
  await page.getByRole('option', { name: target, exact: true }).click()
}

function figure(page: Page, name: string) {
  return page
    .getByRole('row', { name: new RegExp(`^${name} `) })
    .getByRole('cell')
    .nth(1)
}

async function tabTo(page: Page, name: string): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    const focused = await page.evaluate(() => {
      const at = document.activeElement
      if (!(at instanceof HTMLElement)) return ''
      const labels = at instanceof HTMLInputElement ? [...(at.labels ?? [])].map(label => label.textContent) : []
      return [at.getAttribute('aria-label') ?? '', ...labels, at.textContent ?? ''].join(' ')
    })
    if (focused.includes(name)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never reached ${name}`)
}
