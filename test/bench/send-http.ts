import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { keyFileSecrets } from '../../src/main/host/node-secrets.ts'
import { PLAIN_STYLE } from '../../src/main/integrations/mime/mail-style.ts'
import { sendgridDialect } from '../../src/main/integrations/providers/sendgrid/sendgrid-dialect.ts'
import { secretStore } from '../../src/main/integrations/senders/secret-store.ts'
import { systemClock } from '../../src/main/kernel/clock.ts'
import { seededRandom } from '../../src/main/kernel/random.ts'
import { openStorage } from '../../src/main/storage/database.ts'
import { transaction } from '../../src/main/storage/transaction.ts'
import { projectFolder, runFile, startWorker } from '../crash/processes.ts'
import { readRows } from '../crash/read-ledger.ts'
import { POSTAL_ADDRESS, prepareWorkspace } from '../crash/workspace.ts'
import type { BenchResult } from './bench-result.ts'
import { newsletter } from './newsletter.ts'

const CONNECTIONS = 20
const KEY = 'SG.bench'

/**
 * Whole-pipeline throughput through an HTTP provider on loopback (plan, render, send, ledger), by the built application in its
 * own process, against a bare undici loop that posts ready bodies of the same shape with the same connections to the same
 * service in the same run. `ratio` is our messages a second divided by the floor's: more is better.
 */
export async function benchSendHttp(size = 20_000): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-bench-'))
  const sink = await startSink()
  try {
    const body = readyBody()
    await writeFile(join(folder, 'body.json'), body)
    const floorSize = Math.min(size, 20_000)
    const floor = await runFile('test/bench/http-floor.ts', [
      ...['--url', sink.url, '--size', String(floorSize), '--connections', String(CONNECTIONS)],
      ...['--body', join(folder, 'body.json')],
    ])
    const floorMs = (Number(JSON.parse(floor.output).ms) / floorSize) * size
    await fetch(`${sink.url}/forget`, { method: 'POST' })

    const workspace = join(folder, 'workspace')
    const template = newsletter({
      name: '{{first_name}}',
      unsubscribe: '{{unsubscribe_url}}',
      postal: '{{postal_address}}',
    })
    const { campaignId } = await prepareWorkspace({
      ...{ folder: workspace, recipients: size, port: 1, connections: CONNECTIONS, ...template },
    })
    await makeHttp(workspace, sink.url)
    const worker = await startWorker(workspace)
    const code = await worker.ended
    if (code !== 0) throw new Error(`the worker ended with ${code}: ${worker.errors()}`)
    const [times] = await readRows(workspace, timesOf(campaignId), raw => raw)
    if (!times || Number(times.accepted) !== size) throw new Error(`not everything was sent: ${JSON.stringify(times)}`)
    const arrived = await sink.taken()
    if (arrived.length !== size || new Set(arrived).size !== size) {
      throw new Error(`the service has ${arrived.length} messages of ${new Set(arrived).size} people, not of ${size}`)
    }
    const ms = Number(times.ended) - Number(times.began)
    return {
      name: 'send by http',
      size,
      ratio: floorMs / ms,
      floorMs: Math.round(floorMs),
      ms,
      peakRssMb: Math.round(worker.peakRssMb()),
      connections: CONNECTIONS,
      bodyBytes: body.length,
      messagesPerSecond: Math.round((size / ms) * 1000),
      floorMessagesPerSecond: Math.round((size / floorMs) * 1000),
      planMs: Number(times.planned) - Number(times.began),
      firstSentAfterMs: Number(times.first) - Number(times.began),
      lastSentAfterMs: Number(times.last) - Number(times.began),
      floorPeakRssMb: Math.round(floor.peakRssMb),
    }
  } finally {
    sink.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the application itself sends to one person. */
function readyBody(): string {
  const settings = {
    provider: 'sendgrid',
    region: 'global',
    fromName: '',
    fromAddress: '',
    replyTo: '',
    apiBase: '',
  } as const
  const ready = newsletter({
    name: 'Ann12345',
    unsubscribe: 'mailto:news@sender.test?subject=unsubscribe%20019e2c31-5c1b-7000-8000-1234567890ab',
    postal: POSTAL_ADDRESS,
  })
  const request = sendgridDialect(settings, { clock: systemClock(), style: PLAIN_STYLE }).requestOf(
    {
      channel: 'email',
      messageId: '019e2c31-5c1b-7000-8000-1234567890ab',
      campaignId: '019e2c31-5c1b-7000-8000-000000000001',
      to: 'person12345@example.org',
      from: { name: 'Tidings', address: 'news@sender.test' },
      replyTo: '',
      subject: 'News for Ann12345',
      unsubscribeMailto: 'news@sender.test',
      at: 0,
      ...ready,
    },
    KEY,
  )
  if ('outcome' in request || typeof request.body !== 'string') throw new Error('the message cannot be written')
  return request.body
}

/** Makes the account of a prepared workspace one of SendGrid's that sends to `url`. */
async function makeHttp(folder: string, url: string): Promise<void> {
  const secrets = keyFileSecrets(folder, seededRandom(1))
  const ciphertext = await secrets.encrypt(KEY)
  const clock = systemClock()
  const storage = await openStorage(folder, clock)
  try {
    await transaction(storage.db, async tx => {
      const account = await tx
        .selectFrom('senders')
        .select(['id', 'settings'])
        .where('provider', '=', 'smtp')
        .executeTakeFirstOrThrow()
      const { fromName, fromAddress, replyTo } = JSON.parse(account.settings)
      const settings = { provider: 'sendgrid', region: 'global', fromName, fromAddress, replyTo, apiBase: url }
      await tx
        .updateTable('senders')
        .set({ provider: 'sendgrid', settings: JSON.stringify(settings) })
        .where('id', '=', account.id)
        .execute()
      const now = clock.now()
      await secretStore.set(tx, { owner: account.id, name: 'apiKey', ciphertext, scheme: secrets.keptBy, now })
    })
  } finally {
    await storage.close()
  }
}

/** From the planner's first moment to the campaign's completion, by the clock of the application. */
function timesOf(campaignId: string): string {
  return `
    select j.started_at as began, j.ended_at as planned, c.completed_at as ended,
      (select min(started_at) from attempts) as first, (select max(ended_at) from attempts) as last,
      (select count(*) from messages where state = 'accepted') as accepted
    from campaigns c join jobs j on j.subject = c.id and j.kind = 'campaign.plan' where c.id = '${campaignId}'`
}

async function startSink() {
  const lib = (file: string): string => pathToFileURL(join(projectFolder(), 'scripts', 'lib', file)).href
  const { projectNode } = await import(lib('project.mjs'))
  const { runnable } = await import(lib('typescript-run.mjs'))
  const child = spawn(projectNode(), [await runnable('test/bench/http-sink.ts')], {
    cwd: projectFolder(),
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const [port] = await once(createInterface({ input: child.stdout }), 'line')
  const url = `http://127.0.0.1:${port}`
  return {
    url,
    async taken(): Promise<readonly string[]> {
      const said: unknown = await (await fetch(`${url}/taken`)).json()
      return Array.isArray(said) ? said.map(String) : []
    },
    stop: () => child.stdin.end(),
  }
}
