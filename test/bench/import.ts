import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BenchResult } from './bench-result.ts'
import { writeMadeUpFile } from './import-file.ts'
import { importFloor } from './import-floor.ts'
import { watchImport } from './import-watch.ts'
import { type Measured, runProcess } from './measured-process.ts'

const BENCH_FOLDER = '/tmp/tidings-bench'

/**
 * Imports a made-up file of `size` rows with the real built command line into an empty workspace, then the same file with
 * one row in a hundred changed; against the `sqlite3` program's own `.import` of the same file. `ms` and `ratio` are of the
 * import job, from its start to its end; `commandMs` is the whole process, with the start of Node, the copy of the file
 * and the look at it.
 */
export async function benchImport(size = 100_000): Promise<BenchResult> {
  await mkdir(BENCH_FOLDER, { recursive: true })
  const folder = await mkdtemp(join(BENCH_FOLDER, 'import-'))
  try {
    const file = join(folder, 'people.csv')
    const changedFile = join(folder, 'changed.csv')
    await writeMadeUpFile(file, size)
    await writeMadeUpFile(changedFile, size, true)
    const workspace = join(folder, 'workspace')
    // The machine is not quiet: the floor is taken before and after.
    const before = await importFloor(file, join(folder, 'floor.db'))
    const first = await importOnce(file, workspace, [])
    const again = await importOnce(changedFile, workspace, ['--duplicates', 'overwrite'])
    const afterwards = await importFloor(file, join(folder, 'floor.db'))
    checkSum(first.counts, size)
    checkSum(again.counts, size)
    const { created = 0, duplicates = 0, rejected = 0 } = first.counts
    if (before.rows !== created + rejected) {
      throw new Error(`The floor stored ${before.rows} rows, the application ${created} and ${rejected} rejected ones`)
    }
    const floorMs = (before.ms + afterwards.ms) / 2
    return {
      name: 'import',
      size,
      ratio: first.jobMs / floorMs,
      floorMs: Math.round(floorMs),
      ms: Math.round(first.jobMs),
      commandMs: Math.round(first.process.ms),
      peakRssMb: first.process.peakRssMb,
      loopP99Ms: first.process.loopP99Ms,
      loopMaxMs: first.process.loopMaxMs,
      rowsPerSecond: Math.round((size / first.jobMs) * 1000),
      stages: first.stages,
      againMs: Math.round(again.jobMs),
      againRatio: again.jobMs / first.jobMs,
      againStages: again.stages,
      // This process also prepares the searches for people and places that the first import left to the background.
      againPeakRssMb: again.process.peakRssMb,
      againLoopP99Ms: again.process.loopP99Ms,
      floorBy: before.by,
      fileMb: Math.round((await stat(file)).size / 2 ** 20),
      created,
      duplicates,
      rejected,
      againUpdated: again.counts['updated'] ?? 0,
      againUnchanged: again.counts['unchanged'] ?? 0,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

interface Import {
  readonly process: Measured
  readonly counts: Record<string, number>
  readonly jobMs: number
  readonly stages: string
}

async function importOnce(file: string, workspace: string, options: readonly string[]): Promise<Import> {
  const watch = watchImport(join(workspace, 'tidings.db'))
  const measured = await runProcess([cliFile(), 'import', file, '--workspace', workspace, ...options])
  const { ms, stages } = await watch.ended()
  return { process: measured, counts: JSON.parse(measured.lastLine), jobMs: ms, stages }
}

function cliFile(): string {
  return process.env['TIDINGS_CLI'] ?? fileURLToPath(new URL('../../out/main/cli.js', import.meta.url))
}

function checkSum(counts: Record<string, number>, size: number): void {
  const { rows = 0, created = 0, updated = 0, unchanged = 0, duplicates = 0, rejected = 0 } = counts
  if (rows !== size || created + updated + unchanged + duplicates + rejected !== rows) {
    throw new Error(`The counts do not add up: ${JSON.stringify(counts)}`)
  }
}
