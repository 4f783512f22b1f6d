import { z } from 'zod'
import { type Clock, delay, minutes, seconds } from '../../../kernel/clock.ts'
import { readJson } from '../../http/read-json.ts'
import { acceptance, apiFault, refusal, sendOutcome } from '../../http/send-outcome.ts'
import { type LookedUp, type LookUpQuestion, type Provider, type SendOutcome, WRONG_CHANNEL } from '../../provider.ts'
import type { ApiLine } from '../api-line.ts'
import type { SettingsOf } from '../kind.ts'
import { twilioGet, twilioPost } from '../twilio/api.ts'
import { twilioRefusal } from '../twilio/classify.ts'
import { outcomeOfCall } from './call-outcome.ts'
import { callForm } from './payload.ts'
import { MOST_TWIML, twimlOf } from './twiml.ts'

const ReadCall = z
  .object({
    sid: z.string(),
    status: z.string(),
    answered_by: z.string().nullish(),
    date_created: z.string().nullish(),
    direction: z.string().nullish(),
  })
  .transform(call => ({
    sid: call.sid,
    status: call.status,
    answeredBy: call.answered_by ?? null,
    createdAt: call.date_created == null ? Number.NaN : Date.parse(call.date_created),
    isOurs: call.direction !== 'inbound',
  }))
const CallList = z.object({ calls: z.array(ReadCall), next_page_uri: z.string().nullish() })

const ASK_AGAIN_MS = seconds(4)
// Thirty seconds of ringing, a greeting, and a script of 4,000 characters read out.
const LONGEST_CALL_MS = minutes(8)
const NEAR_MS = minutes(5)

/**
 * Calls by Twilio with the words in the request (standards.md 4). A call is sent when it has ended: `send` asks for it until
 * then, so that a busy line is a call that did not happen. Stopping meanwhile leaves a call that goes on by itself: it counts
 * as made.
 */
export function createTwilioVoice(settings: SettingsOf<'twilio_voice'>, line: ApiLine, clock: Clock): Provider {
  const { client, key } = line

  async function place(to: string, twiml: string, signal: AbortSignal): Promise<SendOutcome> {
    const known = await key()
    if (known.kind === 'missing') return refusal(known.fault, null)
    const request = twilioPost(settings, known.text, '/Calls.json', callForm(settings, { to, twiml }))
    return sendOutcome(await client.request(request, signal), answer =>
      answer.status >= 200 && answer.status <= 299
        ? acceptance(answer, readJson(answer, ReadCall)?.sid ?? null)
        : twilioRefusal(answer, clock.now()),
    )
  }

  async function follow(placed: Extract<SendOutcome, { kind: 'accepted' }>, signal: AbortSignal): Promise<SendOutcome> {
    const until = clock.now() + LONGEST_CALL_MS
    while (!signal.aborted && clock.now() < until) {
      await pause(clock, ASK_AGAIN_MS, signal)
      const known = await key()
      if (known.kind === 'missing') break
      const path = `/Calls/${encodeURIComponent(placed.providerMessageId)}.json`
      const outcome = await client.request(twilioGet(settings, known.text, path), signal)
      const call = outcome.kind === 'answered' && outcome.status === 200 ? readJson(outcome, ReadCall) : null
      const ended = call === null ? null : outcomeOfCall(call)
      if (ended !== null) return ended
    }
    return { ...placed, reply: 'The call was placed; how it ended is not known' }
  }

  return {
    async send(envelope, signal) {
      if (envelope.channel !== 'voice') return WRONG_CHANNEL
      const twiml = twimlOf(envelope)
      if (envelope.text.trim() === '' || twiml.length > MOST_TWIML) {
        const why = envelope.text.trim() === '' ? 'There is nothing to say' : 'The script is longer than Twilio takes'
        return refusal(apiFault('permanent_message', 'script', why), null)
      }
      const placed = await place(envelope.to, twiml, signal)
      return placed.kind === 'accepted' ? follow(placed, signal) : placed
    },

    async lookUp(question, signal) {
      const known = await key()
      if (known.kind === 'missing') return { kind: 'unclear', reason: known.fault.reply }
      const path = `/Calls.json?To=${encodeURIComponent(question.to)}&PageSize=200`
      const outcome = await client.request(twilioGet(settings, known.text, path), signal)
      const list = outcome.kind === 'answered' && outcome.status === 200 ? readJson(outcome, CallList) : null
      return list === null ? { kind: 'unclear', reason: 'The provider could not be asked' } : found(list, question)
    },
    close: () => client.close(),
  }
}

function found(list: z.infer<typeof CallList>, { startedAt }: LookUpQuestion): LookedUp {
  const ours = list.calls.filter(call => call.isOurs)
  const near = ours.filter(call => Math.abs(call.createdAt - startedAt) <= NEAR_MS)
  const [only] = near
  if (only === undefined) {
    const reachesBack = !list.next_page_uri || ours.some(call => call.createdAt < startedAt - NEAR_MS)
    return reachesBack
      ? { kind: 'absent' }
      : { kind: 'unclear', reason: 'The list of the provider does not go back so far' }
  }
  return near.length === 1
    ? { kind: 'taken', providerMessageId: only.sid }
    : { kind: 'unclear', reason: 'The provider placed several calls to this number at that time' }
}

/** Waits, and no longer than until it is stopped. */
async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const stopped = new Promise<void>(resolve => signal.addEventListener('abort', () => resolve(), { once: true }))
  await Promise.race([delay(clock, ms), stopped])
}
