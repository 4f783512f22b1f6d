import { timingSafeEqual } from 'node:crypto'
import { decodeWords } from 'postal-mime'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'
import type { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import type { Kernel } from '../../kernel/kernel.ts'
import type { Capture } from './capture.ts'
import type { Connection } from './door.ts'

/** A real SMTP server on loopback that keeps what it gets. */
export interface PracticeServer {
  /** How to reach it; starts it when it is not running yet. */
  connection(): Promise<Connection>
  stop(): Promise<void>
}

const USER = 'practice'
const MOST_BYTES = 10 * 1024 * 1024

/**
 * The practice server: 127.0.0.1, a free port, and a password that is new at each start, so that no other program on the
 * machine can put messages in. `behaviourOf` decides what becomes of a recipient.
 */
export function createPracticeServer(
  kernel: Kernel,
  capture: Capture,
  behaviourOf: (address: string) => PracticeBehaviour,
): PracticeServer {
  const greylisted = createGreylist()
  let running: Promise<{ server: SMTPServer; connection: Connection }> | null = null

  async function start(): Promise<{ server: SMTPServer; connection: Connection }> {
    const password = Buffer.from(kernel.random.bytes(24)).toString('base64url')
    const server = new SMTPServer({
      name: 'practice.localhost',
      disabledCommands: ['STARTTLS'],
      authMethods: ['PLAIN'],
      allowInsecureAuth: true,
      disableReverseLookup: true,
      hideENHANCEDSTATUSCODES: true,
      logger: false,
      size: MOST_BYTES,
      maxClients: 100,
      closeTimeout: 500,
      onAuth(auth, _session, done) {
        if (auth.username === USER && isSame(auth.password ?? '', password)) done(null, { user: USER })
        else done(refusal(535, '5.7.8 Only Tidings itself may use the practice server'))
      },
      onRcptTo({ address }, _session, done) {
        done(answerTo(address, behaviourOf(address), greylisted))
      },
      onData(stream, session, done) {
        const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address
        const to = session.envelope.rcptTo[0]?.address ?? ''
        receive(stream, done, raw =>
          capture.put({ channel: 'email', from, to, ...headersOf(raw), raw, behaviour: behaviourOf(to) }),
        )
      },
    })
    server.on('error', error => kernel.log.debug('practice.connection_failed', { message: error.message }))
    await new Promise<void>((resolve, reject) => {
      server.server.once('error', reject)
      server.listen(0, '127.0.0.1', resolve)
    })
    const address = server.server.address()
    if (typeof address !== 'object' || address === null) throw new Error('The practice server has no address')
    kernel.log.info('practice.started', { port: address.port })
    return {
      server,
      connection: {
        endpoint: { host: '127.0.0.1', port: address.port, security: 'none', allowInvalidCertificate: false },
        login: async () => ({ user: USER, password }),
      },
    }
  }

  return {
    async connection() {
      running ??= start()
      return (await running).connection
    },
    async stop() {
      const started = await running
      running = null
      if (started) await new Promise<void>(resolve => started.server.close(resolve))
    },
  }
}

type Done = (error?: Error | null, message?: string) => void

function receive(stream: SMTPServerDataStream, done: Done, keep: (raw: Buffer) => Promise<string>): void {
  const chunks: Buffer[] = []
  stream.on('data', (chunk: Buffer) => {
    if (!stream.sizeExceeded) chunks.push(chunk)
  })
  stream.on('end', () => {
    if (stream.sizeExceeded) return done(refusal(552, '5.3.4 The practice mailbox takes messages up to 10 MB'))
    keep(Buffer.concat(chunks)).then(
      id => done(null, `2.0.0 Ok: queued as ${id}`),
      () => done(refusal(451, '4.3.0 The message could not be kept')),
    )
  })
}

function answerTo(address: string, behaviour: PracticeBehaviour, greylisted: Greylist): Error | null {
  switch (behaviour) {
    case 'bounce_hard':
      return refusal(550, '5.1.1 No such user here')
    case 'bounce_soft':
      return refusal(452, '4.2.2 The mailbox is full')
    case 'delay':
      return greylisted.isFirstTry(address) ? refusal(450, '4.7.1 Greylisted, try again later') : null
    default:
      return null
  }
}

/** Remembers who was asked to come back, so that the second try is taken. */
export interface Greylist {
  isFirstTry(address: string): boolean
}

const MOST_GREYLISTED = 100_000

/** A greylist in memory: after a restart everybody is new again. */
export function createGreylist(): Greylist {
  const asked = new Set<string>()
  return {
    isFirstTry(address) {
      const key = address.toLowerCase()
      if (asked.delete(key)) return false
      if (asked.size >= MOST_GREYLISTED) asked.clear()
      asked.add(key)
      return true
    },
  }
}

const MOST_HEADERS = 65_536

function headersOf(raw: Buffer): { subject: string; messageRef: string } {
  const end = raw.indexOf('\r\n\r\n')
  const head = raw.toString('utf8', 0, Math.min(end < 0 ? raw.length : end, MOST_HEADERS)).replace(/\r\n(?=[ \t])/g, '')
  const value = (name: string): string => new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? ''
  return { subject: decodeWords(value('Subject')), messageRef: value('X-Message-Ref') }
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}

function refusal(responseCode: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode })
}
