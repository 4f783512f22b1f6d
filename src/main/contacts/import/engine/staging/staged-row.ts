import type { ContactDraft } from '../../checks/checked-row.ts'
import { policyOf } from '../../mapping/field-policy.ts'
import { filledTargets } from '../../mapping/filled-targets.ts'
import type { RowsRequest } from '../../thread/rows-request.ts'
import type { RecordValue } from './record.ts'

/** Decides what the columns of a staged row are. */
export type StagingRequest = Pick<RowsRequest, 'mapping' | 'options'>

/** A column of a staged row and where its value comes from. */
interface StagedColumn {
  readonly name: string
  /** The targets that fill it; null when every row has it. A target that ends in a colon stands for all of its kind. */
  readonly from: readonly string[] | null
  readonly value: (draft: ContactDraft) => RecordValue
}

const COLUMNS: readonly StagedColumn[] = [
  { name: 'email_key', from: ['email'], value: draft => draft.emailKey },
  // Nearly every address is its own key.
  { name: 'email', from: ['email'], value: draft => (draft.email === draft.emailKey ? null : draft.email) },
  { name: 'phone', from: ['phone'], value: draft => draft.phone },
  { name: 'first_name', from: ['firstName', 'fullName'], value: draft => draft.firstName },
  { name: 'last_name', from: ['lastName', 'fullName'], value: draft => draft.lastName },
  { name: 'company', from: ['company'], value: draft => draft.company },
  { name: 'street', from: ['street'], value: draft => draft.street },
  { name: 'city', from: ['city'], value: draft => draft.city },
  { name: 'region', from: ['region'], value: draft => draft.region },
  { name: 'postal_code', from: ['postalCode'], value: draft => draft.postalCode },
  { name: 'country', from: ['country'], value: draft => draft.country },
  { name: 'latitude', from: ['latitude'], value: draft => draft.latitude },
  { name: 'longitude', from: ['longitude'], value: draft => draft.longitude },
  { name: 'time_zone', from: ['timeZone'], value: draft => draft.timeZone },
  { name: 'language', from: ['language'], value: draft => draft.language },
  { name: 'birthday', from: ['birthday'], value: draft => draft.birthday },
  { name: 'lead_status', from: ['leadStatus'], value: draft => draft.leadStatus },
  { name: 'lead_quality', from: ['leadQuality'], value: draft => draft.leadQuality },
  { name: 'socials', from: ['social:'], value: draft => objectText(draft.socials) },
  { name: 'custom', from: ['custom:'], value: draft => objectText(draft.custom) },
  { name: 'tags', from: ['tags'], value: draft => (draft.tags === null ? null : JSON.stringify(draft.tags)) },
  {
    name: 'external_ids',
    from: ['external:'],
    value: draft => (draft.externalIds === null ? null : JSON.stringify(draft.externalIds)),
  },
  { name: 'note', from: ['note'], value: draft => draft.note },
]

/** The columns of a staged row behind its ordinal, in their order; what nothing can fill is left out. */
export function stagedColumns(request: StagingRequest): readonly string[] {
  return columnsOf(request).map(({ name }) => name)
}

/** Puts contacts into the order of `stagedColumns`; the tags of a draft are their keys by then. */
export function rowStager(request: StagingRequest): (draft: ContactDraft) => RecordValue[] {
  const values = columnsOf(request).map(({ value }) => value)
  return draft => {
    const row: RecordValue[] = []
    for (const value of values) row.push(value(draft))
    return row
  }
}

function columnsOf(request: StagingRequest): readonly StagedColumn[] {
  const targets = [...filledTargets(request.mapping, request.options)]
  const has = (wanted: string): boolean =>
    targets.some(target => (wanted.endsWith(':') ? target.startsWith(wanted) : target === wanted))
  const columns = COLUMNS.filter(({ from }) => from === null || from.some(has))
  for (const kind of ['socials', 'custom'] as const) {
    if (!hasOwnPolicies(kind, request)) continue
    for (const policy of ['overwrite', 'fill_blanks'] as const) {
      columns.push({
        name: `${kind}_${policy}`,
        from: null,
        value: draft => objectText(partOf(kind, policy, draft, request)),
      })
    }
  }
  return columns
}

/** Whether some keys of an object follow another policy than the others, so that the row brings each part by itself. */
export function hasOwnPolicies(kind: 'socials' | 'custom', { options }: StagingRequest): boolean {
  return Object.keys(options.fieldPolicies).some(target => target.startsWith(PREFIXES[kind]))
}

const PREFIXES = { socials: 'social:', custom: 'custom:' } as const

function partOf(
  kind: 'socials' | 'custom',
  policy: 'overwrite' | 'fill_blanks',
  draft: ContactDraft,
  { options }: StagingRequest,
): Record<string, unknown> | null {
  const entries = Object.entries(draft[kind] ?? {}).filter(
    ([key]) => policyOf(`${PREFIXES[kind]}${key}`, options) === policy,
  )
  return entries.length === 0 ? null : Object.fromEntries(entries)
}

function objectText(object: Record<string, unknown> | null): string | null {
  return object === null ? null : JSON.stringify(object)
}
