import { smsLength } from './sms-length.ts'

/** A character that was replaced, what stands there now, and how often. */
export interface Replacement {
  readonly from: string
  /** Empty where the character was only taken out. */
  readonly to: string
  readonly count: number
}

/** A text with its typographic characters replaced, and what changed. */
export interface SmartText {
  readonly text: string
  readonly changes: readonly Replacement[]
}

// standards.md 2.1. None of these characters is in the GSM alphabet, so a text that fits it already has nothing to replace.
const REPLACED: ReadonlyMap<string, string> = new Map([
  ...each('\u2018\u2019\u201a\u201b\u00b4`', "'"),
  ...each('\u201c\u201d\u201e\u201f\u00ab\u00bb', '"'),
  ...each('\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00b7', '-'),
  ...each('\u2026', '...'),
  ...each('\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t', ' '),
  ...each('\u2022', '*'),
  ...each('\u00d7', 'x'),
  ...each('\u2122', '(TM)'),
  ...each('\u00ae', '(R)'),
  ...each('\u00a9', '(C)'),
  ...each('\u2192', '->'),
  ...each('\u200b\u200c\u200d\u2060\ufeff', ''),
])

/**
 * Replaces typographic characters so that an SMS stays in the GSM alphabet (standards.md 2.1). A text that needs UCS-2 all the
 * same, for a letter or an emoji, is left exactly as it is: replacing would gain nothing, and could break joined emoji.
 */
export function smartEncode(text: string): SmartText {
  const counts = new Map<string, number>()
  let encoded = ''
  for (const character of text) {
    const instead = REPLACED.get(character)
    if (instead !== undefined) counts.set(character, (counts.get(character) ?? 0) + 1)
    encoded += instead ?? character
  }
  if (counts.size === 0 || smsLength(encoded).alphabet === 'ucs2') return { text, changes: [] }
  const changes = [...counts].map(([from, count]) => ({ from, to: REPLACED.get(from) ?? '', count }))
  return { text: encoded, changes }
}

function each(characters: string, to: string): readonly (readonly [string, string])[] {
  return Array.from(characters, character => [character, to] as const)
}
