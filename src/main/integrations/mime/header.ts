import { encodedWords } from './encoded-word.ts'

// RFC 5322 section 2.1.1: lines should have at most 78 characters and must have at most 998.
const GOOD_LINE = 78
const HARD_LINE = 998
const PRINTABLE = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
// RFC 5322 atext and blanks: a display name that needs no quotes.
const BARE_PHRASE = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?: [A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/
const BREAKS_HEADER = /[\r\n\0]/

/** Whether a value would end its header line and begin another: it must be refused (CR, LF, NUL). */
export function breaksHeader(value: string): boolean {
  return BREAKS_HEADER.test(value)
}

/** An unstructured header such as Subject: in clear where it can be, else as encoded-words, folded. */
export function textHeader(name: string, value: string): string {
  const line = `${name}: ${value}`
  if (value === '') return `${name}:`
  // `=?` would be read as an encoded-word; two blanks in a row do not survive a fold in every reader.
  if (!PRINTABLE.test(value) || value.includes('=?') || value.includes('  ')) {
    return `${name}: ${encodedWords(value, name.length + 2)}`
  }
  if (line.length <= GOOD_LINE) return line
  const folded = foldAtBlanks(line, name.length + 2)
  return folded.split('\r\n').every(part => part.length <= HARD_LINE)
    ? folded
    : `${name}: ${encodedWords(value, name.length + 2)}`
}

/** A header that must not be encoded, such as an address or an identifier; moved to a line of its own when it is long. */
export function plainHeader(name: string, value: string): string {
  return name.length + 2 + value.length <= GOOD_LINE ? `${name}: ${value}` : `${name}:\r\n ${value}`
}

/** A header with one mailbox: `Name <address>` (RFC 5322 section 3.4). */
export function mailboxHeader(name: string, displayName: string, address: string): string {
  if (displayName === '') return plainHeader(name, address)
  const phrase = displayPhrase(displayName, name.length + 2)
  const lastLine = phrase.slice(phrase.lastIndexOf('\n') + 1)
  const used = phrase.includes('\n') ? lastLine.length : name.length + 2 + lastLine.length
  const gap = used + address.length + 3 <= MAILBOX_LINE ? ' ' : '\r\n '
  return `${name}: ${phrase}${gap}<${address}>`
}

// A line with an encoded-word holds at most 76 characters (RFC 2047 section 2).
const MAILBOX_LINE = 76

function displayPhrase(text: string, used: number): string {
  if (text.length > GOOD_LINE - used || text.includes('=?')) return encodedWords(text, used)
  if (BARE_PHRASE.test(text)) return text
  if (PRINTABLE.test(text)) return `"${text.replace(/["\\]/g, '\\$&')}"`
  return encodedWords(text, used)
}

function foldAtBlanks(line: string, first: number): string {
  let out = ''
  let rest = line
  let from = first
  while (rest.length > GOOD_LINE) {
    let at = rest.lastIndexOf(' ', GOOD_LINE)
    if (at < from) at = rest.indexOf(' ', from)
    if (at < 0) break
    out += `${rest.slice(0, at)}\r\n`
    // The blank stays, at the beginning of the next line; one character of text must follow before the next fold.
    rest = rest.slice(at)
    from = 2
  }
  return out + rest
}

/** An instant as RFC 5322 section 3.3 writes it, in UTC. */
export function dateText(at: number): string {
  return new Date(at).toUTCString().replace('GMT', '+0000')
}
