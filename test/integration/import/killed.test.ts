import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { writeMadeUpFile } from '../../bench/import-file.ts'
import { openImportWorkspace } from './import-workspace.ts'

const ROWS = 20_000
const KILLS = 5

/** Runs the child; kills it so many milliseconds after it began the import, or lets it end. Resolves with its last line. */
async function runChild(folder: string, file: string, killAfterMs: number | null): Promise<string> {
  const program = fileURLToPath(new URL('./import-child.ts', import.meta.url))
  const child = spawn(process.execPath, [program, folder, file], { stdio: ['ignore', 'pipe', 'inherit'] })
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

// The child is TypeScript: where Node does not read it by itself, the crash tests of the built application cover this.
test.runIf(process.features.typescript)(
  'killed again and again, no row is lost and none is written twice',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidings-killed-'))
    try {
      const file = join(folder, 'people.csv')
      await writeMadeUpFile(file, ROWS)
      const undisturbed = JSON.parse(await runChild(join(folder, 'calm'), file, null))
      expect(undisturbed).toMatchObject({ state: 'done', rows: ROWS, rejected: 200 })
      const killed = join(folder, 'killed')
      for (let kill = 0; kill < KILLS; kill++) await runChild(killed, file, 60 + kill * 140)
      const run = JSON.parse(await runChild(killed, file, null))
      const { rows, created, duplicates, rejected } = undisturbed
      expect(run).toMatchObject({ state: 'done', rows, created, duplicates, rejected })
      const workspace = await openImportWorkspace({ folder: killed })
      const { reader } = workspace.storage
      const count = async (table: 'contacts' | 'list_members' | 'import_rejects'): Promise<number> =>
        (
          await reader
            .selectFrom(table)
            .select(eb => eb.fn.countAll<number>().as('n'))
            .executeTakeFirstOrThrow()
        ).n
      expect(await count('contacts')).toBe(created)
      expect(await count('list_members')).toBe(created)
      expect(await count('import_rejects')).toBe(rejected)
      expect(await readdir(join(killed, 'imports'))).toEqual([])
      await workspace.close()
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
  120_000,
)
