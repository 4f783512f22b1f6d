/** One word to look for. All words of a search must be found. */
export interface SearchTerm {
  /** LIKE patterns (escape character \), any of which may match. */
  readonly patterns: readonly string[]
  /** The digits, when the word could be part of a phone number. */
  readonly digits: string | null
}

/**
 * What a search looks for, word by word. SQLite compares only ASCII letters without regard to case, so a word with other
 * letters is looked for as typed, in lower case, in upper case and with a capital first letter.
 */
export function searchTerms(search: string): readonly SearchTerm[] {
  const words = search.trim().normalize('NFC').split(/\s+/).filter(Boolean)
  // A telephone number is written with blanks in it: +1 (202) 555-0123 is one thing to look for.
  if (words.length > 1 && words.every(word => /^[+()\d./-]+$/.test(word))) return [term(words.join(''))]
  return words.slice(0, 8).map(term)
}

function term(word: string): SearchTerm {
  const digits = /^[+()\d./-]+$/.test(word) ? word.replace(/\D/g, '') : ''
  const forms =
    Buffer.byteLength(word) > word.length ? [word, word.toLowerCase(), word.toUpperCase(), capitalised(word)] : [word]
  const patterns = [...new Set(forms)].map(form => `%${form.replace(/[\\%_]/g, '\\$&')}%`)
  return { patterns, digits: digits.length >= 3 ? digits : null }
}

function capitalised(word: string): string {
  const [first = '', ...rest] = word
  return first.toUpperCase() + rest.join('').toLowerCase()
}
