import type { Person } from './person.ts'

/** What of a contact is compared with others; everything folded, empty when it is not known. */
export interface CompareKeys {
  readonly no: number
  /** The words of first and last name in alphabetical order, so that a swap of the two does not matter. */
  readonly name: string
  readonly lastName: string
  readonly firstName: string
  readonly company: string
  readonly phone: string
  /** The part before the @ as the provider reads it, and the domain. */
  readonly mailbox: string
  readonly domain: string
  readonly street: string
  readonly postalCode: string
  readonly city: string
}

/** What is compared of a contact. */
export function compareKeys(person: Person): CompareKeys {
  const firstName = folded(person.firstName)
  const lastName = folded(person.lastName)
  return {
    no: person.no,
    name: `${firstName} ${lastName}`.split(' ').filter(Boolean).sort().join(' '),
    firstName,
    lastName,
    company: withoutLegalForm(folded(person.company)),
    phone: person.phone ?? '',
    ...mailboxOf(person.emailKey ?? ''),
    street: streetKey(person.street),
    postalCode: person.postalCode.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase(),
    city: folded(person.city),
  }
}

/** Lower case without accents and punctuation, single blanks: what two spellings of a name have in common. */
export function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replaceAll('ø', 'o')
    .replaceAll('ł', 'l')
    .replaceAll('æ', 'ae')
    .replace(/['’`]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

// Only these hosts are known to deliver a name with dots or a +tag to the name without them.
const DOTS_DO_NOT_MATTER = new Set(['gmail.com', 'googlemail.com'])
const TAGS_DO_NOT_MATTER = new Set([...DOTS_DO_NOT_MATTER, 'outlook.com', 'hotmail.com', 'icloud.com', 'fastmail.com'])

/** Mailbox and domain of an address, in the spelling that the provider takes for the same. A similarity, never an identity. */
export function mailboxOf(emailKey: string): { readonly mailbox: string; readonly domain: string } {
  const at = emailKey.lastIndexOf('@')
  if (at < 0) return { mailbox: '', domain: '' }
  let mailbox = emailKey.slice(0, at)
  const host = emailKey.slice(at + 1)
  const domain = host === 'googlemail.com' ? 'gmail.com' : host
  if (TAGS_DO_NOT_MATTER.has(host)) mailbox = mailbox.split('+', 1)[0] ?? mailbox
  if (DOTS_DO_NOT_MATTER.has(host)) mailbox = mailbox.replaceAll('.', '')
  return { mailbox, domain }
}

const STREET_WORDS: Readonly<Record<string, string>> = {
  street: 'st',
  strasse: 'str',
  avenue: 'ave',
  av: 'ave',
  road: 'rd',
  boulevard: 'blvd',
  drive: 'dr',
  lane: 'ln',
  court: 'ct',
  square: 'sq',
  place: 'pl',
  suite: 'ste',
  apartment: 'apt',
  north: 'n',
  south: 's',
  east: 'e',
  west: 'w',
}

function streetKey(street: string): string {
  return folded(street)
    .replace(/strasse\b/g, 'str')
    .split(' ')
    .map(word => STREET_WORDS[word] ?? word)
    .join(' ')
}

const LEGAL_FORMS =
  /\b(?:inc|incorporated|llc|ltd|limited|gmbh|ag|kg|co|corp|corporation|company|sa|sas|sarl|bv|nv|ab|oy|spa|srl|plc)\b/g

function withoutLegalForm(company: string): string {
  const bare = company.replace(LEGAL_FORMS, ' ').replace(/\s+/g, ' ').trim()
  return bare === '' ? company : bare
}
