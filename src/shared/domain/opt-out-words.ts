import type { CHANNELS } from './channels.ts'

type Channel = (typeof CHANNELS)[number]

/**
 * What a person answered, as far as her consent goes.
 * - `stop`: one of the words that end it by themselves.
 * - `stop_in_words`: says so in a sentence; `isPlain` when a stop word stands in a text of at most six words, so that it may be
 *   acted on at once; otherwise somebody reads it, and marketing rests meanwhile.
 * - `start`, `help`: one of these words; `none`: anything else.
 */
export type ReplyMeaning =
  | { readonly kind: 'stop' | 'start' | 'help' | 'none' }
  | { readonly kind: 'stop_in_words'; readonly isPlain: boolean }

/** The channels that rest when somebody opts out on one: who answers STOP to an SMS wants no calls either (standards.md 1.13). */
export function optOutReaches(channel: Channel): readonly Channel[] {
  return channel === 'sms' ? ['sms', 'voice'] : [channel]
}

// standards.md 2.3, the words that mean it when they are the whole message. Accents are taken off before they are compared.
const STOP = new Set([
  ...['stop', 'stopall', 'stop all', 'unsubscribe', 'cancel', 'end', 'quit', 'revoke', 'optout', 'opt-out', 'opt out'],
  ...['remove', 'arret', 'alto', 'baja', 'parar', 'stopp', 'td'],
])
const START = new Set(['start', 'unstop', 'subscribe'])
const HELP = new Set(['help', 'info', 'aide', 'ayuda'])

// standards.md 2.3: meanings that no single word carries.
const STOP_PHRASES =
  /\b(stop (texting|messaging|sending|calling|contacting|writing|spamming|it|this)|remove (me|my number)|take me off|no more|wrong number|no mas|(do not|don'?t|never) (text|message|call|contact|write)|leave me alone|(opt|sign) me out|unsubscribe me)\b/
const FEW_WORDS = 6

/** Reads an answer to an SMS or a WhatsApp message. `yesStarts` says whether this sender takes YES for START. */
export function replyMeaning(text: string, options: { readonly yesStarts: boolean }): ReplyMeaning {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019]/g, "'")
    .toLowerCase()
    .replace(/\s+/g, ' ')
  const whole = plain.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '')
  if (STOP.has(whole)) return { kind: 'stop' }
  if (START.has(whole) || (options.yesStarts && whole === 'yes')) return { kind: 'start' }
  if (HELP.has(whole)) return { kind: 'help' }
  const words = whole.split(/[^\p{L}\p{N}'-]+/u).filter(word => word !== '')
  const hasStopWord = words.some(word => STOP.has(word)) || /\bopt out\b|\bstop all\b/.test(whole)
  if (!hasStopWord && !STOP_PHRASES.test(whole)) return { kind: 'none' }
  return { kind: 'stop_in_words', isPlain: hasStopWord && words.length <= FEW_WORDS }
}
