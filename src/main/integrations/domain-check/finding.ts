import type { DomainFinding } from '../../../shared/contract/senders.ts'

/** What is said when a name server gave no answer. */
export const NO_ANSWER = 'Not checked: no name server answered. Look again when this machine is online.'

/** One finding, with the record shortened to what fits on a page. */
export function finding(
  record: DomainFinding['record'],
  state: DomainFinding['state'],
  found: string,
  says: string,
  remedy: string,
): DomainFinding {
  return { record, state, found: found.slice(0, 1000), says, remedy }
}

/** The tags of a record such as `v=DKIM1; k=rsa; p=…` (RFC 6376 section 3.2), names in lower case. */
export function tagsOf(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(';').flatMap((part): [string, string][] => {
      const at = part.indexOf('=')
      return at < 0 ? [] : [[part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim()]]
    }),
  )
}
