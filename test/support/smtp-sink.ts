import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { SMTPServer } from 'smtp-server'

/** What a sink accepted: the X-Message-Ref of the message and whom it was for. */
export interface SinkRecord {
  readonly messageRef: string
  readonly recipient: string
}

export interface SinkOptions {
  /** 0 or absent: any free port. */
  readonly port?: number
  /** Each accepted message appends `<message-ref> <recipient>` and a line end, before 250 is answered. */
  readonly recordFile?: string
  /** How long the answer to the final dot takes, in milliseconds. */
  readonly delayMs?: number
  readonly pipelining?: boolean
  /** TLS with the certificate that smtp-server brings along, which nobody trusts. */
  readonly security?: 'none' | 'starttls' | 'tls'
  /** Wants this login. */
  readonly login?: { readonly user: string; readonly password: string }
  /** Keeps the raw messages in memory; for tests with few messages. */
  readonly keepRaw?: boolean
}

export interface Sink {
  readonly port: number
  accepted(): number
  /** What was accepted, in order; empty when `recordFile` is given, where the file has them. */
  records(): readonly SinkRecord[]
  /** Raw messages in order of arrival, when `keepRaw` was given. */
  raw(): readonly Buffer[]
  close(): Promise<void>
}

const REFERENCE = /^X-Message-Ref:[ \t]*(\S+)/im
// The script is in the recipient's local part, so that a campaign decides it and the sink needs no state of its own.
const AT_RCPT = /^fail-(\d{3})\b/
const AT_END = /^fail-data-(\d{3})\b/
const DROP = /^drop\b/

/**
 * An SMTP server on loopback that takes every message and remembers it. Recipients `fail-450…@` and `fail-550…@` are
 * refused with that code at RCPT, `fail-data-452…@` after the final dot; for `drop…@` the message is taken and recorded
 * and the connection ends without an answer.
 */
export async function startSink(options: SinkOptions = {}): Promise<Sink> {
  const { login, security = 'none' } = options
  const file = options.recordFile === undefined ? null : openSync(options.recordFile, 'a')
  const records: SinkRecord[] = []
  const kept: Buffer[] = []
  let accepted = 0

  function record(raw: Buffer, recipient: string): void {
    const messageRef = REFERENCE.exec(raw.toString('latin1', 0, 4096))?.[1] ?? '-'
    accepted += 1
    if (file === null) records.push({ messageRef, recipient })
    else writeSync(file, `${messageRef} ${recipient}\n`)
    if (options.keepRaw) kept.push(raw)
  }

  const server = new SMTPServer({
    disabledCommands: [...(login ? [] : ['AUTH']), ...(security === 'starttls' ? [] : ['STARTTLS'])],
    secure: security === 'tls',
    authMethods: ['PLAIN', 'LOGIN'],
    allowInsecureAuth: true,
    onAuth(auth, _session, done) {
      if (auth.username === login?.user && auth.password === login?.password) done(null, { user: auth.username })
      else done(refusal(535, '5.7.8 wrong user or password'))
    },
    disableReverseLookup: true,
    logger: false,
    hideENHANCEDSTATUSCODES: true,
    hidePIPELINING: options.pipelining === false,
    name: 'sink.test',
    maxClients: 1000,
    socketTimeout: 600_000,
    closeTimeout: 100,
    onRcptTo(address, _session, done) {
      const code = AT_RCPT.exec(address.address)?.[1]
      if (code === undefined) done()
      else done(refusal(Number(code), `${code.startsWith('4') ? '4.2.1' : '5.1.1'} scripted refusal`))
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const recipient = session.envelope.rcptTo[0]?.address ?? ''
        const code = AT_END.exec(recipient)?.[1]
        if (code !== undefined) {
          done(refusal(Number(code), `${code.startsWith('4') ? '4.3.1' : '5.6.0'} scripted refusal`))
          return
        }
        record(Buffer.concat(chunks), recipient)
        if (DROP.test(recipient)) {
          for (const connection of server.connections) if (connection.session.id === session.id) connection.close()
        } else if (options.delayMs) setTimeout(() => done(null, '2.0.0 taken'), options.delayMs)
        else done(null, '2.0.0 taken')
      })
    },
  })
  // A client that is killed in the middle of a message is what this sink is for.
  server.on('error', () => undefined)
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    accepted: () => accepted,
    records: () => records,
    raw: () => kept,
    close: () =>
      new Promise(resolve => {
        server.close(() => {
          if (file !== null) closeSync(file)
          resolve()
        })
      }),
  }
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}

/**
 * As a process: `node test/support/smtp-sink.ts [--port N] [--record FILE] [--delay MS] [--attached]` prints its port as the
 * first line. A line `count` on standard input is answered by `{"accepted":n}`; SIGTERM, or with --attached the end of
 * standard input, ends it.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '0' },
      record: { type: 'string' },
      delay: { type: 'string', default: '0' },
      attached: { type: 'boolean', default: false },
    },
  })
  const sink = await startSink({
    port: Number(values.port),
    delayMs: Number(values.delay),
    ...(values.record === undefined ? {} : { recordFile: values.record }),
  })
  process.stdout.write(`${sink.port}\n`)
  const lines = createInterface({ input: process.stdin })
  lines.on('line', line => {
    if (line.trim() === 'count') process.stdout.write(`${JSON.stringify({ accepted: sink.accepted() })}\n`)
  })
  if (values.attached) lines.on('close', () => process.exit(0))
  process.on('SIGTERM', () => process.exit(0))
}

if (import.meta.main) await main()
