import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createDkimSigner } from '../../src/main/integrations/dkim/sign.ts'
import { createComposer } from '../../src/main/integrations/mime/compose.ts'
import { compileMessage } from '../../src/main/templates/render/compile-message.ts'
import { createEngine } from '../../src/main/templates/render/engine.ts'
import { projectFolder, runFile, startSinkProcess, startWorker } from '../crash/processes.ts'
import { readRows } from '../crash/read-ledger.ts'
import { POSTAL_ADDRESS, prepareWorkspace } from '../crash/workspace.ts'
import type { BenchResult } from './bench-result.ts'
import { newsletter } from './newsletter.ts'

const CONNECTIONS = 20
const SIGNER = { domain: 'sender.test', selector: 'bench', algorithm: 'rsa-sha256' } as const

/**
 * Whole-pipeline throughput through SMTP on loopback (plan, render, build MIME, send, ledger), by the built application in
 * its own process, against a bare nodemailer pool with the same ready-rendered bodies, connections and sink in the same run.
 * `ratio` is our messages a second divided by the floor's: more is better.
 */
export function benchSend(size = 20_000): Promise<BenchResult> {
  return measureSending(size, null)
}

/** The same; with a private key, both sides sign every message by DKIM: nodemailer its own way, in the thread that sends. */
export async function measureSending(size: number, signingKey: string | null): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'tidings-bench-'))
  const sink = await startSinkProcess(join(folder, 'sink.txt'))
  try {
    const { html, text } = newsletter({
      name: '{{first_name}}',
      unsubscribe: '{{unsubscribe_url}}',
      postal: '{{postal_address}}',
    })
    const ready = newsletter({
      name: 'Ann12345',
      unsubscribe: 'mailto:news@sender.test?subject=unsubscribe%20019e2c31-5c1b-7000-8000-1234567890ab',
      postal: POSTAL_ADDRESS,
    })
    await writeFile(join(folder, 'body.html'), ready.html)
    await writeFile(join(folder, 'body.txt'), ready.text)
    const keyFile = join(folder, 'key.pem')
    if (signingKey !== null) await writeFile(keyFile, signingKey)
    const floorSize = Math.min(size, signingKey === null ? 20_000 : 5000)
    const floor = await runFile('test/bench/smtp-floor.ts', [
      ...['--port', String(sink.port), '--size', String(floorSize), '--connections', String(CONNECTIONS)],
      ...['--html', join(folder, 'body.html'), '--text', join(folder, 'body.txt')],
      ...(signingKey === null ? [] : ['--key', keyFile]),
    ])
    const floorMs = (Number(JSON.parse(floor.output).ms) / floorSize) * size

    const workspace = join(folder, 'workspace')
    if (signingKey !== null) await keepKey(workspace, signingKey)
    const { campaignId } = await prepareWorkspace({
      ...{ folder: workspace, recipients: size, port: sink.port, connections: CONNECTIONS, html, text },
    })
    const worker = await startWorker(workspace)
    const code = await worker.ended
    if (code !== 0) throw new Error(`the worker ended with ${code}: ${worker.errors()}`)
    const [times] = await readRows(workspace, timesOf(campaignId), raw => raw)
    if (!times || Number(times.accepted) !== size) throw new Error(`not everything was sent: ${JSON.stringify(times)}`)
    const arrived = sink.records().filter(record => !record.messageRef.startsWith('floor-')).length
    if (arrived !== size) throw new Error(`the sink has ${arrived} of ${size} messages`)
    const ms = Number(times.ended) - Number(times.began)
    return {
      name: signingKey === null ? 'send' : 'send --dkim',
      size,
      ratio: floorMs / ms,
      floorMs: Math.round(floorMs),
      ms,
      peakRssMb: Math.round(worker.peakRssMb()),
      connections: CONNECTIONS,
      bodyBytes: ready.html.length + ready.text.length,
      messagesPerSecond: Math.round((size / ms) * 1000),
      floorMessagesPerSecond: Math.round((size / floorMs) * 1000),
      ...stages({ html, text }, size, signingKey),
      wireMsPerMessage: Number(times.wire) / size,
      msPerTurn: (Number(times.last) - Number(times.first)) / Number(times.turns),
      turns: Number(times.turns),
      planMs: Number(times.planned) - Number(times.began),
      firstSentAfterMs: Number(times.first) - Number(times.began),
      lastSentAfterMs: Number(times.last) - Number(times.began),
      floorPeakRssMb: Math.round(floor.peakRssMb),
    }
  } finally {
    await sink.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Gives the key to the built application, which encrypts it by the key of its own host. */
async function keepKey(workspace: string, privateKey: string): Promise<void> {
  const { domain, selector } = SIGNER
  const input = JSON.stringify({ domain, selector, privateKey })
  const cli = join(projectFolder(), 'out', 'main', 'cli.js')
  const call = ['call', 'senders.saveSigningKey', input, '--workspace', workspace]
  await promisify(execFile)(process.execPath, [cli, ...call])
}

/** From the planner's first moment to the campaign's completion, by the clock of the application. */
function timesOf(campaignId: string): string {
  return `
    select j.started_at as began, j.ended_at as planned, c.completed_at as ended,
      (select min(started_at) from attempts) as first, (select max(ended_at) from attempts) as last,
      (select count(*) from messages where state = 'accepted') as accepted,
      (select count(distinct started_at) from attempts) as turns,
      (select sum(ended_at - started_at) from attempts) as wire
    from campaigns c join jobs j on j.subject = c.id and j.kind = 'campaign.plan' where c.id = '${campaignId}'`
}

/** What rendering, composing and signing alone take for as many messages, one after the other, in this process. */
function stages(body: { readonly html: string; readonly text: string }, size: number, signingKey: string | null) {
  const compiled = compileMessage(
    createEngine(),
    { channel: 'email', subject: 'News for {{first_name}}', preheader: '', ...body },
    {},
  )
  const compose = createComposer()
  const sign = signingKey === null ? null : createDkimSigner([{ ...SIGNER, privateKey: signingKey }])
  let signMs = 0
  let renderMs = 0
  let composeMs = 0
  for (let n = 0; n < size; n++) {
    const began = performance.now()
    const rendering = compiled.render({
      first_name: `Ann${n}`,
      postal_address: POSTAL_ADDRESS,
      unsubscribe_url: 'mailto:a@b.test',
    })
    const rendered = performance.now()
    if (rendering.kind === 'failed' || rendering.message.channel !== 'email')
      throw new Error('the message cannot be rendered')
    const { subject, html, text } = rendering.message
    const from = { name: 'Tidings', address: 'news@sender.test' }
    const to = `person${n}@example.org`
    const composed = compose({
      messageId: `m${n}`,
      campaignId: 'c',
      channel: 'email',
      to,
      from,
      replyTo: '',
      subject,
      html,
      text,
      unsubscribeMailto: '',
      at: n,
    })
    renderMs += rendered - began
    const written = performance.now()
    if (sign && composed.kind === 'message') sign(composed.bytes, n)
    signMs += performance.now() - written
    composeMs += written - rendered
  }
  return { renderMs: Math.round(renderMs), composeMs: Math.round(composeMs), signMs: Math.round(signMs) }
}
