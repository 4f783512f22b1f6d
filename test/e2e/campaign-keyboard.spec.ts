import type { Page } from '@playwright/test'
import { expect, test } from './fixtures/browser-test.ts'
import { makeTemplate, openShop } from './support/a-shop.ts'

// No pointer in this file: every step is a key, as for a person who cannot use a mouse.

test('the main job with the keyboard alone', async ({ page, tidings }) => {
  const { client } = tidings
  await openShop(client, 5)
  await makeTemplate(client, 'Bakery news')

  await page.keyboard.press('ControlOrMeta+k')
  const palette = page.getByPlaceholder(/type an action/)
  await expect(palette).toBeFocused()
  await page.keyboard.type('New camp', { delay: 60 })
  await expect(palette).toHaveValue('New camp')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'New campaign' })).toBeVisible()
  await page.keyboard.type('By keyboard')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'By keyboard' })).toBeVisible()

  await press(page, 'button', 'Next: Audience')
  await tabTo(page, 'combobox', 'Lists')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await expect(page.getByTestId('reach')).toHaveText('5')

  await press(page, 'button', 'Next: Message')
  await tabTo(page, 'combobox', 'Begin with')
  await page.keyboard.type('Bakery')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await tabTo(page, 'textbox', 'Subject')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Typed by hand')
  await expect(page.getByText('Typed by hand', { exact: true })).toBeVisible()

  await press(page, 'button', /6 Review and send/)
  await press(page, 'button', 'Request approval')
  await expect(page.getByText('You asked for approval')).toBeVisible()
  await actAs(page, 'Ada Approver')
  await press(page, 'button', 'Approve')
  await expect(page.getByText(/Approved by Ada Approver/)).toBeVisible()
  await actAs(page, 'You')
  await press(page, 'button', 'Send to 5 contacts')
  await expect(page.getByRole('dialog', { name: 'Send to 5 contacts' })).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  await press(page, 'button', 'Send now')

  await expect(page.getByTestId('count-sent')).toHaveText('5')
  await press(page, 'tab', 'Overview')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Recipients' })).toBeFocused()
  await expect(page.getByText('person4@example.org')).toBeVisible()
})

/** Presses Tab until a thing has the focus; fails when it cannot be reached. */
async function tabTo(
  page: Page,
  role: 'button' | 'combobox' | 'textbox' | 'tab' | 'menuitem',
  name: string | RegExp,
): Promise<void> {
  const wanted = page.getByRole(role, { name, exact: true })
  await expect(wanted).toBeVisible()
  for (let presses = 0; presses < 90; presses++) {
    if (await wanted.evaluate(element => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab does not reach the ${role} ${String(name)}`)
}

async function press(page: Page, role: 'button' | 'tab', name: string | RegExp): Promise<void> {
  await tabTo(page, role, name)
  await page.keyboard.press('Enter')
}

async function actAs(page: Page, name: string): Promise<void> {
  const member = page.getByRole('button', { name: /^Acting as/ })
  for (let presses = 0; presses < 90; presses++) {
    if (await member.evaluate(element => element === document.activeElement)) break
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: new RegExp(`^${name}`) })
  await expect(item).toBeVisible()
  for (let presses = 0; presses < 12; presses++) {
    if (await item.evaluate(element => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: new RegExp(`^Acting as ${name}`) })).toBeVisible()
}
