import type { Condition } from './segment-rule.ts'

/** Fields of contacts by how they are asked about. */
export type FieldKind = 'text' | 'number' | 'instant' | 'day' | 'boolean' | 'values'

/** A field of contacts that rules can ask about. */
export interface SegmentField {
  /** The name in a rule: city, custom:KEY, social:NETWORK. */
  readonly name: string
  /** English label; the window translates built-in names. */
  readonly label: string
  readonly kind: FieldKind
  readonly group: 'person' | 'address' | 'lead' | 'dates' | 'social' | 'custom'
  /** Whether `segments.values` suggests values for it. */
  readonly suggests: boolean
  /** Closed list of values, for custom fields with a choice. */
  readonly options: readonly string[]
}

function field(
  name: string,
  label: string,
  kind: FieldKind,
  group: SegmentField['group'],
  suggests = kind === 'text',
): SegmentField {
  return { name, label, kind, group, suggests, options: [] }
}

/** The fields that every workspace has. */
export const BUILT_IN_FIELDS = [
  field('firstName', 'First name', 'text', 'person'),
  field('lastName', 'Last name', 'text', 'person'),
  field('company', 'Company', 'text', 'person'),
  field('email', 'E-mail', 'text', 'person', false),
  field('emailDomain', 'E-mail domain', 'text', 'person', false),
  field('phone', 'Phone', 'text', 'person', false),
  field('birthday', 'Birthday', 'day', 'person'),
  field('language', 'Language', 'text', 'person'),
  field('timeZone', 'Time zone', 'text', 'person'),
  field('street', 'Street', 'text', 'address', false),
  field('city', 'City', 'text', 'address'),
  field('region', 'Region', 'text', 'address'),
  field('postalCode', 'Postal code', 'text', 'address'),
  field('country', 'Country', 'text', 'address'),
  field('latitude', 'Latitude', 'number', 'address'),
  field('longitude', 'Longitude', 'number', 'address'),
  field('source', 'Source', 'text', 'lead'),
  field('leadStatus', 'Lead status', 'text', 'lead'),
  field('leadQuality', 'Lead quality', 'text', 'lead'),
  field('owner', 'Owner', 'text', 'lead', false),
  field('createdAt', 'Added', 'instant', 'dates'),
  field('updatedAt', 'Changed', 'instant', 'dates'),
  field('lastActivityAt', 'Last activity', 'instant', 'dates'),
] as const satisfies readonly SegmentField[]

/** A field that the workspace added to contacts. */
export interface CustomFieldInfo {
  readonly key: string
  readonly label: string
  readonly type: 'text' | 'number' | 'date' | 'boolean' | 'choice' | 'list'
  readonly options: readonly string[]
}

const KIND_OF_TYPE = {
  text: 'text',
  choice: 'text',
  number: 'number',
  date: 'day',
  boolean: 'boolean',
  list: 'values',
} as const satisfies Readonly<Record<CustomFieldInfo['type'], FieldKind>>

/** Every field of a workspace: the built-in ones, its own, and handles on social networks. */
export function fieldCatalogue(
  custom: readonly CustomFieldInfo[],
  networks: readonly string[],
): ReadonlyMap<string, SegmentField> {
  const own = custom.map(({ key, label, type, options }) => ({
    name: `custom:${key}`,
    label,
    kind: KIND_OF_TYPE[type],
    group: 'custom' as const,
    suggests: type === 'text' || type === 'choice',
    options,
  }))
  const social = networks.map(network => field(`social:${network}`, network, 'text', 'social', false))
  return new Map([...BUILT_IN_FIELDS, ...own, ...social].map(one => [one.name, one]))
}

/** The kind of condition that asks about a field of this kind. */
export function conditionKindOf(kind: FieldKind): Condition['kind'] {
  switch (kind) {
    case 'instant':
    case 'day':
      return 'date'
    default:
      return kind
  }
}
