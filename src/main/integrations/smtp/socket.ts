import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import type { Clock } from '../../kernel/clock.ts'
import { type Endpoint, isLoopback } from './endpoint.ts'
import type { Failure, Stage } from './stage.ts'

/** A connected socket, or why there is none. */
export type Connected = { readonly kind: 'socket'; readonly socket: Socket } | Failure

const MOST_MS = 30_000

/** Connects to a server, with TLS from the first byte where the endpoint says so. It never throws. */
export async function connectSocket(endpoint: Endpoint, clock: Clock): Promise<Connected> {
  const { host, port, security } = endpoint
  if (security === 'none' && !isLoopback(host)) {
    return { kind: 'lost', stage: 'connect', cause: 'insecure', text: 'Without TLS only this machine may be spoken to' }
  }
  const socket = connectTcp({ host, port, noDelay: true })
  let stage: Stage = isIP(host) ? 'connect' : 'resolve'
  socket.once('lookup', error => {
    if (!error) stage = 'connect'
  })
  const connected = await until(socket, 'connect', clock, () => stage)
  return connected.kind === 'socket' && security === 'tls' ? secureSocket(socket, endpoint, clock) : connected
}

/** Puts TLS (1.2 or newer, certificate checked unless the endpoint says otherwise) over a connected socket. */
export async function secureSocket(socket: Socket, endpoint: Endpoint, clock: Clock): Promise<Connected> {
  const secure: TLSSocket = connectTls({
    socket,
    host: endpoint.host,
    ...(isIP(endpoint.host) ? {} : { servername: endpoint.host }),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: !endpoint.allowInvalidCertificate,
  })
  return until(secure, 'secureConnect', clock, () => 'tls')
}

function until(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  clock: Clock,
  stage: () => Stage,
): Promise<Connected> {
  return new Promise(resolve => {
    const settle = (result: Connected): void => {
      cancel()
      socket.off(event, onReady)
      socket.off('error', onError)
      socket.off('close', onClose)
      if (result.kind !== 'socket') {
        // A late error of a socket that was given up must not end the process.
        socket.on('error', () => undefined)
        socket.destroy()
      }
      resolve(result)
    }
    const fail = (cause: string, text: string): void => settle({ kind: 'lost', stage: stage(), cause, text })
    const onReady = (): void => settle({ kind: 'socket', socket })
    const onError = (error: Error & { code?: string }): void =>
      fail(error.code ?? 'error', error.message || (error.code ?? 'The connection failed'))
    const onClose = (): void => fail('closed', 'The server closed the connection')
    const cancel = clock.after(MOST_MS, () =>
      fail('timeout', `The server did not answer within ${MOST_MS / 1000} seconds`),
    )
    socket.once(event, onReady)
    socket.once('error', onError)
    socket.once('close', onClose)
  })
}
