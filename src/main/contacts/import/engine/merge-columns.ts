import type { FieldPolicy } from '../../../../shared/contract/imports.ts'
import { changesKnown, policyOf } from '../mapping/field-policy.ts'
import { filledTargets } from '../mapping/filled-targets.ts'
import { hasOwnPolicies, type StagingRequest } from './staging/staged-row.ts'

/** A column of a contact that the rows of a file can fill. */
export interface MergeColumn {
  readonly name: ContactColumn
  /** `text`: empty when unknown; `value`: null when unknown; `object`: JSON, patched key by key. */
  readonly kind: 'text' | 'value' | 'object'
  readonly policy: FieldPolicy
  /** The keys of an object follow policies of their own: the row brings the parts to fill in and to write over apart. */
  readonly inParts: boolean
}

const COLUMNS = [
  { name: 'first_name', kind: 'text', target: 'firstName' },
  { name: 'last_name', kind: 'text', target: 'lastName' },
  { name: 'company', kind: 'text', target: 'company' },
  { name: 'phone', kind: 'value', target: 'phone' },
  { name: 'street', kind: 'text', target: 'street' },
  { name: 'city', kind: 'text', target: 'city' },
  { name: 'region', kind: 'text', target: 'region' },
  { name: 'postal_code', kind: 'text', target: 'postalCode' },
  { name: 'country', kind: 'text', target: 'country' },
  { name: 'latitude', kind: 'value', target: 'latitude' },
  { name: 'longitude', kind: 'value', target: 'longitude' },
  { name: 'time_zone', kind: 'value', target: 'timeZone' },
  { name: 'language', kind: 'value', target: 'language' },
  { name: 'birthday', kind: 'value', target: 'birthday' },
  { name: 'lead_status', kind: 'text', target: 'leadStatus' },
  { name: 'lead_quality', kind: 'text', target: 'leadQuality' },
  { name: 'socials', kind: 'object', target: 'social:' },
  { name: 'custom', kind: 'object', target: 'custom:' },
] as const

/** The columns of a contact that imports write, beside the e-mail address. */
export type ContactColumn = (typeof COLUMNS)[number]['name']

/** What a mapping and its options do to contacts. */
export interface MergePlan {
  readonly columns: readonly MergeColumn[]
  readonly makeNew: boolean
  /** Whether rows can change the fields of contacts who are known. */
  readonly changesKnown: boolean
  readonly hasEmail: boolean
  /** What happens to the address of somebody who was recognised otherwise. */
  readonly email: FieldPolicy
  /** What rows bring beside the fields; null when they bring none. */
  readonly tags: FieldPolicy | null
  readonly externalIds: FieldPolicy | null
  readonly notes: FieldPolicy | null
}

/** Plans the merge of a file. */
export function mergePlan(request: StagingRequest): MergePlan {
  const { options } = request
  const targets = [...filledTargets(request.mapping, options)]
  const fills = (wanted: string): boolean =>
    targets.some(target => (wanted.endsWith(':') ? target.startsWith(wanted) : target === wanted))
  const isFilled = (target: string): boolean =>
    fills(target) || ((target === 'firstName' || target === 'lastName') && fills('fullName'))
  const policy = (target: string): FieldPolicy | null => (fills(target) ? policyOf(target, options) : null)
  return {
    columns: COLUMNS.filter(({ target }) => isFilled(target)).map(({ name, kind, target }) => ({
      name,
      kind,
      policy: policyOf(target, options),
      inParts: (name === 'socials' || name === 'custom') && hasOwnPolicies(name, request),
    })),
    makeNew: options.duplicates === 'make_new',
    changesKnown: changesKnown(options),
    hasEmail: fills('email'),
    email: policyOf('email', options),
    tags: policy('tags'),
    externalIds: fills('external:') ? policyOf('external:', options) : null,
    notes: policy('note'),
  }
}

/** Columns that a file does not bring, and what new contacts have there. */
export function unfilledColumns({ columns }: MergePlan): readonly Pick<MergeColumn, 'name' | 'kind'>[] {
  return COLUMNS.filter(({ name }) => !columns.some(column => column.name === name))
}
