import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestApp } from '../../support/create-test-app.ts'
import { expect, test } from './desktop-test.ts'
import { type Folders, handOver } from './launch.ts'
import { countMessages, countRows, launchedCampaign } from './launched-campaign.ts'

test('the window opens with the native menu, asks the application over IPC, and shows what it answers', async ({
  desktop,
}) => {
  const { page, app } = desktop
  expect(await page.title()).toContain('Tidings')
  const labels = await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(item => item.label))
  expect(labels).toEqual(expect.arrayContaining(['&File', 'Edit', '&View', '&Campaign', 'Window', 'Help']))
  // The empty workspace and the acting member come from the application.
  await expect(page.getByRole('button', { name: 'Acting as You' })).toBeVisible()
  await app.evaluate(({ Menu, BrowserWindow }) => {
    const view = Menu.getApplicationMenu()?.items.find(item => item.label === '&View')
    const window = BrowserWindow.getAllWindows()[0]
    view?.submenu?.items.find(item => item.label === '&Contacts')?.click(undefined, window, window?.webContents)
  })
  await expect(page).toHaveURL('app://bundle/#/contacts')
})

test('a file is imported through the window', async ({ desktop, folders }) => {
  const { page } = desktop
  const file = join(folders.profile, '..', 'people.csv')
  const rows = Array.from({ length: 300 }, (_, n) => `Person ${n},Test,person${n}@example.com`)
  await writeFile(file, `First name,Last name,E-mail\n${rows.join('\n')}\n`)
  await page
    .getByRole('link', { name: /^contacts$/i })
    .first()
    .click()
  await page
    .getByRole('link', { name: /import/i })
    .first()
    .click()
  await page.locator('input[type=file]').first().setInputFiles(file)
  await page.getByRole('button', { name: 'Import 300 rows' }).click()
  await expect.poll(() => countRows(folders.workspace, 'contacts')).toBe(300)
  await page
    .getByRole('link', { name: /^contacts$/i })
    .first()
    .click()
  await expect(page.getByText(/person\d+@example\.com/).first()).toBeVisible()
})

test('a campaign is sent through the practice account while the window is reloaded', async ({ folders, open }) => {
  const id = await prepared(folders, 400, 100)
  const { app, page } = await open()
  await page.evaluate(campaign => {
    window.location.hash = `#/campaigns/${campaign}`
  }, id)
  for (let reload = 0; reload < 3; reload++) {
    await page.reload()
    await expect(page.getByText('To everybody').first()).toBeVisible()
  }
  expect(page.url()).toBe(`app://bundle/#/campaigns/${id}`)
  await expect.poll(() => countMessages(folders.workspace, 'accepted'), { timeout: 60_000 }).toBe(400)
  await app.close()
  await using test = await createTestApp({ folder: folders.workspace, start: false })
  expect(await test.client.practice.mailbox({})).toMatchObject({ total: 400 })
  expect(await test.client.workspace.verifyLedger({})).toMatchObject({ ok: true })
})

test('it quits in the middle of sending: nothing is in doubt, and the rest goes out at the next start', async ({
  folders,
  open,
}) => {
  const id = await prepared(folders, 1500, 150)
  const first = await open()
  await expect.poll(() => countMessages(folders.workspace, 'accepted')).toBeGreaterThan(100)
  // That it ends at all, and not when everything is sent, is seen below and by the limit of the test.
  await first.app.close()
  const between = await counts(folders, id)
  expect(between.unknown).toBe(0)
  expect(between.sent).toBeLessThan(1500)
  await handOver(folders.workspace)
  const second = await open()
  await expect.poll(() => countMessages(folders.workspace, 'accepted'), { timeout: 60_000 }).toBe(1500)
  await second.app.close()
  expect(await counts(folders, id)).toEqual({ unknown: 0, sent: 1500 })
})

test('the window opens again where it was', async ({ open }) => {
  const first = await open()
  await first.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.setBounds({ x: 40, y: 30, width: 1000, height: 700 }),
  )
  await first.app.close()
  const second = await open()
  const bounds = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBounds())
  expect(bounds).toMatchObject({ width: 1000, height: 700 })
  await second.app.close()
})

test('SQLite has sixteen threads in the desktop application', async ({ desktop }) => {
  expect(await desktop.app.evaluate(() => process.env.UV_THREADPOOL_SIZE)).toBe('16')
})

async function prepared(folders: Folders, recipients: number, ratePerSecond: number): Promise<string> {
  const id = await launchedCampaign(folders.workspace, recipients, ratePerSecond)
  await handOver(folders.workspace)
  return id
}

async function counts(folders: Folders, campaignId: string): Promise<{ unknown: number; sent: number }> {
  await using test = await createTestApp({ folder: folders.workspace, start: false })
  expect(await test.client.workspace.verifyLedger({})).toMatchObject({ ok: true })
  const { counts: found } = await test.client.sending.progress({ campaignId })
  return { unknown: found.unknown, sent: found.sent }
}
