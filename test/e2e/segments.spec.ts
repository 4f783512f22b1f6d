import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser-test.ts'
import type { Served } from './fixtures/serve.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('a nested rule is built by pointer, saved, and used in a campaign with the same number', async ({
  page,
  tidings,
}) => {
  await addPeople(tidings.client)
  await page.getByRole('link', { name: 'Segments', exact: true }).click()
  await expect(page.getByRole('heading', { level: 2, name: 'No segments yet' })).toBeVisible()
  await expectAccessible(page)
  await page.getByRole('link', { name: 'New segment' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'New segment' })).toBeVisible()

  await addCondition(page, 'all of', 'Country')
  await page.getByRole('combobox', { name: 'Country: value' }).fill('IT')
  await expect(page.getByTestId('live-count')).toHaveText('6')
  await page.getByRole('button', { name: 'Add a group to “all of”' }).click()
  await addCondition(page, 'any of', 'City')
  await page.getByRole('combobox', { name: 'City: value' }).fill('Rome')
  await addCondition(page, 'any of', 'Company')
  await page.getByRole('combobox', { name: 'Company: value' }).fill('Forno')
  await expect(page.getByTestId('live-count')).toHaveText('4')
  await expect(page.getByTestId('sentence')).toHaveText(
    'Everyone where Country is IT and (City is Rome or Company is Forno).',
  )
  await expect(page.getByText('6 without')).toHaveCount(1)
  await expect(page.getByRole('list', { name: 'Sample' }).getByRole('listitem')).toHaveCount(4)
  await page.keyboard.press('Escape')
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Save segment…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Save as a segment' })
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Bakers of Rome')
  await dialog.getByRole('button', { name: 'Save the segment' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Bakers of Rome' })).toBeVisible()
  await page.getByRole('tab', { name: 'People' }).click()
  await expect(page.getByRole('table', { name: 'People' }).getByRole('row')).toHaveCount(5)
  await expectAccessible(page)
  await page.getByRole('tab', { name: 'Settings' }).click()
  await expect(page.getByText('No campaign and no other segment uses it.')).toBeVisible()

  const campaign = await tidings.client.campaigns.create({ name: 'To bakers', channel: 'email' })
  await goTo(page, `/campaigns/${campaign.id}/edit`)
  await page.getByRole('button', { name: 'Next: Audience' }).click()
  await page.getByRole('combobox', { name: 'Segments', exact: true }).click()
  await page.getByRole('option', { name: /Bakers of Rome/ }).click()
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('reach')).toHaveText('4')
  await expect(page.getByTestId('reach-bars')).toHaveText('4')
  await expectAccessible(page)
})

test('a rule is built, moved and undone with the keyboard alone', async ({ page, tidings }) => {
  await addPeople(tidings.client)
  await goTo(page, '/segments/new')
  await expect(page.getByRole('heading', { level: 1, name: 'New segment' })).toBeFocused()
  await tabTo(page, 'button', 'Add a condition to “all of”')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Find a field, such as City' })).toBeFocused()
  await page.keyboard.type('city')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'City: value' })).toBeFocused()
  await page.keyboard.type('Oslo')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('live-count')).toHaveText('2')

  await tabTo(page, 'button', 'Add a group to “all of”')
  await page.keyboard.press('Enter')
  await tabTo(page, 'button', 'Add a condition to “any of”')
  await page.keyboard.press('Enter')
  await page.keyboard.type('country')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Country: value' })).toBeFocused()
  await page.keyboard.type('IT')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('live-count')).toHaveText('0')

  // The condition about the city walks down into the group, and comes back when it is undone.
  await handle(page, 'City is Oslo').focus()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where (City is Oslo or Country is IT).')
  await expect(page.getByTestId('live-count')).toHaveText('8')
  await expect(handle(page, 'City is Oslo')).toBeFocused()
  await page.keyboard.press('n')
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where (not: City is Oslo or Country is IT).')
  await page.keyboard.press('ControlOrMeta+z')
  await page.keyboard.press('ControlOrMeta+z')
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where City is Oslo and Country is IT.')
  await page.keyboard.press('ControlOrMeta+Shift+z')
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where (City is Oslo or Country is IT).')
  await handle(page, 'Country is IT').focus()
  await page.keyboard.press('Delete')
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where City is Oslo.')
})

test('a condition is dragged into a group, copied and pasted', async ({ page, tidings }) => {
  await addPeople(tidings.client)
  await tidings.client.segments.create({ name: 'Mixed', rule: mixed() })
  await goTo(page, '/segments')
  await page.getByRole('link', { name: 'Mixed' }).click()
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where City is Oslo and Country is IT.')
  await handle(page, 'City is Oslo').dragTo(page.locator('[data-part="p3"]'), { targetPosition: { x: 60, y: 30 } })
  await expect(page.getByTestId('sentence')).toHaveText('Everyone where (Country is IT or City is Oslo).')

  const copied = await page.evaluate(() => {
    const grip = document.querySelector<HTMLElement>('[data-handle="p1"]')
    const clipboardData = new DataTransfer()
    grip?.focus()
    grip?.dispatchEvent(new ClipboardEvent('copy', { clipboardData, bubbles: true, cancelable: true }))
    grip?.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
    return clipboardData.getData('text/plain')
  })
  expect(JSON.parse(copied)).toMatchObject({ kind: 'group', rules: [{ kind: 'text', values: ['Oslo'] }] })
  await expect(page.getByTestId('sentence')).toHaveText(
    'Everyone where (Country is IT or City is Oslo or City is Oslo).',
  )
  await page.keyboard.press('ControlOrMeta+s')
  await expect(page.getByText('The segment was saved')).toBeVisible()
})

test('a contact is told why she is not in it, and what uses a segment keeps it', async ({ page, tidings }) => {
  await addPeople(tidings.client)
  const made = await tidings.client.segments.create({ name: 'Mixed', rule: mixed() })
  const campaign = await tidings.client.campaigns.create({ name: 'Uses it', channel: 'email' })
  await tidings.client.campaigns.saveDraft({
    id: campaign.id,
    name: 'Uses it',
    draft: { ...campaign.draft, audience: { segmentIds: [made.id] } },
  })
  await goTo(page, `/segments/${made.id}`)
  await page.getByRole('tab', { name: 'Is she in it?' }).click()
  await page.getByRole('textbox', { name: 'Check a contact' }).fill('Person0')
  await page.getByRole('option', { name: /Person0/ }).click()
  await expect(page.getByText('Person0 Example is not in it')).toBeVisible()
  await expect(page.getByTestId('why')).toContainText('Found: Rome')
  await expectAccessible(page)

  await goTo(page, '/segments')
  await page.getByRole('button', { name: 'Actions for Mixed' }).click()
  await page.getByRole('menuitem', { name: 'Delete…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Delete the segment “Mixed”?' })
  await expect(dialog.getByRole('link', { name: 'Uses it' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Delete the segment' })).toBeDisabled()
})

test('recipients are pasted, exclusions are chosen, and each step lists its people', async ({ page, tidings }) => {
  await addPeople(tidings.client)
  const campaign = await tidings.client.campaigns.create({ name: 'Pasted', channel: 'email' })
  await goTo(page, `/campaigns/${campaign.id}/edit`)
  await page.getByRole('button', { name: 'Next: Audience' }).click()
  await page.getByRole('button', { name: 'Paste recipients' }).click()
  const dialog = page.getByRole('dialog', { name: 'Paste recipients' })
  await dialog
    .getByRole('textbox', { name: 'Addresses' })
    .fill('person0@example.org, person1@example.org\nnew@example.org')
  await dialog.getByRole('button', { name: 'Find them' }).click()
  await expect(dialog.getByText('2 contacts were found')).toBeVisible()
  await dialog.getByRole('button', { name: 'Add it as a contact' }).click()
  await dialog.getByRole('button', { name: 'Use 3 people' }).click()
  await expect(page.getByTestId('reach')).toHaveText('3')
  await page.getByRole('checkbox', { name: 'Never agreed to this channel' }).check()
  await expect(page.getByTestId('reach')).toHaveText('0')
  await page.getByRole('button', { name: /^Never agreed ?−3/ }).click()
  await expect(page.getByRole('dialog').getByRole('row')).toHaveCount(3)
})

type Client = Served['client']

async function addPeople(client: Client): Promise<void> {
  const places = ['Rome', 'Rome', 'Rome', 'Milan', 'Turin', 'Naples', 'Oslo', 'Oslo']
  for (const [at, city] of places.entries()) {
    await client.contacts.create({
      firstName: `Person${at}`,
      lastName: 'Example',
      email: `person${at}@example.org`,
      city,
      country: city === 'Oslo' ? 'NO' : 'IT',
      company: city === 'Milan' ? 'Forno' : '',
    })
  }
}

function mixed() {
  const text = { kind: 'text' as const, negated: false, operator: 'equals' as const }
  return {
    kind: 'group' as const,
    id: 'root',
    match: 'all' as const,
    negated: false,
    rules: [
      { ...text, id: 'p1', field: 'city', values: ['Oslo'] },
      {
        kind: 'group' as const,
        id: 'p2',
        match: 'any' as const,
        negated: false,
        rules: [{ ...text, id: 'p3', field: 'country', values: ['IT'] }],
      },
    ],
  }
}

async function addCondition(page: Page, group: string, field: string): Promise<void> {
  await page.getByRole('button', { name: `Add a condition to “${group}”` }).click()
  await page.getByRole('textbox', { name: 'Find a field, such as City' }).fill(field)
  await page.getByRole('option').first().click()
}

function handle(page: Page, words: string) {
  return page.getByRole('button', { name: new RegExp(`^(not: )?${words}\\. Enter`) })
}

async function tabTo(page: Page, role: 'button' | 'combobox', name: string): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true })
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach the ${role} ${name}`)
}
