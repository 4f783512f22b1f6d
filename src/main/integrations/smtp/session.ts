import { isIPv6, type Socket } from 'node:net'
import type { Clock } from '../../kernel/clock.ts'
import type { Endpoint, Login } from './endpoint.ts'
import { type Line, openLine } from './line.ts'
import { logIn } from './login.ts'
import { connectSocket, secureSocket } from './socket.ts'
import { type Failure, failureOf, type Stage, unsupported } from './stage.ts'

/** A signed-in connection that is ready for a message. */
export interface Session {
  readonly kind: 'session'
  readonly line: Line
  readonly offers: Offers
}

/** What a server says it can do (RFC 5321 section 4.1.1.1). */
export interface Offers {
  readonly pipelining: boolean
  readonly smtpUtf8: boolean
  readonly size: boolean
  readonly startTls: boolean
  readonly login: readonly string[]
}

// RFC 5321 section 4.5.3.2 asks for five minutes; a person who waits for a campaign is served better by an early retry.
const GREETING_MS = 60_000
const COMMAND_MS = 60_000

/** How a session came about, step by step; `onStep` hears each step that succeeded. */
export interface SessionWish {
  readonly endpoint: Endpoint
  /** Read only when the server has been reached. */
  readonly login: () => Promise<Login | Failure>
  /** Hears which login a server refused, so that a token is not tried again. */
  readonly onLoginRefused?: (login: Login) => void
  readonly clock: Clock
  readonly onStep: (stage: Stage, text: string) => void
  /** Hears of the line at once, so that it can be dropped from outside. */
  readonly onLine: (line: Line) => void
}

/** Connects, greets, secures and signs in. It never throws. */
export async function openSession(wish: SessionWish): Promise<Session | Failure> {
  const { endpoint, clock } = wish
  const connected = await connectSocket(endpoint, clock)
  if (connected.kind !== 'socket') return connected
  let { socket } = connected
  wish.onStep('resolve', socket.remoteAddress ?? endpoint.host)
  wish.onStep('connect', `Connected to port ${endpoint.port}`)
  if (endpoint.security === 'tls') wish.onStep('tls', protocolOf(socket))
  let line = openLine(socket, clock)
  wish.onLine(line)

  const greeting = failureOf('greeting', await line.answer(GREETING_MS), 220)
  if (greeting) return given(line, greeting)
  let offers = await hello(line, socket)
  if ('kind' in offers) return given(line, offers)
  wish.onStep('greeting', 'The server speaks SMTP')

  if (endpoint.security === 'starttls') {
    const secured = await upgrade(line, offers, wish)
    if (secured.kind !== 'socket') return given(line, secured)
    socket = secured.socket
    wish.onStep('tls', protocolOf(socket))
    line = openLine(socket, clock)
    wish.onLine(line)
    // What was said before TLS may have been said by anybody (RFC 3207 section 4.2).
    offers = await hello(line, socket)
    if ('kind' in offers) return given(line, offers)
  }

  const login = await wish.login()
  if ('kind' in login) return given(line, login)
  const refused = await logIn(line, offers.login, login, COMMAND_MS)
  if (refused) {
    wish.onLoginRefused?.(login)
    return given(line, refused)
  }
  wish.onStep('login', login.user === '' ? 'No login is asked for' : 'The login was accepted')
  return { kind: 'session', line, offers }
}

async function hello(line: Line, socket: Socket): Promise<Offers | Failure> {
  // An address literal (RFC 5321 section 4.1.3) says no more of this machine than the connection does.
  const address = (socket.localAddress ?? '127.0.0.1').replace(/^::ffff:/i, '')
  line.send(`EHLO [${isIPv6(address) ? 'IPv6:' : ''}${address}]\r\n`)
  const answer = await line.answer(COMMAND_MS)
  const failed = failureOf('hello', answer, 250)
  if (failed) return failed
  return offersOf(answer.kind === 'reply' ? answer.lines : [])
}

/** Reads what a server offers from the lines of its answer to EHLO. */
export function offersOf(lines: readonly string[]): Offers {
  const words = lines.slice(1).map(line =>
    line
      .trim()
      .toUpperCase()
      .split(/[\s=]+/),
  )
  const has = (name: string): boolean => words.some(([first]) => first === name)
  return {
    pipelining: has('PIPELINING'),
    smtpUtf8: has('SMTPUTF8'),
    size: has('SIZE'),
    startTls: has('STARTTLS'),
    // `AUTH=PLAIN` is an old way to write it that some servers still add.
    login: words.flatMap(([first, ...rest]) => (first === 'AUTH' ? rest : [])),
  }
}

async function upgrade(line: Line, offers: Offers, wish: SessionWish) {
  if (!offers.startTls) {
    return unsupported('tls', 'no_starttls', 'The server does not offer STARTTLS, so the connection cannot be secured')
  }
  line.send('STARTTLS\r\n')
  const refused = failureOf('tls', await line.answer(COMMAND_MS), 220)
  if (refused) return refused
  const socket = line.release()
  if (!socket) return unsupported('tls', 'injected', 'The server sent something between STARTTLS and TLS')
  return secureSocket(socket, wish.endpoint, wish.clock)
}

function given(line: Line, failure: Failure): Failure {
  line.drop('given_up')
  return failure
}

function protocolOf(socket: Socket): string {
  return 'getProtocol' in socket && typeof socket.getProtocol === 'function' ? String(socket.getProtocol()) : 'TLS'
}
