import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { openStorage } from '../../../src/main/storage/database.ts'
import { takeOwnership } from '../../../src/main/storage/owner-lock.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { TestClock } from '../../support/test-clock.ts'

const clock = new TestClock('2026-03-01T12:00Z')

/** Another process that takes the lock and keeps it. */
async function otherOwner(folder: string): Promise<ChildProcess> {
  const program = `
    const sqlite3 = require(${JSON.stringify(join(import.meta.dirname, '../../../node_modules/sqlite3'))})
    const db = new sqlite3.Database(process.argv[1], () =>
      db.exec('pragma journal_mode = delete; begin exclusive', () => process.stdout.write('taken')))
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['-e', program, join(folder, 'owner.lock')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  await once(child.stdout, 'data')
  return child
}

test('a second owner is refused and told what to do', async () => {
  const folder = await temporaryFolder()
  const first = await openStorage(folder, clock)
  await expect(openStorage(folder, clock)).rejects.toMatchObject({
    code: 'conflict',
    details: { reason: 'workspace_in_use', folder },
    message: expect.stringContaining('already open in another copy of Tidings'),
  })
  await first.close()
  await (await openStorage(folder, clock)).close()
})

test('another process keeps us out while it lives, and not a moment longer after SIGKILL', async () => {
  const folder = await temporaryFolder()
  const child = await otherOwner(folder)
  await expect(takeOwnership(folder)).rejects.toMatchObject({ details: { reason: 'workspace_in_use' } })
  const over = once(child, 'exit')
  child.kill('SIGKILL')
  await over
  await (await takeOwnership(folder)).release()
})

test.skipIf(process.platform === 'win32')('nobody else on the machine can read the workspace', async () => {
  const folder = join(await temporaryFolder(), 'workspace')
  const storage = await openStorage(folder, clock)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, 'tidings.db'))).mode & 0o777).toBe(0o600)
  await storage.close()
})

test('a folder that cannot be opened gives the lock back', async () => {
  const folder = await temporaryFolder()
  const broken = [{ name: '0001-broken', up: () => Promise.reject(new Error('broken')) }]
  await expect(openStorage(folder, clock, broken)).rejects.toThrow('broken')
  await (await takeOwnership(folder)).release()
})
