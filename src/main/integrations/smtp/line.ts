import type { Socket } from 'node:net'
import type { Clock } from '../../kernel/clock.ts'
import { createReplyReader, type Reply } from './reply.ts'

/** A reply, or why none will come. */
export type Answer =
  | ({ readonly kind: 'reply' } & Reply)
  | { readonly kind: 'lost'; readonly cause: string; readonly text: string }

/** An open connection that one sends on and hears replies from, in order. */
export interface Line {
  send(bytes: string | Uint8Array): void
  /** Resolves when everything that was sent is out of the process, or the line is lost. */
  flushed(): Promise<void>
  /** The next reply. It never rejects. */
  answer(withinMs: number): Promise<Answer>
  isOpen(): boolean
  /** True when the server has said something that nobody asked for, such as 421 while idle. */
  hasUnread(): boolean
  onLost(run: () => void): void
  /** Ends the line at once; whoever waits hears `cause`. */
  drop(cause: string): void
  /** Gives the socket away, for TLS; the line hears no more. Null when something unread is there: it may be smuggled in. */
  release(): Socket | null
}

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly cancel: () => void
}

/** A line over a connected socket. */
export function openLine(socket: Socket, clock: Clock): Line {
  const reader = createReplyReader()
  const unread: Reply[] = []
  const waiting: Waiting[] = []
  let lost: Answer | null = null
  let whenLost: () => void = () => undefined

  function lose(cause: string, text: string): void {
    if (lost) return
    lost = { kind: 'lost', cause, text }
    for (const one of waiting.splice(0)) {
      one.cancel()
      one.resolve(lost)
    }
    socket.destroy()
    whenLost()
  }

  const onData = (chunk: Buffer): void => {
    const replies = reader.take(chunk.toString('utf8'))
    if (replies === null) {
      lose('garbled', 'The server answered with something that is not SMTP')
      return
    }
    for (const reply of replies) {
      const first = waiting.shift()
      if (first) {
        first.cancel()
        first.resolve({ kind: 'reply', ...reply })
      } else unread.push(reply)
    }
  }
  const onError = (error: Error & { code?: string }): void => lose(error.code ?? 'error', error.message)
  const onClose = (): void => lose('closed', 'The server closed the connection')
  socket.on('data', onData)
  socket.on('error', onError)
  socket.on('end', onClose)
  socket.on('close', onClose)

  return {
    send(bytes) {
      if (lost) return
      if (typeof bytes === 'string') socket.write(bytes, 'utf8')
      else socket.write(bytes)
    },
    flushed: () =>
      new Promise(resolve => {
        if (lost || socket.writableLength === 0) resolve()
        else socket.write('', () => resolve())
      }),
    answer(withinMs) {
      const reply = unread.shift()
      if (reply) return Promise.resolve({ kind: 'reply', ...reply })
      if (lost) return Promise.resolve(lost)
      return new Promise(resolve => {
        const cancel = clock.after(withinMs, () =>
          lose('timeout', `The server did not answer within ${Math.round(withinMs / 1000)} seconds`),
        )
        waiting.push({ resolve, cancel })
      })
    },
    isOpen: () => lost === null,
    hasUnread: () => unread.length > 0,
    onLost(run) {
      whenLost = run
    },
    drop: cause => lose(cause, 'The connection was ended by Tidings'),
    release() {
      if (lost || unread.length > 0 || reader.isPartial()) return null
      socket.off('data', onData)
      socket.off('error', onError)
      socket.off('end', onClose)
      socket.off('close', onClose)
      lost = { kind: 'lost', cause: 'released', text: '' }
      return socket
    },
  }
}
