import type { SenderDiagnosis } from '../../../shared/contract/senders.ts'
import { redact } from '../../kernel/log.ts'
import type { Endpoint } from './endpoint.ts'
import { remedyFor } from './remedy.ts'
import { openSession, type Session, type SessionWish } from './session.ts'
import { type Failure, failureOf, type Stage } from './stage.ts'

type Step = SenderDiagnosis['steps'][number]['step']

const STEPS: readonly Step[] = ['dns', 'tcp', 'tls', 'greeting', 'login', 'sender']
const STEP_OF: Readonly<Record<Stage, Step>> = {
  resolve: 'dns',
  connect: 'tcp',
  tls: 'tls',
  greeting: 'greeting',
  hello: 'greeting',
  login: 'login',
  sender: 'sender',
  recipient: 'sender',
  data: 'sender',
  end: 'sender',
}
const COMMAND_MS = 30_000

/** Tries an account as far as naming the sender, and takes that back: nothing is sent. Says what fails and what to do. */
export async function diagnose(
  wish: Pick<SessionWish, 'endpoint' | 'login' | 'clock'>,
  fromAddress: string,
): Promise<SenderDiagnosis> {
  const details = new Map<Step, string>()
  const session = await openSession({
    ...wish,
    onStep: (stage, text) => details.set(STEP_OF[stage], text),
    onLine: () => undefined,
  })
  const failure = session.kind === 'session' ? await trySender(session, fromAddress) : session
  if (failure?.stage !== 'resolve') details.set('dns', details.get('dns') ?? wish.endpoint.host)
  if (wish.endpoint.security === 'none' && details.has('greeting'))
    details.set('tls', 'Not used: the server is this machine')
  if (!failure) details.set('sender', `The server sends for ${fromAddress}`)
  return report(details, failure, wish.endpoint)
}

async function trySender({ line }: Session, fromAddress: string): Promise<Failure | null> {
  line.send(`MAIL FROM:<${fromAddress.replace(/[\s<>]/g, '')}>\r\n`)
  const failure = failureOf('sender', await line.answer(COMMAND_MS), 250)
  line.send('RSET\r\nQUIT\r\n')
  await line.answer(COMMAND_MS)
  line.drop('quit')
  return failure
}

function report(details: ReadonlyMap<Step, string>, failure: Failure | null, endpoint: Endpoint): SenderDiagnosis {
  const failedAt = failure ? STEPS.indexOf(STEP_OF[failure.stage]) : STEPS.length
  return {
    ok: failure === null,
    steps: STEPS.map((step, at) => {
      if (failure && at === failedAt) {
        return { step, state: 'failed', detail: saidBy(failure), remedy: remedyFor(failure, endpoint) }
      }
      const detail = details.get(step)
      // With STARTTLS the greeting comes before TLS, so a step after the failed one may have succeeded.
      return detail === undefined
        ? { step, state: 'not_reached', detail: '', remedy: '' }
        : { step, state: 'ok', detail, remedy: '' }
    }),
  }
}

function saidBy(failure: Failure): string {
  if (failure.kind === 'refused') {
    return `The server answered ${`${failure.code} ${failure.enhanced}`.trim()}: ${redact(failure.text).slice(0, 300)}`
  }
  return failure.kind === 'lost' ? `${failure.text} (${failure.cause})` : failure.text
}
