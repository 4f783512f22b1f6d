/** How an SMS is counted and billed. */
export interface SmsLength {
  readonly alphabet: 'gsm7' | 'ucs2'
  /** Septets for GSM-7, UTF-16 code units for UCS-2; headers of concatenated parts not counted. */
  readonly units: number
  /** Parts that are sent and billed; an empty text is one. */
  readonly segments: number
  /** Characters that force UCS-2, each once, in order of appearance. */
  readonly culprits: readonly string[]
}

// 3GPP TS 23.038 section 6.2.1: the default alphabet and its extension table, whose characters cost an escape as well.
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
)
const EXTENDED = new Set('\f^{}\\[~]|€')

/** Most units of a text that goes as one message, and of each part of a longer one (6 octets of header, 8-bit reference). */
export const SMS_UNITS = { gsm7: { single: 160, part: 153 }, ucs2: { single: 70, part: 67 } } as const

/**
 * Counts an SMS by 3GPP TS 23.038 and 23.040. Parts are filled greedily, and neither an escaped character nor a
 * surrogate pair is split between two, so there can be more of them than the sum suggests.
 */
export function smsLength(text: string): SmsLength {
  const culprits = new Set<string>()
  for (const character of text) if (!BASIC.has(character) && !EXTENDED.has(character)) culprits.add(character)
  const alphabet = culprits.size === 0 ? 'gsm7' : 'ucs2'
  const cost = (character: string): number => (alphabet === 'ucs2' ? character.length : EXTENDED.has(character) ? 2 : 1)
  let units = 0
  let segments = 1
  let inPart = 0
  for (const character of text) {
    const more = cost(character)
    units += more
    if (inPart + more > SMS_UNITS[alphabet].part) {
      segments += 1
      inPart = 0
    }
    inPart += more
  }
  if (units <= SMS_UNITS[alphabet].single) segments = 1
  return { alphabet, units, segments, culprits: [...culprits] }
}
