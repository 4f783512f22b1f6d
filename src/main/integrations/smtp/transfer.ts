import type { Clock } from '../../kernel/clock.ts'
import type { Answer } from './line.ts'
import type { Session } from './session.ts'
import { type Failure, failureOf, unsupported } from './stage.ts'

/** A message for the wire. */
export interface Parcel {
  readonly from: string
  readonly to: string
  /** CRLF lines, the last one ended. */
  readonly bytes: Uint8Array
  readonly needsSmtpUtf8: boolean
}

/** The server took the message, or where and how it did not. */
export type Transferred =
  | { readonly kind: 'taken'; readonly code: number; readonly enhanced: string; readonly text: string }
  | Failure

// RFC 5321 section 4.5.3.2: five minutes for a command is for relays that queue; ten after the final dot are kept, because
// giving up there leaves a message in doubt.
const COMMAND_MS = 60_000
const DATA_MS = 120_000
const END_MS = 600_000
const HURRIED_END_MS = 5_000
// Above this the final dot waits until all that goes before has left the process, so that a line that breaks in the middle
// of a large message is known to be a message that was not sent.
const SURE_ABOVE = 65_536

const ADDRESS = /^[^\s<>\p{Cc}]*$/u

/**
 * Sends one message over a session. `leftOver` says that a transaction is half open and must be reset first. It never throws
 * and it never repeats anything. `signal` ends the line before the final dot; after it the answer is still awaited, for
 * five seconds.
 */
export async function transfer(
  session: Session,
  parcel: Parcel,
  wish: { readonly leftOver: boolean; readonly signal: AbortSignal; readonly clock: Clock },
): Promise<Transferred> {
  const { line } = session
  if (parcel.needsSmtpUtf8 && !session.offers.smtpUtf8) {
    return unsupported('recipient', '5.6.7', 'The address needs SMTPUTF8, which the server does not offer')
  }
  if (!ADDRESS.test(parcel.from) || !ADDRESS.test(parcel.to)) {
    return unsupported('recipient', '5.1.3', 'The address cannot be written in a command')
  }
  if (wish.signal.aborted) return { kind: 'lost', stage: 'sender', cause: 'aborted', text: 'Sending was stopped' }

  let atEnd = false
  let cancelHurry = (): void => undefined
  const onAbort = (): void => {
    if (!atEnd) line.drop('aborted')
    else cancelHurry = wish.clock.after(HURRIED_END_MS, () => line.drop('aborted'))
  }
  wish.signal.addEventListener('abort', onAbort, { once: true })
  try {
    const refused = await (session.offers.pipelining ? announceAtOnce : announceStepwise)(
      session,
      parcel,
      wish.leftOver,
    )
    if (refused) return refused
    // One reply too many, and the next ones would be taken for answers to something else.
    if (line.hasUnread()) {
      line.drop('garbled')
      return {
        kind: 'lost',
        stage: 'data',
        cause: 'garbled',
        text: 'The server gave more replies than it was asked for',
      }
    }
    const content = stuffed(parcel.bytes)
    if (content.length > SURE_ABOVE) {
      line.send(content)
      await line.flushed()
      if (!line.isOpen()) {
        const answer = await line.answer(0)
        return failureOf('data', answer, 250) ?? unsupported('data', 'early', 'The server answered before the end')
      }
      atEnd = true
      line.send('.\r\n')
    } else {
      atEnd = true
      line.send(withFinalDot(content))
    }
    return verdictOf(await line.answer(END_MS))
  } finally {
    wish.signal.removeEventListener('abort', onAbort)
    cancelHurry()
  }
}

function verdictOf(answer: Answer): Transferred {
  const failed = failureOf('end', answer, 250)
  if (answer.kind === 'reply' && !failed) {
    return { kind: 'taken', code: answer.code, enhanced: answer.enhanced, text: answer.text }
  }
  // A 3xx here means that the dialogue is out of step: whether the message was taken cannot be known.
  if (answer.kind === 'reply' && answer.code < 400) {
    return {
      kind: 'lost',
      stage: 'end',
      cause: 'garbled',
      text: `The server answered ${answer.code} to a whole message`,
    }
  }
  return failed ?? { kind: 'lost', stage: 'end', cause: 'garbled', text: '' }
}

/** MAIL, RCPT and DATA in one packet (RFC 2920). */
async function announceAtOnce(session: Session, parcel: Parcel, leftOver: boolean): Promise<Failure | null> {
  const { line } = session
  line.send(`${leftOver ? 'RSET\r\n' : ''}${mailCommand(session, parcel)}RCPT TO:<${parcel.to}>\r\nDATA\r\n`)
  const reset = leftOver ? failureOf('sender', await line.answer(COMMAND_MS), 250) : null
  const sender = failureOf('sender', await line.answer(COMMAND_MS), 250)
  const recipient = failureOf('recipient', await line.answer(COMMAND_MS), 250)
  const data = failureOf('data', await line.answer(DATA_MS), 354)
  const refused = reset ?? sender ?? recipient
  if (refused && !data) {
    // RFC 2920 section 3.1: a server may open DATA although it refused the recipient; it is closed with nothing in it.
    line.send('.\r\n')
    await line.answer(COMMAND_MS)
  }
  return refused ?? data
}

async function announceStepwise(session: Session, parcel: Parcel, leftOver: boolean): Promise<Failure | null> {
  const { line } = session
  if (leftOver) {
    line.send('RSET\r\n')
    const reset = failureOf('sender', await line.answer(COMMAND_MS), 250)
    if (reset) return reset
  }
  line.send(mailCommand(session, parcel))
  const sender = failureOf('sender', await line.answer(COMMAND_MS), 250)
  if (sender) return sender
  line.send(`RCPT TO:<${parcel.to}>\r\n`)
  const recipient = failureOf('recipient', await line.answer(COMMAND_MS), 250)
  if (recipient) return recipient
  line.send('DATA\r\n')
  return failureOf('data', await line.answer(DATA_MS), 354)
}

function mailCommand({ offers }: Session, parcel: Parcel): string {
  const size = offers.size ? ` SIZE=${parcel.bytes.length}` : ''
  return `MAIL FROM:<${parcel.from}>${size}${parcel.needsSmtpUtf8 ? ' SMTPUTF8' : ''}\r\n`
}

const DOT = 46
const LF = 10

/** The content with a dot before each line that begins with one (RFC 5321 section 4.5.2). What we compose has none. */
export function stuffed(bytes: Uint8Array): Uint8Array {
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (content[0] !== DOT && content.indexOf('\n.', 0, 'latin1') < 0) return bytes
  const pieces: Uint8Array[] = []
  let from = 0
  for (let i = 0; i < content.length; i++) {
    if (content[i] === DOT && (i === 0 || content[i - 1] === LF)) {
      pieces.push(content.subarray(from, i), Uint8Array.of(DOT))
      from = i
    }
  }
  pieces.push(content.subarray(from))
  return Buffer.concat(pieces)
}

const FINAL_DOT = Uint8Array.from([DOT, 13, LF])

function withFinalDot(content: Uint8Array): Uint8Array {
  return Buffer.concat([content, FINAL_DOT])
}
