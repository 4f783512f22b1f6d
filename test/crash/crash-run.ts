import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type SinkProcess, startSinkProcess, startWorker, tidings } from './processes.ts'
import { type MessageRow, readMessages } from './read-ledger.ts'
import { prepareWorkspace } from './workspace.ts'

/** What a crash run found. */
export interface CrashResult {
  readonly kills: number
  readonly recipients: number
  readonly atSink: number
  readonly accepted: number
  readonly unknown: number
  readonly unknownAtSink: number
  readonly mostInDoubtByOneKill: number
  readonly seconds: number
}

const CONNECTIONS = 20

/**
 * Sends a campaign through the built application to a sink, kills the application with SIGKILL at random moments, lets it go
 * on each time, and throws unless nobody was lost, nothing was sent twice, everything in doubt is listed, and the ledger
 * holds after every kill.
 */
export async function runCrash(options: {
  readonly kills: number
  readonly recipients?: number
}): Promise<CrashResult> {
  const { kills } = options
  const recipients = options.recipients ?? 20_000
  const began = Date.now()
  const folder = await mkdtemp(join(tmpdir(), 'tidings-crash-'))
  const workspace = join(folder, 'workspace')
  const sink = await startSinkProcess(join(folder, 'sink.txt'))
  try {
    await prepareWorkspace({
      folder: workspace,
      recipients,
      port: sink.port,
      connections: CONNECTIONS,
      html: '<p>Hello {{first_name}}</p><p>{{postal_address}} <a href="{{unsubscribe_url}}">Unsubscribe</a></p>',
      text: 'Hello {{first_name}}. {{postal_address}} Unsubscribe: {{unsubscribe_url}}',
    })
    let most = 0
    let before = 0
    let pending = recipients
    for (let kill = 1; kill <= kills; kill++) {
      // The first ones, and some later, hit it while it starts and plans.
      const isEarly = kill <= Math.max(1, kills / 10) || Math.random() < 0.1
      await killOnce(workspace, sink, isEarly ? null : Math.floor(pending / (kills - kill + 2)))
      await verifyHolds(workspace, `after kill ${kill}`)
      const rows = await readMessages(workspace)
      const doubtful = rows.filter(row => row.state === 'unknown').length
      // What is not planned yet has no row.
      pending = recipients - rows.filter(row => row.state === 'accepted' || row.state === 'unknown').length
      most = Math.max(most, doubtful - before)
      before = doubtful
      say(`kill ${kill}/${kills}: ${sink.count()} at the sink, ${doubtful} unknown`)
    }
    const worker = await startWorker(workspace)
    const code = await worker.ended
    if (code !== 0) throw new Error(`the last run ended with ${code}: ${worker.errors()}`)
    await verifyHolds(workspace, 'at the end')
    const rows = await readMessages(workspace)
    const found = judge(rows, sink.records(), recipients)
    if (most > CONNECTIONS) throw new Error(`one kill left ${most} in doubt; there are only ${CONNECTIONS} connections`)
    return { kills, recipients, ...found, mostInDoubtByOneKill: most, seconds: (Date.now() - began) / 1000 }
  } finally {
    await sink.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Starts the worker and kills it while it starts (null), or when about `share` more messages have arrived. */
async function killOnce(workspace: string, sink: SinkProcess, share: number | null): Promise<void> {
  const early = share === null
  const target = sink.count() + Math.floor(Math.random() * 1.5 * (share ?? 0))
  const patience = early ? 200 + Math.random() * 1000 : 15_000
  const worker = await startWorker(workspace)
  const started = Date.now()
  let over = false
  void worker.ended.then(() => {
    over = true
  })
  while (!over && Date.now() - started < patience && (early || sink.count() <= target)) await pause(5)
  if (!early) await pause(Math.random() * 20)
  worker.child.kill('SIGKILL')
  const code = await worker.ended
  if (code !== null && code !== 0) throw new Error(`the worker ended with ${code}: ${worker.errors()}`)
}

async function verifyHolds(workspace: string, when: string): Promise<void> {
  const { code, errors } = await tidings(['ledger', 'verify', '--workspace', workspace])
  if (code !== 0) throw new Error(`ledger verify failed ${when}:\n${errors}`)
}

function judge(
  rows: readonly MessageRow[],
  records: readonly { readonly messageRef: string; readonly recipient: string }[],
  recipients: number,
): Pick<CrashResult, 'atSink' | 'accepted' | 'unknown' | 'unknownAtSink'> {
  const arrived = new Set(records.map(record => record.messageRef))
  const people = new Set(records.map(record => record.recipient))
  if (arrived.size !== records.length) throw new Error(`${records.length - arrived.size} messages were sent twice`)
  if (people.size !== records.length) throw new Error(`${records.length - people.size} people were written to twice`)
  if (rows.length !== recipients) throw new Error(`${recipients - rows.length} people were lost: they have no message`)
  const open = rows.filter(row => row.state !== 'accepted' && row.state !== 'unknown')
  if (open.length > 0)
    throw new Error(
      `${open.length} messages were neither sent nor listed as unknown: ${open[0]?.id} is ${open[0]?.state}`,
    )
  const accepted = rows.filter(row => row.state === 'accepted')
  const missing = accepted.filter(row => !arrived.has(row.id))
  if (missing.length > 0)
    throw new Error(`${missing.length} messages are called accepted and never arrived: ${missing[0]?.id}`)
  const unknown = rows.filter(row => row.state === 'unknown')
  const known = new Set(rows.map(row => row.id))
  const strange = records.filter(record => !known.has(record.messageRef))
  if (strange.length > 0) throw new Error(`${strange.length} messages arrived that the ledger does not know`)
  return {
    atSink: records.length,
    accepted: accepted.length,
    unknown: unknown.length,
    unknownAtSink: unknown.filter(row => arrived.has(row.id)).length,
  }
}

function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

function say(line: string): void {
  process.stderr.write(`${line}\n`)
}
