import type { Cancel } from '../../kernel/clock.ts'
import type { Line } from './line.ts'
import { openSession, type Session, type SessionWish } from './session.ts'
import type { Failure } from './stage.ts'

/** A connection that is lent out to carry one message. */
export interface Lent {
  readonly kind: 'lent'
  readonly session: Session
  /** It has carried messages before; the server may have closed it meanwhile. */
  readonly used: boolean
  readonly leftOver: boolean
}

/** Connections of one account. */
export interface ConnectionPool {
  /** A free connection, or a new one; waits while as many as allowed are lent. Wants `fresh` when the last one was stale. */
  borrow(fresh: boolean, signal: AbortSignal): Promise<Lent | Failure>
  /** Hands it back; `leftOver` when the transaction was not finished, so that the next one resets it first. */
  giveBack(lent: Lent, leftOver: boolean): void
  /** Ends idle connections, and the others when they come back. */
  close(): Promise<void>
}

interface Kept {
  readonly session: Session
  carried: number
  leftOver: boolean
  cancelIdle: Cancel
}

// Providers cut connections after 100 to 200 messages or 20 minutes (standards.md 1.5).
const MOST_MESSAGES = 100
const IDLE_MS = 15_000
const STOPPED: Failure = { kind: 'lost', stage: 'connect', cause: 'aborted', text: 'Sending was stopped' }

/** A pool of at most `most` connections. */
export function createConnectionPool(
  most: number,
  wish: Pick<SessionWish, 'endpoint' | 'login' | 'onLoginRefused' | 'clock'>,
): ConnectionPool {
  const { clock } = wish
  const idle: Kept[] = []
  const lentOut = new Map<Session, Kept>()
  const waiting: (() => void)[] = []
  const ending = new Set<Promise<void>>()
  let opening = 0
  let closed = false

  function retire(kept: Kept): void {
    kept.cancelIdle()
    const { line } = kept.session
    if (!line.isOpen()) return
    line.onLost(() => undefined)
    line.send('QUIT\r\n')
    const ended = line.answer(QUIT_MS).then(() => line.drop('quit'))
    ending.add(ended)
    void ended.finally(() => ending.delete(ended))
  }

  function takeIdle(fresh: boolean): Kept | null {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      kept.cancelIdle()
      if (!fresh && kept.session.line.isOpen() && !kept.session.line.hasUnread()) return kept
      retire(kept)
    }
    return null
  }

  function forget(kept: Kept): void {
    kept.cancelIdle()
    const at = idle.indexOf(kept)
    if (at >= 0) idle.splice(at, 1)
  }

  async function connect(signal: AbortSignal): Promise<Kept | Failure> {
    let line: Line | null = null
    let giveUp = (): void => undefined
    const aborted = new Promise<Failure>(resolve => {
      giveUp = () => {
        line?.drop('aborted')
        resolve(STOPPED)
      }
    })
    signal.addEventListener('abort', giveUp, { once: true })
    opening += 1
    const opened = openSession({
      ...wish,
      onStep: () => undefined,
      onLine: fresh => {
        line = fresh
        if (signal.aborted) fresh.drop('aborted')
      },
    })
    try {
      const session = await Promise.race([opened, aborted])
      if (session.kind !== 'session') return session
      const kept: Kept = { session, carried: 0, leftOver: false, cancelIdle: () => undefined }
      session.line.onLost(() => forget(kept))
      return kept
    } finally {
      opening -= 1
      signal.removeEventListener('abort', giveUp)
    }
  }

  /** Waits until a connection comes back, or sending is stopped. */
  async function nextTurn(signal: AbortSignal): Promise<void> {
    let go = (): void => undefined
    const turn = new Promise<void>(resolve => {
      go = resolve
    })
    waiting.push(go)
    signal.addEventListener('abort', go, { once: true })
    await turn
    signal.removeEventListener('abort', go)
    const at = waiting.indexOf(go)
    if (at >= 0) waiting.splice(at, 1)
  }

  return {
    async borrow(fresh, signal) {
      while (lentOut.size + opening >= most && !signal.aborted) await nextTurn(signal)
      if (signal.aborted || closed) return STOPPED
      const kept = takeIdle(fresh) ?? (await connect(signal))
      if ('kind' in kept) {
        waiting.shift()?.()
        return kept
      }
      lentOut.set(kept.session, kept)
      return { kind: 'lent', session: kept.session, used: kept.carried > 0, leftOver: kept.leftOver }
    },
    giveBack(lent, leftOver) {
      const kept = lentOut.get(lent.session)
      if (!kept) return
      lentOut.delete(lent.session)
      kept.carried += 1
      kept.leftOver = leftOver
      if (closed || kept.carried >= MOST_MESSAGES) retire(kept)
      else if (kept.session.line.isOpen()) {
        idle.push(kept)
        kept.cancelIdle = clock.after(IDLE_MS, () => {
          forget(kept)
          retire(kept)
        })
      }
      waiting.shift()?.()
    },
    async close() {
      closed = true
      for (const kept of idle.splice(0)) retire(kept)
      await Promise.all(ending)
    },
  }
}

const QUIT_MS = 2_000
