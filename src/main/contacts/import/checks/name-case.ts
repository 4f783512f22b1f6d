import { NAME_PARTICLES } from './person-name.ts'

const NUMERALS = new Set(['II', 'III', 'IV', 'VI', 'VII', 'VIII'])
// Not every name that begins with Mac has a second capital: Macias, Mackay and Macy have none.
const MAC_NAMES = new Set(
  `macarthur macaulay macbeth maccallum maccarthy macdonald macdougall macfarlane macgregor macintosh macintyre maciver
   mackenzie maclean macleod macmahon macmillan macnamara macneil macphail macpherson macrae`.split(/\s+/),
)

/** Whether a name is written in capitals throughout; initials and single letters are not. */
export function isInCapitals(name: string): boolean {
  const second = name.charCodeAt(1)
  // Most names have a small second letter: one look is enough for them.
  if (second >= 97 && second <= 122) return false
  const letters = name.replace(/[^\p{L}]/gu, '')
  if (letters.length < 2 || !/\p{Lu}{2}/u.test(name)) return false
  const upright = letters.replaceAll('ß', '')
  return upright === upright.toUpperCase() && upright !== upright.toLowerCase()
}

/** A name in capitals as it is usually written: McDonald, O'Neil, van der Berg, Müller-Lüdenscheidt, J. R., Groß. */
export function nameCase(name: string): string {
  const words = name.split(' ')
  return words.map((word, index) => casedWord(word, index < words.length - 1)).join(' ')
}

function casedWord(word: string, isFollowed: boolean): string {
  if (NUMERALS.has(word) || /^(?:\p{L}\.)+$/u.test(word)) return word
  const lower = small(word)
  if (isFollowed && NAME_PARTICLES.has(lower) && lower !== 'o' && lower !== 'mc' && lower !== 'st.') return lower
  return lower
    .split('-')
    .map(part =>
      part
        .split(/(?<=['’])/)
        .map(casedPart)
        .join(''),
    )
    .join('-')
}

function casedPart(lower: string, index: number, parts: readonly string[]): string {
  // After an apostrophe a single letter is an ending ("Achieng's"), more letters are a name ("O'Neil").
  if (index > 0 && lower.length === 1 && parts.length > 1) return lower
  if (/^mc\p{L}{3,}/u.test(lower)) return `Mc${capital(lower.slice(2))}`
  if (MAC_NAMES.has(lower)) return `Mac${capital(lower.slice(3))}`
  return capital(lower)
}

function capital(lower: string): string {
  // A word may begin with a bracket or a quotation mark.
  return lower.replace(/\p{L}/u, letter => letter.toUpperCase())
}

// The Turkish capital I with a dot would become two characters.
function small(word: string): string {
  return word.replaceAll('İ', 'i').toLowerCase().normalize('NFC')
}
