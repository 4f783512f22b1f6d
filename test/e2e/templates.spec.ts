import { expect, test } from './fixtures/browser-test.ts'
import { makeTemplate, openShop } from './support/a-shop.ts'
import { expectAccessible } from './support/axe.ts'
import { goTo } from './support/go-to.ts'

test('the library and the editor are accessible in light and dark', async ({ page, tidings }) => {
  await openShop(tidings.client, 2)
  const template = await makeTemplate(tidings.client, 'Bakery news')
  await goTo(page, '/templates')
  await expect(page.getByRole('link', { name: 'Bakery news' })).toBeVisible()
  await expectAccessible(page, 'library')
  await goTo(page, `/templates/${template.id}`)
  await expect(page.locator('iframe')).toBeVisible()
  await expectAccessible(page, 'editor')
})

test('a mistake is named by line and column while typing, and a click goes there', async ({ page, tidings }) => {
  await openShop(tidings.client, 1)
  const template = await makeTemplate(tidings.client, 'Broken')
  await goTo(page, `/templates/${template.id}`)
  const editor = page.getByRole('textbox', { name: 'HTML' })
  await editor.click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText('<p>One</p>\n<p>{{#if first_name}}Two</p>')
  const problem = page.getByRole('region', { name: 'Problems' }).getByRole('button').first()
  await expect(problem).toContainText('HTML 2:')
  await problem.click()
  await expect(editor).toBeFocused()
})

test('a change is not lost by leaving: the page asks, and can save', async ({ page, tidings }) => {
  await openShop(tidings.client, 1)
  const template = await makeTemplate(tidings.client, 'Kept')
  await goTo(page, `/templates/${template.id}`)
  await page.getByRole('textbox', { name: 'Subject' }).fill('A new subject')
  await page.getByRole('link', { name: 'Campaigns' }).click()
  await expect(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await page.getByRole('button', { name: 'Save and leave' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Campaigns' })).toBeVisible()
  const saved = await tidings.client.templates.get({ id: template.id })
  expect(saved.content).toMatchObject({ subject: 'A new subject' })
})

test.describe('when somebody else saved', () => {
  test.use({ expectedFaults: [/409 \(Conflict\)/] })

  test('a version saved elsewhere is not overwritten unasked', async ({ page, tidings }) => {
    await openShop(tidings.client, 1)
    const template = await makeTemplate(tidings.client, 'Shared')
    await goTo(page, `/templates/${template.id}`)
    await page.getByRole('textbox', { name: 'Subject' }).fill('Mine')
    await tidings.client.templates.save({ ...template, name: 'Shared', category: 'Theirs' })
    await page.keyboard.press('ControlOrMeta+s')
    await expect(page.getByText('Somebody saved this template in between')).toBeVisible()
    await page.getByRole('button', { name: 'Save mine over it' }).click()
    await expect(page.getByText('Version 3, saved')).toBeVisible()
  })
})

test.describe('when a message is hostile', () => {
  // The parser reports what the policy would have stopped, had the sanitiser left it in.
  test.use({ expectedFaults: [/Executing inline event handler violates/] })

  test('a hostile message runs nothing, loads nothing and goes nowhere', async ({ page, tidings }) => {
    await openShop(tidings.client, 1)
    const asked: string[] = []
    page.on('request', request => {
      if (request.url().includes('evil.example')) asked.push(request.url())
    })
    const template = await tidings.client.templates.create({
      name: 'Hostile',
      content: {
        channel: 'email',
        subject: 'Hostile',
        preheader: '',
        html: `<html><head><meta http-equiv="refresh" content="0;url=https://evil.example/refresh">
          <link rel="stylesheet" href="https://evil.example/style.css"></head><body>
          <p id="shown">Still readable</p>
          <script>top.hacked = 1; fetch('https://evil.example/script')</script>
          <img src="https://evil.example/pixel.gif" onerror="top.hacked = 2" width="80" height="20">
          <img src="data:image/gif;base64,broken" onerror="top.hacked = 3">
          <div style="background:url(https://evil.example/background.png)">styled</div>
          <form action="https://evil.example/form"><input name="a"><button>Send</button></form>
          <iframe src="https://evil.example/frame"></iframe>
          <a href="https://evil.example/link">a link</a></body></html>`,
        text: '',
      },
    })
    await goTo(page, `/templates/${template.id}`)
    const frame = page.frameLocator('iframe')
    await expect(frame.getByText('Still readable')).toBeVisible()
    await expect(page.locator('iframe')).toHaveAttribute('sandbox', '')
    await frame.getByText('a link').click()
    await expect(frame.getByText('Still readable')).toBeVisible()
    const source = (await page.locator('iframe').getAttribute('srcdoc')) ?? ''
    expect(source).toContain("default-src 'none'")
    for (const banned of ['<script', 'onerror', 'refresh', '<form', '<input', '<iframe', '<link', 'href=']) {
      expect(source.toLowerCase()).not.toContain(banned)
    }
    expect(await page.evaluate(() => 'hacked' in window)).toBe(false)
    expect(asked).toEqual([])
  })
})
