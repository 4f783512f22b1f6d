import type { Clock } from '../../kernel/clock.ts'
import type { Composer } from '../mime/compose.ts'
import { type MailStyle, PLAIN_STYLE } from '../mime/mail-style.ts'
import { type Provider, type SendOutcome, WRONG_CHANNEL } from '../provider.ts'
import { createConnectionPool, type Lent } from './connection-pool.ts'
import type { Endpoint, Login } from './endpoint.ts'
import { fault, outcomeOf } from './outcome.ts'
import type { Failure } from './stage.ts'
import { type Parcel, type Transferred, transfer } from './transfer.ts'

/** What an SMTP provider needs. */
export interface SmtpProviderParts {
  readonly endpoint: Endpoint
  /** Asked each time a connection is made, and not kept. */
  readonly login: () => Promise<Login | Failure>
  /** Hears which login a server refused. */
  readonly onLoginRefused?: (login: Login) => void
  /** Ends what the login keeps open. */
  readonly closeLogin?: () => Promise<void>
  /** How many connections at most. */
  readonly concurrency: number
  readonly clock: Clock
  readonly compose: Composer
  /** How its messages are written; plainly when it is left out. */
  readonly mail?: MailStyle
}

/** Sends by SMTP over connections of its own. */
export function createSmtpProvider(parts: SmtpProviderParts): Provider {
  const { clock, compose } = parts
  const mail = parts.mail ?? PLAIN_STYLE
  const pool = createConnectionPool(parts.concurrency, parts)

  async function carry(parcel: Parcel, fresh: boolean, signal: AbortSignal): Promise<Transferred> {
    const lent = await pool.borrow(fresh, signal)
    if (lent.kind !== 'lent') return lent
    const result = await transfer(lent.session, parcel, { leftOver: lent.leftOver, signal, clock })
    if (isGoodbye(result)) lent.session.line.drop('goodbye')
    pool.giveBack(lent, result.kind !== 'taken')
    return wasStale(lent, result) && !signal.aborted ? carry(parcel, true, signal) : result
  }

  return {
    mail,
    async send(envelope, signal): Promise<SendOutcome> {
      if (envelope.channel !== 'email') return WRONG_CHANNEL
      const composed = envelope.ready ?? compose(envelope, mail)
      if (composed.kind === 'refused') {
        return { kind: 'rejected', fault: fault('permanent_message', 'compose', composed.reason) }
      }
      const parcel: Parcel = {
        from: composed.mailFrom,
        to: envelope.to,
        bytes: composed.bytes,
        needsSmtpUtf8: composed.needsSmtpUtf8,
      }
      return outcomeOf(await carry(parcel, false, signal))
    },
    async close() {
      await pool.close()
      await parts.closeLogin?.()
    },
  }
}

// 421: the server closes the connection with this reply (RFC 5321 section 3.8).
function isGoodbye(result: Transferred): boolean {
  return result.kind === 'refused' && result.code === 421
}

/**
 * A connection that lay idle may have been closed by the server meanwhile, which shows only at the next command. Nothing of
 * the message was said, so a fresh connection is not a second attempt.
 */
function wasStale(lent: Lent, result: Transferred): boolean {
  if (!lent.used || result.kind === 'taken' || result.stage !== 'sender') return false
  return result.kind === 'lost' ? result.cause !== 'timeout' && result.cause !== 'aborted' : isGoodbye(result)
}
