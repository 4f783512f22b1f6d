import type { ImportFix, ImportProblem } from '../../../../shared/contract/import-checks.ts'

/** One row as a contact, ready to be stored. Texts that are not known are empty, other values null. */
export interface ContactDraft {
  /** What the row is recognised by: `e` and the key of the e-mail address, or `p` and the phone number. */
  ident: string
  email: string | null
  emailKey: string | null
  phone: string | null
  firstName: string
  lastName: string
  company: string
  street: string
  city: string
  region: string
  postalCode: string
  country: string
  latitude: number | null
  longitude: number | null
  timeZone: string | null
  language: string | null
  birthday: string | null
  leadStatus: string
  leadQuality: string
  socials: Record<string, string> | null
  custom: Record<string, string | number | boolean> | null
  tags: string[] | null
  externalIds: [source: string, id: string][] | null
  note: string | null
}

/** A draft about which nothing is known. */
export function emptyDraft(): ContactDraft {
  return {
    ident: '',
    email: null,
    emailKey: null,
    phone: null,
    firstName: '',
    lastName: '',
    company: '',
    street: '',
    city: '',
    region: '',
    postalCode: '',
    country: '',
    latitude: null,
    longitude: null,
    timeZone: null,
    language: null,
    birthday: null,
    leadStatus: '',
    leadQuality: '',
    socials: null,
    custom: null,
    tags: null,
    externalIds: null,
    note: null,
  }
}

export type ProblemKind = ImportProblem['kind']
export type Severity = ImportProblem['severity']

/** Something a person should know about a row. */
export interface RowProblem {
  readonly kind: ProblemKind
  readonly severity: Severity
  readonly value: string
  /** What a fix makes of the value. */
  readonly becomes?: string
  /** What of the value can be chosen by itself, such as a domain, and what it becomes. */
  readonly part?: { readonly value: string; readonly becomes: string }
  /** The fix that was chosen and applied to this row. */
  readonly applied?: ImportFix
}

/** What became of a row: a contact, or the field and the reason for which it cannot be one. */
export type CheckedRow =
  | { readonly kind: 'contact'; readonly contact: ContactDraft; readonly problems: readonly RowProblem[] }
  | {
      readonly kind: 'rejected'
      readonly field: string
      readonly reason: string
      readonly problems: readonly RowProblem[]
    }
