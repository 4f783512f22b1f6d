import { z } from 'zod'
import type { Clock } from '../../../kernel/clock.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { acceptance, apiFault, refusal, sendOutcome } from '../../http/send-outcome.ts'
import { type Provider, type SendOutcome, WRONG_CHANNEL } from '../../provider.ts'
import type { ApiLine } from '../api-line.ts'
import type { SettingsOf } from '../kind.ts'
import { twilioGet, twilioPost } from '../twilio/api.ts'
import { classOfTwilioCode, twilioRefusal } from '../twilio/classify.ts'
import { foundIn, LOOKED_AT } from './look-up.ts'
import { MessagePage, pollMessages } from './message-list.ts'
import { smsForm } from './payload.ts'

const Taken = z.object({ sid: z.string(), status: z.string(), error_code: z.number().int().nullish() })
const MOST_CHARACTERS = 1600

/** SMS by Twilio's Messages resource (standards.md 2.4). */
export function createTwilioSms(settings: SettingsOf<'twilio_sms'>, line: ApiLine, clock: Clock): Provider {
  const { client, key } = line
  return {
    async send(envelope, signal) {
      if (envelope.channel !== 'sms') return WRONG_CHANNEL
      const unsendable = unsendableText(envelope.text)
      if (unsendable !== null) return unsendable
      const known = await key()
      if (known.kind === 'missing') return refusal(known.fault, null)
      const request = twilioPost(settings, known.text, '/Messages.json', smsForm(settings, envelope))
      return sendOutcome(await client.request(request, signal), answer => readAnswer(answer, clock.now()))
    },
    async poll(cursor, signal) {
      const known = await key()
      if (known.kind === 'missing') return { kind: 'failed', fault: known.fault, retryAfterMs: null }
      const ask = (path: string) => twilioGet(settings, known.text, path)
      return pollMessages(cursor, ask, client, { now: clock.now(), signal })
    },
    async lookUp(question, signal) {
      const known = await key()
      if (known.kind === 'missing') return { kind: 'unclear', reason: known.fault.reply }
      const path = `/Messages.json?To=${encodeURIComponent(question.to)}&PageSize=${LOOKED_AT}`
      const outcome = await client.request(twilioGet(settings, known.text, path), signal)
      const page = outcome.kind === 'answered' && outcome.status === 200 ? readJson(outcome, MessagePage) : null
      if (page === null) return { kind: 'unclear', reason: 'The provider could not be asked' }
      return foundIn(page.messages, question, !page.next_page_uri)
    },
    close: () => client.close(),
  }
}

function unsendableText(text: string): SendOutcome | null {
  if (text.trim() === '') return refusal(apiFault('permanent_message', '21602', 'The message is empty'), null)
  return text.length > MOST_CHARACTERS
    ? refusal(apiFault('permanent_message', '21617', 'The message has more than 1,600 characters'), null)
    : null
}

function readAnswer(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status < 200 || answer.status > 299) return twilioRefusal(answer, now)
  const taken = readJson(answer, Taken)
  const code = taken?.error_code ?? null
  if (taken?.status === 'failed' && code !== null) {
    return refusal(apiFault(classOfTwilioCode(code) ?? 'permanent_message', String(code), 'Refused at once'), null)
  }
  return acceptance(answer, taken?.sid ?? null)
}
