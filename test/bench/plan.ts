import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { projectFolder } from '../crash/processes.ts'
import { readRows } from '../crash/read-ledger.ts'
import { pauseAccounts, prepareWorkspace } from '../crash/workspace.ts'
import type { BenchResult } from './bench-result.ts'
import { runProcess } from './measured-process.ts'
import { openPlain } from './sqlite-connection.ts'

const BODY = { html: '<p>{{postal_address}} {{unsubscribe_url}}</p>', text: '{{postal_address}} {{unsubscribe_url}}' }

/**
 * Freezing an audience into messages by the built application in its own process, from the planner's first moment to its last,
 * against one INSERT … SELECT of the very rows it made into a table with the same indexes in a new file. The account is
 * paused, so that nothing is sent meanwhile. `longestPageMs` is the longest time from one page to the next: sending, which
 * goes first, never waits for longer.
 */
export async function benchPlan(size = 200_000): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-bench-'))
  try {
    const workspace = join(folder, 'workspace')
    const { campaignId } = await prepareWorkspace({
      ...{ folder: workspace, recipients: size, port: 9, connections: 1, ...BODY },
    })
    await pauseAccounts(workspace)
    const worker = await runProcess([
      ...[join(projectFolder(), 'out', 'main', 'cli.js'), 'worker', '--workspace', workspace, '--until-idle'],
    ])
    const [times] = await readRows(
      workspace,
      `select started_at as began, ended_at as ended, (select count(*) from messages) as planned from jobs
       where kind = 'campaign.plan' and subject = '${campaignId}'`,
      raw => ({ ms: Number(raw.ended) - Number(raw.began), planned: Number(raw.planned) }),
    )
    if (times?.planned !== size) throw new Error(`${times?.planned} of ${size} messages were planned`)
    const pages = await readRows(workspace, `select at from ledger where kind = 'planned' order by seq`, raw =>
      Number(raw.at),
    )
    const floorMs = await insertSelect(join(workspace, 'tidings.db'), join(folder, 'floor.db'))
    return {
      name: 'plan',
      size,
      ratio: times.ms / floorMs,
      floorMs: Math.round(floorMs),
      ms: times.ms,
      peakRssMb: worker.peakRssMb,
      loopP99Ms: worker.loopP99Ms,
      loopMaxMs: worker.loopMaxMs,
      pages: pages.length,
      longestPageMs: Math.max(0, ...pages.slice(1).map((at, n) => at - (pages[n] ?? at))),
      fileMb: Math.round((await stat(join(workspace, 'tidings.db'))).size / 2 ** 20),
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Milliseconds of one INSERT … SELECT of all messages of a file into an empty table with the same indexes. */
async function insertSelect(planned: string, empty: string): Promise<number> {
  const connection = await openPlain(empty, 'create')
  try {
    await connection.exec('pragma journal_mode = wal; pragma synchronous = full; pragma cache_size = -32000')
    await connection.exec(`attach '${planned}' as planned`)
    const schema = await connection.all(
      `select sql from planned.sqlite_schema where tbl_name = 'messages' and sql is not null order by type desc, rowid`,
    )
    for (const { sql } of schema) await connection.exec(String(sql))
    const began = performance.now()
    await connection.exec('insert into messages select * from planned.messages order by id')
    return performance.now() - began
  } finally {
    await connection.close()
  }
}
