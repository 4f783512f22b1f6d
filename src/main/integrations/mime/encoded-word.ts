// RFC 2047 section 2: an encoded-word has at most 75 characters, a line that holds one at most 76.
const MOST_IN_WORD = 75
const MOST_IN_LINE = 76
const OVERHEAD = '=?utf-8?Q??='.length
// The characters that mean themselves also inside a phrase (RFC 2047 section 5 rule 3).
const ITSELF = /^[A-Za-z0-9!*+/-]$/

/**
 * Text as encoded-words (RFC 2047), folded, never splitting a character. `used` is how many characters the first line
 * already holds. Quoted-printable where most of it is ASCII, else base64.
 */
export function encodedWords(text: string, used: number): string {
  const letter = mostlyAscii(text) ? 'Q' : 'B'
  const words: string[] = []
  let room = Math.min(MOST_IN_WORD, MOST_IN_LINE - used) - OVERHEAD
  let held = ''
  let length = 0
  for (const character of text) {
    const octets = Buffer.byteLength(character)
    const cost = letter === 'Q' ? quoted(character).length : octets
    const next = length + cost
    if ((letter === 'Q' ? next : Math.ceil(next / 3) * 4) > room && held !== '') {
      words.push(word(letter, held))
      // The fold gives a line that begins with one blank.
      room = MOST_IN_WORD - OVERHEAD
      held = ''
      length = 0
    }
    held += character
    length += cost
  }
  if (held !== '') words.push(word(letter, held))
  return words.join('\r\n ')
}

function word(letter: 'Q' | 'B', text: string): string {
  const body = letter === 'B' ? Buffer.from(text).toString('base64') : Array.from(text, quoted).join('')
  return `=?utf-8?${letter}?${body}?=`
}

function quoted(character: string): string {
  if (character === ' ') return '_'
  if (ITSELF.test(character)) return character
  let out = ''
  for (const octet of Buffer.from(character)) out += `=${octet.toString(16).toUpperCase().padStart(2, '0')}`
  return out
}

function mostlyAscii(text: string): boolean {
  let other = 0
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 126) other += 1
  return other * 6 <= text.length
}
