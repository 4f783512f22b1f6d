import { timingSafeEqual } from 'node:crypto'
import { type Clock, hours } from '../../kernel/clock.ts'
import type { Random } from '../../kernel/random.ts'

/** Who may use the loopback surface. Tokens are 256 random bits; nothing of them is kept on disk but the command line's. */
export interface Sessions {
  /** For the command line: sent as `Authorization: Bearer …`, valid as long as this process runs. */
  readonly commandToken: string
  /** A token that one page may exchange for a session, once. */
  invite(): string
  /** Exchanges an invitation; null when it is unknown or was used. */
  open(invitation: string): string | null
  /** True for a session that is open and was used within the idle time-out; using it keeps it open. */
  isOpen(session: string): boolean
  isCommandToken(token: string): boolean
}

// A page that shows the application asks every few seconds; one that was forgotten since yesterday loses its way in.
const IDLE_TIMEOUT_MS = hours(12)
// What was printed and never opened is worth nothing after a day, and the list cannot grow without end.
const MOST_INVITATIONS = 100

/** Sessions in memory: they end with the process. */
export function createSessions(clock: Clock, random: Random): Sessions {
  const token = (): string => Buffer.from(random.bytes(32)).toString('base64url')
  const invitations = new Set<string>()
  const lastUsed = new Map<string, number>()
  const commandToken = token()
  return {
    commandToken,
    invite() {
      const invitation = token()
      invitations.add(invitation)
      const oldest = invitations.values().next()
      if (invitations.size > MOST_INVITATIONS && !oldest.done) invitations.delete(oldest.value)
      return invitation
    },
    open(invitation) {
      if (!invitations.delete(invitation)) return null
      const session = token()
      lastUsed.set(session, clock.now())
      return session
    },
    isOpen(session) {
      const used = lastUsed.get(session)
      if (used === undefined) return false
      if (clock.now() - used > IDLE_TIMEOUT_MS) {
        lastUsed.delete(session)
        return false
      }
      lastUsed.set(session, clock.now())
      return true
    },
    isCommandToken: given => sameText(given, commandToken),
  }
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}
