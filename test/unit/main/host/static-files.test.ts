import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { staticFiles } from '../../../../src/main/host/http/static-files.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'

let serve: (pathname: string) => Promise<Response>

beforeEach(async () => {
  const folder = await temporaryFolder()
  const root = join(folder, 'renderer')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(folder, 'secret.json'), '{}')
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Tidings</title>')
  await writeFile(join(root, 'assets', 'index-1a2b.js'), 'export {}')
  await writeFile(join(root, 'assets', 'index-1a2b.js.map'), '{}')
  await writeFile(join(root, '.env.json'), '{}')
  await symlink(join(folder, 'secret.json'), join(root, 'link.json'))
  serve = staticFiles(root)
})

test('files come with their type; what carries a hash may be kept', async () => {
  const script = await serve('/assets/index-1a2b.js')
  expect(script.status).toBe(200)
  expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8')
  expect(script.headers.get('cache-control')).toContain('immutable')
})

test.each(['/', '/index.html', '/campaigns/123', '/contacts'])('%s is a place in the page', async path => {
  const page = await serve(path)
  expect(await page.text()).toContain('<title>Tidings')
  expect(page.headers.get('cache-control')).toBe('no-cache')
})

test.each([
  '/../secret.json',
  '/assets/../../secret.json',
  '/%2e%2e/secret.json',
  '/%2e%2e%2fsecret.json',
  '/..%5csecret.json',
  '/%252e%252e/secret.json',
  '/link.json',
  '/.env.json',
  '/assets/index-1a2b.js.map',
  '/etc/passwd.json',
  '//etc/passwd.json',
  '/C:/secret.json',
  '/secret.json%00.html',
  '/%E0%A4%A.json',
  '/nothing.js',
  '/assets/script.exe',
])('%s is not served', async path => {
  expect((await serve(path)).status).toBe(404)
})
