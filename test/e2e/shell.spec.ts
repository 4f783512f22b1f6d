import { expect, test } from './fixtures/browser-test.ts'
import { expectAccessible } from './support/axe.ts'

test('the palette opens with Mod+K, finds a place and goes there, and the heading takes the focus', async ({
  page,
}) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+k')
  await page.getByPlaceholder('Search contacts, campaigns, templates, or type an action').fill('lists')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Lists' })).toBeFocused()
  await expect(page).toHaveTitle('Lists – Tidings')
})

test('the cheat sheet opens with ? and gives the focus back when it closes', async ({ page }) => {
  // The page must be there first: its heading takes the focus when it arrives.
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.getByRole('link', { name: 'Lists' }).focus()
  await page.keyboard.press('Shift+?')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Lists' })).toBeFocused()
})

test('the first key press reaches a link that skips to the page', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  const skip = page.getByRole('button', { name: 'Skip to the page' })
  await skip.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
})

test('another member can be acted as, and the look is remembered', async ({ page }) => {
  await page.getByRole('button', { name: /^Acting as/ }).click()
  await page.getByRole('menuitem', { name: /Approver/ }).click()
  await expect(page.getByRole('button', { name: /^Acting as .*, Approver$/ })).toBeVisible()
  await page.getByRole('button', { name: /^Acting as/ }).click()
  await page.getByRole('radiogroup', { name: 'Appearance' }).getByText('Dark').click()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark')
})

test('the pages around the main job have no faults that axe can find', async ({ page, tidings }) => {
  await tidings.client.workspace.loadSample({})
  const pages: readonly (readonly [string, string])[] = [
    ['/', 'Home'],
    ['/lists', 'Lists'],
    ['/suppressions', 'Suppressions'],
    ['/activity', 'Activity'],
  ]
  for (const [path, heading] of pages) {
    await page.evaluate(to => {
      window.location.hash = to
    }, path)
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible()
    await expectAccessible(page)
  }
})
