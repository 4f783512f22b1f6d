/** The mailbox providers that count what comes from a sender (standards.md 1.5); '' is every other domain. */
export type MailboxFamily = 'google' | 'microsoft' | 'yahoo' | 'apple' | ''

/** All families as they stand on messages. */
export const MAILBOX_FAMILIES: readonly MailboxFamily[] = ['', 'google', 'microsoft', 'yahoo', 'apple']

const DOMAINS: ReadonlyMap<string, MailboxFamily> = new Map([
  ['gmail.com', 'google'],
  ['googlemail.com', 'google'],
  ['google.com', 'google'],
  ['apple.com', 'apple'],
  ['icloud.com', 'apple'],
  ['me.com', 'apple'],
  ['mac.com', 'apple'],
  ['privaterelay.appleid.com', 'apple'],
  ['msn.com', 'microsoft'],
  ['passport.com', 'microsoft'],
  ['windowslive.com', 'microsoft'],
  ['microsoft.com', 'microsoft'],
  ['aol.com', 'yahoo'],
  ['aim.com', 'yahoo'],
  ['aol.de', 'yahoo'],
  ['aol.fr', 'yahoo'],
  ['aol.co.uk', 'yahoo'],
  ['ymail.com', 'yahoo'],
  ['rocketmail.com', 'yahoo'],
  ['myyahoo.com', 'yahoo'],
  ['verizon.net', 'yahoo'],
  ['netscape.net', 'yahoo'],
])

// They have a domain for every country: outlook.com, hotmail.co.uk, live.fr, yahoo.com.br.
const BY_COUNTRY = /^(outlook|hotmail|live|yahoo)\.(com?|[a-z]{2})(\.[a-z]{2})?$/

/** The domain of an e-mail address in lower case; '' where there is none. */
export function mailDomain(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1 || address.length).toLowerCase()
}

/** The family that takes the mail of an address, by its domain alone; '' for every other domain and for phone numbers. */
export function familyOf(address: string): MailboxFamily {
  const domain = mailDomain(address)
  const known = DOMAINS.get(domain)
  if (known !== undefined) return known
  const name = BY_COUNTRY.exec(domain)?.[1]
  if (name === undefined) return ''
  return name === 'yahoo' ? 'yahoo' : 'microsoft'
}
