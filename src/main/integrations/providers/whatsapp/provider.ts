import { parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { z } from 'zod'
import type { Clock } from '../../../kernel/clock.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import { acceptance, apiFault, refusal, sendOutcome } from '../../http/send-outcome.ts'
import { type Provider, type SendOutcome, WRONG_CHANNEL } from '../../provider.ts'
import type { ApiLine } from '../api-line.ts'
import type { SettingsOf } from '../kind.ts'
import { whatsappRefusal } from './classify.ts'
import { templateProblems } from './match-template.ts'
import { emptyPlace, whatsappPayload } from './payload.ts'
import { createTemplateShelf, graphBase } from './template-shelf.ts'

const Taken = z.object({
  messages: z.array(z.object({ id: z.string(), message_status: z.string().nullish() })).min(1),
})

/** WhatsApp by the Cloud API of Meta (standards.md 3). Statuses come by webhook only, so there is nothing to poll. */
export function createWhatsapp(settings: SettingsOf<'whatsapp'>, line: ApiLine, clock: Clock): Provider {
  const { client, key } = line
  const shelf = createTemplateShelf(settings, line, clock)

  return {
    async send(envelope, signal) {
      if (envelope.channel !== 'whatsapp') return WRONG_CHANNEL
      const { message } = envelope
      const empty = emptyPlace(message)
      if (empty !== null) return personal('empty_value', `There is nothing to put into ${empty}: give it a fallback`)
      const known = await key()
      if (known.kind === 'missing') return refusal(known.fault, null)
      const list = message.kind === 'template' ? await shelf.list(signal) : null
      const own =
        message.kind === 'template' && list?.kind === 'templates'
          ? list.templates.find(one => one.name === message.name && one.language === message.language)
          : undefined
      if (own?.category === 'MARKETING' && isInUs(envelope.to)) {
        return personal('us_marketing', 'WhatsApp delivers no marketing templates to numbers of the United States')
      }
      const payload = whatsappPayload(envelope, own ? { headerPlace: own.header.place } : null)
      const request = {
        method: 'POST' as const,
        url: `${graphBase(settings)}/${encodeURIComponent(settings.phoneNumberId)}/messages`,
        headers: {
          authorization: `Bearer ${known.text}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
        body: JSON.stringify(payload),
      }
      return sendOutcome(await client.request(request, signal), answer => readAnswer(answer, clock.now()))
    },

    templates: signal => shelf.refresh(signal),

    async objections(content, signal) {
      if (content.channel !== 'whatsapp' || content.message.kind !== 'template') return []
      const list = await shelf.list(signal)
      if (list.kind === 'templates') return templateProblems(content.message, list.templates)
      const message =
        'The templates of WhatsApp could not be asked for, so this one was not compared with what was approved.'
      return [{ part: 'text', severity: 'warning', line: 1, column: 1, message }]
    },

    close: () => client.close(),
  }
}

function personal(code: string, text: string): SendOutcome {
  return { kind: 'rejected', fault: apiFault('permanent_message', code, text), isPersonal: true }
}

function readAnswer(answer: HttpAnswer, now: number): SendOutcome {
  if (answer.status < 200 || answer.status > 299) return whatsappRefusal(answer, now)
  const taken = readJson(answer, Taken)?.messages[0] ?? null
  const outcome = acceptance(answer, taken?.id ?? null)
  const status = taken?.message_status ?? ''
  return outcome.kind === 'accepted' && status !== '' && status !== 'accepted' ? { ...outcome, reply: status } : outcome
}

/** Marketing templates are not delivered to +1 numbers with an area code of the US since 2025-04-01 (standards.md 3.3). */
function isInUs(phone: string): boolean {
  return phone.startsWith('+1') && parsePhoneNumberFromString(phone)?.country === 'US'
}
