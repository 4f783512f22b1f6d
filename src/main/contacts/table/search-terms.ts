import { lengthOf, sameLetters } from './folded-letters.ts'

/** One word to look for. All words of a search must be found. */
export interface SearchTerm {
  readonly word: string
  /** The digits, when the word could be part of a phone number. */
  readonly digits: string | null
}

/** How close a hit has to be: the word is a whole name, a name begins with it, or it stands anywhere. */
export type Closeness = 'whole_name' | 'begins_name' | 'anywhere'

const MOST_WORDS = 8

/** What a search looks for, word by word. A word of one or two letters must begin a word; a longer one may be any part. */
export function searchTerms(search: string): readonly SearchTerm[] {
  const words = search.replaceAll('\0', '').trim().normalize('NFC').split(/\s+/).filter(Boolean)
  // A telephone number is written with blanks in it: +1 (202) 555-0123 is one thing to look for.
  if (words.length > 1 && words.every(word => /^[+()\d./-]+$/.test(word))) return [term(words.join(''))]
  return words.slice(0, MOST_WORDS).map(term)
}

function term(word: string): SearchTerm {
  const digits = /^[+()\d./-]+$/.test(word) ? word.replace(/\D/g, '') : ''
  return { word, digits: digits.length >= 3 ? digits : null }
}

/**
 * The words as a query of the trigram index. Its text has two blanks around every word, so that " an" is the beginning of
 * a word and "  a" finds what begins with one letter.
 */
export function matchExpression(terms: readonly SearchTerm[], closeness: Closeness): string {
  return terms.map(one => matchTerm(one, closeness)).join(' AND ')
}

function matchTerm({ word, digits }: SearchTerm, closeness: Closeness): string {
  if (closeness === 'whole_name') return `names : ${phrase(` ${word} `)}`
  if (closeness === 'begins_name') return `names : ${phrase(beginning(word))}`
  const anywhere = phrase(isShort(word) ? beginning(word) : word)
  return digits === null || digits === word ? anywhere : `(${anywhere} OR ${phrase(digits)})`
}

/** What has to stand in the text of a contact for a word to be found; any of them will do. The index finds the same. */
export function partsOf({ word, digits }: SearchTerm): readonly string[] {
  const anywhere = isShort(word) ? beginning(word) : word
  return digits === null || digits === word ? [anywhere] : [anywhere, digits]
}

/** A text as a GLOB pattern that takes letters of either case, with any accent or none, for the same. */
export function glob(text: string): string {
  return Array.from(text.normalize('NFC'), globLetter).join('')
}

function globLetter(letter: string): string {
  if ('*?['.includes(letter)) return `[${letter}]`
  const same = sameLetters(letter)
  return lengthOf(same) === 1 ? same : `[${same}]`
}

function isShort(word: string): boolean {
  return lengthOf(word) < 3
}

function beginning(word: string): string {
  return lengthOf(word) === 1 ? `  ${word}` : ` ${word}`
}

function phrase(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}
