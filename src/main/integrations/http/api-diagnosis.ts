import type { SenderDiagnosis } from '../../../shared/contract/senders.ts'
import { redact } from '../../kernel/log.ts'
import type { HttpAnswer, HttpOutcome } from './http-outcome.ts'

type Step = SenderDiagnosis['steps'][number]

/** What a check found out, in words for a person. */
export type Finding =
  | { readonly ok: true; readonly detail: string }
  | { readonly ok: false; readonly detail: string; readonly remedy: string }

/** A harmless request, and what its answer says. */
export interface ApiCheck {
  ask(): Promise<HttpOutcome>
  read(answer: HttpAnswer): Finding
}

/**
 * Tries a service step by step: name, connection, encryption, login, sender. Stops at the first failure and says what to do.
 * `sender` is null where nothing can be asked about the sender; then `senderDetail` says so.
 */
export async function diagnoseApi(terms: {
  readonly host: string
  readonly isEncrypted: boolean
  readonly login: ApiCheck
  readonly sender: ApiCheck | { readonly detail: string }
}): Promise<SenderDiagnosis> {
  const { host, isEncrypted, login, sender } = terms
  const steps: Step[] = []
  const first = await login.ask()
  const stage = first.kind === 'refused' ? first.stage : null
  if (first.kind === 'refused' && stage === 'request') {
    return ended(
      steps,
      failed('dns', first.text, 'Check the address and the key: no blanks, no line breaks, https://.'),
    )
  }
  if (first.kind === 'refused' && stage === 'dns') {
    return ended(steps, failed('dns', saidBy(first), `Check how ${host} is written, and that this machine is online.`))
  }
  steps.push(passed('dns', host))
  if (first.kind === 'refused' && stage === 'tcp') {
    const remedy = `Check the network and any firewall: ${host} must be reachable from this machine.`
    return ended(steps, failed('tcp', saidBy(first), remedy))
  }
  steps.push(passed('tcp', 'Connected'))
  if (first.kind === 'refused') {
    const remedy =
      'The certificate is not one that this machine trusts: check the address, and whether a proxy or virus scanner reads along.'
    return ended(steps, failed('tls', saidBy(first), remedy))
  }
  steps.push(passed('tls', isEncrypted ? 'Encrypted' : 'Not used: the server is this machine'))
  const signedIn = found(first, login)
  if (!signedIn.ok) return ended(steps, failed('login', signedIn.detail, signedIn.remedy))
  steps.push(passed('login', signedIn.detail))
  if ('detail' in sender) return ended([...steps, passed('sender', sender.detail)], null)
  const sends = found(await sender.ask(), sender)
  if (!sends.ok) return ended(steps, failed('sender', sends.detail, sends.remedy))
  return ended([...steps, passed('sender', sends.detail)], null)
}

function found(outcome: HttpOutcome, check: ApiCheck): Finding {
  if (outcome.kind === 'answered') return check.read(outcome)
  return { ok: false, detail: saidBy(outcome), remedy: 'Try again in a while; the service did not answer.' }
}

/** A diagnosis that ends at one step; what comes before it was not tried. */
export function failedAt(step: Step['step'], detail: string, remedy: string): SenderDiagnosis {
  const untried = { state: 'not_reached' as const, detail: '', remedy: '' }
  return {
    ok: false,
    steps: ORDER.map(one => (one === step ? failed(one, detail, remedy) : { step: one, ...untried })),
  }
}

/** What an answer says that nobody expected, for a person. */
export function unexpectedAnswer(answer: HttpAnswer, said: string): Finding {
  const detail = `The service answered ${answer.status}${said === '' ? '' : `: ${redact(said).slice(0, 300)}`}`
  return { ok: false, detail, remedy: 'Try again in a while; if it stays, look at the status page of the provider.' }
}

function saidBy(outcome: Exclude<HttpOutcome, HttpAnswer>): string {
  return outcome.code === '' ? outcome.text : `${outcome.text} (${outcome.code})`
}

function passed(step: Step['step'], detail: string): Step {
  return { step, state: 'ok', detail, remedy: '' }
}

function failed(step: Step['step'], detail: string, remedy: string): Step {
  return { step, state: 'failed', detail, remedy }
}

const ORDER: readonly Step['step'][] = ['dns', 'tcp', 'tls', 'login', 'sender']

function ended(passedSteps: readonly Step[], failure: Step | null): SenderDiagnosis {
  const steps = failure === null ? passedSteps : [...passedSteps, failure]
  const rest = ORDER.slice(steps.length).map(step => ({ step, state: 'not_reached' as const, detail: '', remedy: '' }))
  return { ok: failure === null, steps: [...steps, ...rest] }
}
