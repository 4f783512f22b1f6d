import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { expect, test } from './desktop-test.ts'
import { electronBinary, launchArguments } from './launch.ts'

const preload = join(import.meta.dirname, '..', '..', '..', 'out', 'preload', 'index.cjs')

test('the page has no Node, and of the preload exactly two functions (Z1, Z2)', async ({ desktop }) => {
  const seen = await desktop.page.evaluate(() => ({
    node: ['require', 'process', 'Buffer', 'module', 'global'].filter(name => name in window),
    bridge: Object.keys(Reflect.get(window, 'tidings')),
    isFrozen: Object.isFrozen(Reflect.get(window, 'tidings')),
  }))
  expect(seen).toEqual({ node: [], bridge: ['connect', 'onMenuCommand'], isFrozen: true })
  const preferences = await desktop.app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents
    return contents && 'getLastWebPreferences' in contents && typeof contents.getLastWebPreferences === 'function'
      ? contents.getLastWebPreferences()
      : null
  })
  expect(preferences).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    webSecurity: true,
    webviewTag: false,
  })
})

test('another window, or our window on another page, gets no port (Z3)', async ({ desktop }) => {
  const ask = '<script>tidings.connect()</script>'
  await desktop.app.evaluate(
    async ({ BrowserWindow }, given) => {
      const options = { show: false, webPreferences: { preload: given.preload, sandbox: true, contextIsolation: true } }
      const other = new BrowserWindow(options)
      await other.loadURL('app://bundle/')
      const foreign = new BrowserWindow(options)
      await foreign.loadURL(`data:text/html,${encodeURIComponent(given.ask)}`)
      const ours = BrowserWindow.getAllWindows().find(window => window !== other && window !== foreign)
      await ours?.loadURL(`data:text/html,${encodeURIComponent(given.ask)}`)
      const blank = new BrowserWindow(options)
      await blank.loadURL('about:blank')
      await blank.webContents.executeJavaScript('tidings.connect()')
    },
    { preload, ask },
  )
  await expect
    .poll(async () => (await desktop.log()).filter(({ event }) => event === 'ipc.refused').map(({ why }) => why))
    .toEqual(['other_window', 'other_window', 'other_origin', 'other_window'])
})

test('the preload is not in frames, and our page cannot be framed (Z3)', async ({ desktop }) => {
  const inFrame = await desktop.page.evaluate(async () => {
    const seen: unknown[] = []
    for (const source of ['app://bundle/', 'about:blank']) {
      const frame = document.createElement('iframe')
      frame.src = source
      document.body.append(frame)
      // A frame that is refused may never load.
      await new Promise(resolve => {
        frame.addEventListener('load', resolve)
        setTimeout(resolve, 500)
      })
      try {
        seen.push(frame.contentWindow && 'tidings' in frame.contentWindow)
      } catch {
        seen.push('another origin')
      }
      frame.remove()
    }
    return seen
  })
  expect(inFrame).toEqual(['another origin', false])
})

test('only files of the bundle are served, with the policy on them (Z5, Z6)', async ({ desktop }) => {
  const answers = await desktop.page.evaluate(async () => {
    const statusOf = (address: string): Promise<number> =>
      fetch(address).then(
        response => response.status,
        () => 0,
      )
    const home = await fetch('app://bundle/')
    return {
      policy: home.headers.get('content-security-policy'),
      sniff: home.headers.get('x-content-type-options'),
      outside: await Promise.all(
        [
          '/../package.json',
          '/%2e%2e/package.json',
          '/%2e%2e%2fpackage.json',
          '/..%5cpackage.json',
          '/etc/passwd.json',
          '/assets/index.js.map',
          '/rpc/workspace/overview.json',
        ].map(path => statusOf(`app://bundle${path}`)),
      ),
      elsewhere: await Promise.all(['app://preview/', 'file:///etc/hostname', 'http://127.0.0.1:9/'].map(statusOf)),
    }
  })
  expect(answers.policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'")
  expect(answers.policy).toContain("frame-ancestors 'none'")
  expect(answers.sniff).toBe('nosniff')
  expect(new Set(answers.outside)).toEqual(new Set([404]))
  expect(answers.elsewhere).toEqual([0, 0, 0])
})

test('the policy holds: no inline script, no eval, no foreign picture (Z6)', async ({ desktop }) => {
  const broken = await desktop.page.evaluate(async () => {
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', event => violated.push(event.effectiveDirective))
    const script = document.createElement('script')
    script.textContent = 'window.ran = true'
    document.body.append(script)
    const picture = document.createElement('img')
    picture.src = 'https://example.com/pixel.gif'
    document.body.append(picture)
    const form = document.createElement('form')
    form.action = 'https://example.com/'
    document.body.append(form)
    form.submit()
    // In a timer: what the test itself evaluates is let through.
    const evaluated = await new Promise(resolve => {
      setTimeout(() => {
        try {
          resolve(Boolean(setTimeout.constructor('return true')()))
        } catch {
          resolve(false)
        }
      })
    })
    await new Promise(resolve => setTimeout(resolve, 200))
    return { violated: [...new Set(violated)].sort(), ran: 'ran' in window, evaluated }
  })
  expect(broken.ran).toBe(false)
  expect(broken.evaluated).toBe(false)
  expect(broken.violated).toEqual(expect.arrayContaining(['form-action', 'img-src', 'script-src-elem']))
})

test('nothing leads away from the page, and no window is opened (Z8)', async ({ desktop }) => {
  const { page, app } = desktop
  const opened = await page.evaluate(() => window.open('https://example.com/') === null)
  expect(opened).toBe(true)
  for (const address of ['https://example.com/', 'file:///etc/hostname', 'app://preview/']) {
    await page.evaluate(target => {
      window.location.href = target
    }, address)
    await page.waitForTimeout(100)
  }
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = 'https://example.com/'
    document.body.append(frame)
  })
  await page.waitForTimeout(200)
  expect(page.url()).toMatch(/^app:\/\/bundle\//)
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
  const refused = (await desktop.log()).filter(({ event }) => event === 'navigation.refused').map(({ why }) => why)
  expect(refused).toEqual(expect.arrayContaining(['window', 'navigate']))
})

test('permissions and devices are refused, but for notifications (Z10)', async ({ desktop }) => {
  const granted = await desktop.page.evaluate(async () => ({
    notifications: await Notification.requestPermission(),
    camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
      () => 'granted',
      () => 'refused',
    ),
    place: await new Promise(resolve => {
      navigator.geolocation.getCurrentPosition(
        () => resolve('granted'),
        () => resolve('refused'),
      )
    }),
    midi: await navigator.requestMIDIAccess({ sysex: true }).then(
      () => 'granted',
      () => 'refused',
    ),
  }))
  expect(granted).toEqual({ notifications: 'granted', camera: 'refused', place: 'refused', midi: 'refused' })
})

test('a second start brings the window to the front and ends; another profile is told who has the workspace (Z13)', async ({
  desktop,
  folders,
}) => {
  expect(desktop.page.url()).toMatch(/^app:/)
  expect((await start(folders)).code).toBe(0)
  const elsewhere = await start({ ...folders, profile: `${folders.profile}-other` })
  expect(elsewhere.code).toBe(1)
  expect(elsewhere.said).toContain('is already open in another copy of Tidings')
  expect(await desktop.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})

async function start(folders: Parameters<typeof launchArguments>[0]): Promise<{ code: unknown; said: string }> {
  const child = spawn(electronBinary(), launchArguments(folders), { stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.on('data', (text: Buffer) => {
    said += text.toString()
  })
  const [code] = await once(child, 'close')
  return { code, said }
}
