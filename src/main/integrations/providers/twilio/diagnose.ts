import { z } from 'zod'
import { type ApiCheck, type Finding, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import type { HttpAnswer, HttpOutcome, HttpRequest } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { type TwilioAccount, TwilioError, twilioGet } from './api.ts'

type Ask = (request: HttpRequest) => Promise<HttpOutcome>

const Account = z.object({ friendly_name: z.string(), status: z.string(), type: z.string().nullish() })
const Numbers = z.object({
  incoming_phone_numbers: z.array(
    z.object({ phone_number: z.string(), capabilities: z.object({ sms: z.boolean(), voice: z.boolean() }).partial() }),
  ),
})

/** Asks for the account itself: harmless, and only with the right keys. */
export function twilioLogin(account: TwilioAccount, secret: string, ask: Ask): ApiCheck {
  return {
    ask: () => ask(twilioGet(account, secret, '.json')),
    read(answer) {
      const own = readJson(answer, Account)
      if (answer.status === 200 && own) return standing(own)
      if (answer.status === 401) {
        return {
          ok: false,
          detail: 'Twilio refused the keys',
          remedy:
            account.apiKeySid === ''
              ? 'Copy account SID and auth token again from the first page of the Twilio console.'
              : 'Check the SID and the secret of the API key, and that the key belongs to this account.',
        }
      }
      if (answer.status === 404) {
        return {
          ok: false,
          detail: 'Twilio knows no such account',
          remedy: 'Check the account SID: it begins with AC.',
        }
      }
      return unexpectedAnswer(answer, readJson(answer, TwilioError)?.message ?? '')
    },
  }
}

function standing(own: z.infer<typeof Account>): Finding {
  if (own.status !== 'active') {
    return {
      ok: false,
      detail: `The account is ${own.status}`,
      remedy: 'Look at the Twilio console: there is a note on why it is not active.',
    }
  }
  const trial = own.type === 'Trial' ? '; a trial account reaches only numbers that were verified in the console' : ''
  return { ok: true, detail: `Signed in to ${own.friendly_name}${trial}` }
}

/** Asks whether a number belongs to the account and can do what it is for. */
export function twilioNumber(
  account: TwilioAccount,
  secret: string,
  wish: { readonly number: string; readonly for: 'sms' | 'voice' },
  ask: Ask,
): ApiCheck {
  const path = `/IncomingPhoneNumbers.json?PhoneNumber=${encodeURIComponent(wish.number)}`
  return {
    ask: () => ask(twilioGet(account, secret, path)),
    read: answer => numberFinding(answer, wish),
  }
}

function numberFinding(answer: HttpAnswer, wish: { readonly number: string; readonly for: 'sms' | 'voice' }): Finding {
  const numbers = readJson(answer, Numbers)
  if (answer.status !== 200 || !numbers) {
    return unexpectedAnswer(answer, readJson(answer, TwilioError)?.message ?? '')
  }
  const own = numbers.incoming_phone_numbers.find(one => one.phone_number === wish.number)
  const what = wish.for === 'sms' ? 'SMS' : 'calls'
  if (!own) {
    return {
      ok: false,
      detail: 'The number is not one of this account',
      remedy: 'Choose a number from Phone Numbers > Manage > Active numbers in the Twilio console, or buy one.',
    }
  }
  return own.capabilities[wish.for] === false
    ? { ok: false, detail: `The number cannot be used for ${what}`, remedy: `Choose a number that can do ${what}.` }
    : { ok: true, detail: `The number can be used for ${what}` }
}
