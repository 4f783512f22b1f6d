import { readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { defaultWorkspace } from '../../../../src/main/host/default-folder.ts'
import { readEndpoint, removeEndpoint, writeEndpoint } from '../../../../src/main/host/endpoint.ts'
import { fileLog } from '../../../../src/main/host/file-log.ts'
import { keyFileSecrets } from '../../../../src/main/host/node-secrets.ts'
import { createRateLimit } from '../../../../src/main/host/rate-limit.ts'
import { systemRandom } from '../../../../src/main/kernel/random.ts'
import { temporaryFolder } from '../../../support/temporary-folder.ts'
import { TestClock } from '../../../support/test-clock.ts'

const isWindows = process.platform === 'win32'

test('a password comes back as it was, and is nowhere on disk in clear', async () => {
  const folder = await temporaryFolder()
  const secrets = keyFileSecrets(folder, systemRandom())
  const ciphertext = await secrets.encrypt('correct horse — 電池')
  expect(Buffer.from(ciphertext).toString('latin1')).not.toContain('horse')
  expect(await keyFileSecrets(folder, systemRandom()).decrypt(ciphertext, 'key_file')).toBe('correct horse — 電池')
  expect(await secrets.encrypt('x')).not.toEqual(await secrets.encrypt('x'))
  if (!isWindows) expect((await stat(join(folder, 'secrets.key'))).mode & 0o777).toBe(0o600)
})

test('two that make the key at once end with the same one', async () => {
  const folder = await temporaryFolder()
  const [one, two] = [keyFileSecrets(folder, systemRandom()), keyFileSecrets(folder, systemRandom())]
  const [a, b] = await Promise.all([one.encrypt('a'), two.encrypt('b')])
  expect([await two.decrypt(a, 'key_file'), await one.decrypt(b, 'key_file')]).toEqual(['a', 'b'])
  expect(await readdir(folder)).toEqual(['secrets.key'])
})

test('a password that was changed, or encrypted elsewhere, is not read, and the person learns what to do', async () => {
  const folder = await temporaryFolder()
  const ciphertext = await keyFileSecrets(folder, systemRandom()).encrypt('secret')
  const changed = Uint8Array.from(ciphertext, (byte, at) => (at === ciphertext.length - 1 ? byte ^ 1 : byte))
  const again = { code: 'unavailable', message: expect.stringContaining('Enter it again under Accounts') }
  await expect(keyFileSecrets(folder, systemRandom()).decrypt(changed, 'key_file')).rejects.toMatchObject(again)
  await expect(keyFileSecrets(folder, systemRandom()).decrypt(ciphertext, 'system')).rejects.toMatchObject(again)
  await rm(join(folder, 'secrets.key'))
  await expect(keyFileSecrets(folder, systemRandom()).decrypt(ciphertext, 'key_file')).rejects.toMatchObject(again)
})

test('the log is kept in five files of five megabytes', async () => {
  const folder = await temporaryFolder()
  const log = fileLog(folder, new TestClock('2026-03-01T12:00Z'))
  const texts = Object.fromEntries(Array.from({ length: 64 }, (_, n) => [`text${n}`, 'x '.repeat(8000)]))
  for (let n = 0; n < 64; n++) log.info('line', { n, ...texts })
  const files = (await readdir(join(folder, 'logs'))).sort()
  expect(files).toEqual(['tidings.log', ...[1, 2, 3, 4].map(n => `tidings.log.${n}`)])
  for (const file of files) expect((await stat(join(folder, 'logs', file))).size).toBeLessThanOrEqual(5 * 2 ** 20)
  const last = (await readFile(join(folder, 'logs', 'tidings.log'), 'utf8')).trim().split('\n').at(-1) ?? ''
  expect(JSON.parse(last)).toMatchObject({ event: 'line', n: 63 })
})

test('where the running copy answers is read back, and only by the owner of the folder', async () => {
  const folder = await temporaryFolder()
  expect(await readEndpoint(folder)).toBeNull()
  const endpoint = { address: 'http://127.0.0.1:4711', token: 't'.repeat(43), pid: 1, host: 'worker' as const }
  await writeEndpoint(folder, endpoint)
  expect(await readEndpoint(folder)).toEqual(endpoint)
  if (!isWindows) expect((await stat(join(folder, 'endpoint.json'))).mode & 0o777).toBe(0o600)
  await removeEndpoint(folder)
  expect(await readEndpoint(folder)).toBeNull()
})

test.each(['http://example.com:80', 'http://127.0.0.1:1/x', 'https://127.0.0.1:1'])(
  'an endpoint that leads elsewhere is not believed: %s',
  async address => {
    const folder = await temporaryFolder()
    const endpoint = { address, token: 't'.repeat(43), pid: 1, host: 'worker' }
    await writeFile(join(folder, 'endpoint.json'), JSON.stringify(endpoint))
    expect(await readEndpoint(folder)).toBeNull()
  },
)

test.each([
  ['linux', { XDG_CONFIG_HOME: '/cfg' }, '/cfg/Tidings/workspace'],
  ['linux', {}, '/home/olga/.config/Tidings/workspace'],
  ['darwin', {}, '/home/olga/Library/Application Support/Tidings/workspace'],
] as const)('on %s the workspace lies where the desktop application keeps it', (platform, environment, folder) => {
  expect(defaultWorkspace(platform, environment, '/home/olga').replaceAll('\\', '/')).toBe(folder)
})

test('a rate limit lets a burst through, then so many a second, and forgives a clock that was set back', () => {
  const clock = new TestClock(10_000)
  const may = createRateLimit(clock, 10, 5)
  const count = (): number => Array.from({ length: 20 }, may).filter(Boolean).length
  expect(count()).toBe(5)
  clock.jump(10_300)
  expect(count()).toBe(3)
  clock.jump(0)
  expect(count()).toBe(0)
  clock.jump(100)
  expect(count()).toBe(1)
})
