import type { CompareKeys } from './compare-keys.ts'
import { jaroWinkler } from './jaro-winkler.ts'

/** Why two contacts may be one person. */
export type PairReason =
  | 'same_mailbox'
  | 'similar_mailbox'
  | 'same_phone'
  | 'same_name'
  | 'similar_name'
  | 'same_address'
  | 'same_city'
  | 'same_company'

/** How sure it is that two contacts are one person, from 0 to 1, and what speaks for it. */
export interface PairScore {
  readonly confidence: number
  readonly reasons: readonly PairReason[]
}

const SIMILAR_NAME = 0.92
const SIMILAR_MAILBOX = 0.93
// How much one sign leaves of the doubt. Signs are combined as if they were independent: doubt = product of these.
const DOUBT_LEFT = {
  same_mailbox: 0.1,
  similar_mailbox: 0.6,
  same_phone: 0.25,
  same_name: 0.35,
  similar_name: 0.55,
  same_address: 0.3,
  same_city: 0.8,
  same_company: 0.7,
} as const satisfies Record<PairReason, number>
// Families share a phone and a roof, and offices an address: without a name that fits, nothing makes two people one.
const MOST_WITHOUT_NAME = 0.6
// First names that have nothing in common are two people, whatever else is the same.
const OTHER_FIRST_NAME = 0.7
const MOST_OF_OTHER_PEOPLE = 0.4

/**
 * Judges a pair: 1 − Π of the doubt that each sign leaves, in the manner of Fellegi and Sunter's record linkage with
 * independent signs; capped where the names speak against it.
 */
export function scorePair(one: CompareKeys, other: CompareKeys): PairScore {
  const reasons: PairReason[] = []
  if (one.mailbox !== '' && one.mailbox === other.mailbox) {
    if (one.domain === other.domain) reasons.push('same_mailbox')
    else reasons.push('similar_mailbox')
  } else if (one.domain === other.domain && one.mailbox.length > 4 && other.mailbox.length > 4) {
    if (jaroWinkler(one.mailbox, other.mailbox) >= SIMILAR_MAILBOX) reasons.push('similar_mailbox')
  }
  if (one.phone !== '' && one.phone === other.phone) reasons.push('same_phone')
  const name = nameLikeness(one, other)
  if (name === 1) reasons.push('same_name')
  else if (name >= SIMILAR_NAME) reasons.push('similar_name')
  if (one.street !== '' && one.street === other.street && samePlace(one, other)) reasons.push('same_address')
  else if (samePlace(one, other)) reasons.push('same_city')
  if (one.company !== '' && one.company === other.company) reasons.push('same_company')
  const doubt = reasons.reduce((left, reason) => left * DOUBT_LEFT[reason], 1)
  return { confidence: Math.min(1 - doubt, mostFor(one, other, name, reasons)), reasons }
}

function mostFor(one: CompareKeys, other: CompareKeys, name: number, reasons: readonly PairReason[]): number {
  if (bothKnown(one.firstName, other.firstName) && bothKnown(one.lastName, other.lastName)) {
    if (
      name < SIMILAR_NAME &&
      jaroWinkler(one.firstName, other.firstName) < OTHER_FIRST_NAME &&
      !initialOf(one, other)
    ) {
      return MOST_OF_OTHER_PEOPLE
    }
  }
  const knows = reasons.includes('same_mailbox') || name >= SIMILAR_NAME
  return knows ? 1 : MOST_WITHOUT_NAME
}

/** 1 for the same words in any order; the likeness of the whole else; 0 when either is not known. */
function nameLikeness(one: CompareKeys, other: CompareKeys): number {
  if (one.name === '' || other.name === '') return 0
  if (one.name === other.name) return 1
  if (initialOf(one, other)) return SIMILAR_NAME
  return Math.min(0.999, jaroWinkler(one.name, other.name))
}

/** "A. Garcia" may be "Ana Garcia". */
function initialOf(one: CompareKeys, other: CompareKeys): boolean {
  if (one.lastName === '' || one.lastName !== other.lastName) return false
  const [shorter, longer] =
    one.firstName.length < other.firstName.length ? [one.firstName, other.firstName] : [other.firstName, one.firstName]
  return shorter.length === 1 && longer.startsWith(shorter)
}

function samePlace(one: CompareKeys, other: CompareKeys): boolean {
  if (bothKnown(one.postalCode, other.postalCode)) return one.postalCode === other.postalCode
  return one.city !== '' && one.city === other.city
}

function bothKnown(one: string, other: string): boolean {
  return one !== '' && other !== ''
}
