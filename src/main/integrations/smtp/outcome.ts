import { redact } from '../../kernel/log.ts'
import type { Fault, FaultClass, SendOutcome } from '../provider.ts'
import { classify } from './classify.ts'
import type { Failure, Stage } from './stage.ts'
import type { Transferred } from './transfer.ts'

const MOST_REPLY = 300
const HOURS_MS = 3_600_000

// Before a recipient was named, a refusal is about the account, not about the message.
const ABOUT_ACCOUNT: ReadonlySet<Stage> = new Set(['resolve', 'connect', 'tls', 'greeting', 'hello', 'login', 'sender'])

/** What an attempt came to. The only place where answers of a server become outcomes. */
export function outcomeOf(result: Transferred): SendOutcome {
  switch (result.kind) {
    case 'taken':
      return {
        kind: 'accepted',
        providerMessageId: queueId(result.text),
        reply: `${`${result.code} ${result.enhanced}`.trim()} ${kept(result.text)}`.trim(),
      }
    case 'unsupported':
      return ofUnsupported(result)
    case 'lost':
      // After the final dot the server may have the message, whatever became of the connection.
      return result.stage === 'end'
        ? { kind: 'unknown', fault: fault('uncertain', result.cause, result.text) }
        : { kind: 'throttled', fault: fault('transport', result.cause, result.text), retryAfterMs: null }
    case 'refused':
      return ofRefusal(result)
  }
}

function ofRefusal(refused: Extract<Failure, { kind: 'refused' }>): SendOutcome {
  const why = classify(refused)
  const said = fault(why, `${refused.code} ${refused.enhanced}`.trim(), refused.text)
  switch (why) {
    case 'account':
    case 'transport':
      return { kind: 'throttled', fault: said, retryAfterMs: null }
    case 'rate_limited':
      // "This mailbox gets mail too quickly" is about one recipient: the account need not slow down.
      return refused.enhanced.startsWith('4.2.')
        ? { kind: 'deferred', fault: { ...said, class: 'temporary' } }
        : { kind: 'throttled', fault: said, retryAfterMs: waitOf(refused) }
    default:
      if (ABOUT_ACCOUNT.has(refused.stage)) return { kind: 'throttled', fault: said, retryAfterMs: null }
      return why === 'temporary' || refused.code < 500
        ? { kind: 'deferred', fault: said }
        : { kind: 'rejected', fault: said }
  }
}

function ofUnsupported(failure: Extract<Failure, { kind: 'unsupported' }>): SendOutcome {
  if (failure.stage === 'recipient') {
    return { kind: 'rejected', fault: fault('permanent_message', failure.code, failure.text) }
  }
  const why: FaultClass = failure.stage === 'data' ? 'transport' : 'account'
  return { kind: 'throttled', fault: fault(why, failure.code, failure.text), retryAfterMs: null }
}

/** How long a provider is known to want us to wait; null when it does not say (standards.md 1.7). */
function waitOf({ text, enhanced }: Extract<Failure, { kind: 'refused' }>): number | null {
  if (/\[tss04\]/i.test(text)) return 4 * HOURS_MS
  // A rolling day: some of it is free again within the hour.
  if (enhanced === '5.4.5' || enhanced === '5.1.90' || /\b(daily|quota)\b/i.test(text)) return HOURS_MS
  return null
}

/** A fault as it is kept: the reply short and without addresses. */
export function fault(why: FaultClass, code: string, reply: string): Fault {
  return { class: why, code, reply: kept(reply) }
}

function kept(reply: string): string {
  return redact(reply).slice(0, MOST_REPLY)
}

// What the common servers say: Postfix "queued as 4F…", Exim "id=1t…", Exchange and SES put the id last or first.
function queueId(text: string): string {
  return (
    /queued as ([A-Za-z0-9._-]+)/i.exec(text)?.[1] ??
    /\bid=([A-Za-z0-9._-]+)/.exec(text)?.[1] ??
    /\bOk:? ([A-Za-z0-9][A-Za-z0-9._-]{9,})/i.exec(text)?.[1] ??
    ''
  ).slice(0, 200)
}
