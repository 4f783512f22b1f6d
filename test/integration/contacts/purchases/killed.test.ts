import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createTestApp } from '../../../support/create-test-app.ts'

const FILE = join(import.meta.dirname, '../../../fixtures/cdnow-orders.csv')
const KILLS = 3

/** Runs the child; kills it so many milliseconds after it began the import, or lets it end. Resolves with its last line. */
async function runChild(folder: string, killAfterMs: number | null): Promise<string> {
  const program = fileURLToPath(new URL('./orders-child.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder, FILE], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  const closed = once(child, 'close')
  await new Promise<void>(resolve => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString('utf8')
      if (output.includes('begun')) resolve()
    })
    child.once('close', () => resolve())
  })
  if (killAfterMs !== null) {
    await pause(killAfterMs)
    child.kill('SIGKILL')
  }
  await closed
  return output.trim().split('\n').at(-1) ?? ''
}

// The child is TypeScript: Node must read it by itself.
test.runIf(process.features.typescript)(
  'killed again and again, an import of orders takes every row once',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidings-orders-killed-'))
    try {
      await mkdir(folder, { recursive: true })
      for (let kill = 0; kill < KILLS; kill++) await runChild(folder, 80 + kill * 160)
      const run = JSON.parse(await runChild(folder, null))
      expect(run).toMatchObject({
        state: 'done',
        rows: 6919,
        taken: 6919,
        rejected: 0,
        created: 6919,
        updated: 0,
        unchanged: 0,
        customersMade: 2357,
      })
      await using app = await createTestApp({ folder })
      expect((await app.client.contacts.page({ limit: 1 })).total).toBe(2357)
      expect(await app.client.purchases.verify({})).toMatchObject({ ok: true })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
