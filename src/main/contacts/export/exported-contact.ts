import type { CsvValue } from '../../../shared/domain/csv-cell.ts'
import type { StoredContact } from '../contact-row.ts'
import type { CustomField } from '../custom-value.ts'

/** A contact as it is exported, with what belongs to her. */
export interface ExportedContact extends StoredContact {
  readonly no: number
  readonly ownerName: string
  readonly tags: readonly string[]
  readonly notes: readonly string[]
  readonly externalIds: Readonly<Record<string, string>>
}

/** A column of an exported table. */
export interface ExportColumn {
  readonly column: string
  readonly heading: string
  /** True when its values are days: a workbook shows them as the reader's country does. */
  readonly isDay?: boolean
  readonly valueOf: (contact: ExportedContact) => CsvValue
}

/** What the workspace has besides the fields that every contact has. */
export interface ExportFields {
  readonly custom: readonly CustomField[]
  readonly networks: readonly string[]
  readonly sources: readonly string[]
}

const FIRST: readonly ExportColumn[] = [
  { column: 'firstName', heading: 'First name', valueOf: contact => contact.firstName },
  { column: 'lastName', heading: 'Last name', valueOf: contact => contact.lastName },
  { column: 'company', heading: 'Company', valueOf: contact => contact.company },
  { column: 'email', heading: 'Email', valueOf: contact => contact.email },
  { column: 'phone', heading: 'Phone', valueOf: contact => contact.phone },
  { column: 'street', heading: 'Street', valueOf: contact => contact.street },
  { column: 'city', heading: 'City', valueOf: contact => contact.city },
  { column: 'region', heading: 'Region', valueOf: contact => contact.region },
  { column: 'postalCode', heading: 'Postal code', valueOf: contact => contact.postalCode },
  { column: 'country', heading: 'Country', valueOf: contact => contact.country },
  { column: 'latitude', heading: 'Latitude', valueOf: contact => contact.latitude },
  { column: 'longitude', heading: 'Longitude', valueOf: contact => contact.longitude },
  { column: 'timeZone', heading: 'Time zone', valueOf: contact => contact.timeZone },
  { column: 'language', heading: 'Language', valueOf: contact => contact.language },
  { column: 'birthday', heading: 'Birthday', isDay: true, valueOf: contact => contact.birthday },
  { column: 'leadStatus', heading: 'Lead status', valueOf: contact => contact.leadStatus },
  { column: 'leadQuality', heading: 'Lead quality', valueOf: contact => contact.leadQuality },
  { column: 'ownerId', heading: 'Owner', valueOf: contact => contact.ownerName },
  { column: 'tags', heading: 'Tags', valueOf: contact => contact.tags.map(tagCell).join(', ') },
]

const LAST: readonly ExportColumn[] = [
  { column: 'note', heading: 'Note', valueOf: contact => contact.notes.join('\n') },
  { column: 'source', heading: 'Source', valueOf: contact => contact.source },
  { column: 'createdAt', heading: 'Created at', valueOf: contact => instant(contact.createdAt) },
  { column: 'updatedAt', heading: 'Updated at', valueOf: contact => instant(contact.updatedAt) },
]

const ON_REQUEST: readonly ExportColumn[] = [
  { column: 'id', heading: 'Tidings id', valueOf: contact => contact.id },
  { column: 'leadScore', heading: 'Lead score', valueOf: contact => contact.leadScore },
  {
    column: 'lastActivityAt',
    heading: 'Last activity',
    valueOf: contact => (contact.lastActivityAt === null ? null : instant(contact.lastActivityAt)),
  },
]

/**
 * The columns of an export in order. All of them are those that an import reads again; a list of names chooses, in its
 * order. The names of the table stand for their parts: `name` for first and last name.
 */
export function exportColumns(fields: ExportFields, chosen: readonly string[] | null): readonly ExportColumn[] {
  const all = [
    ...FIRST,
    ...fields.custom.map(customColumn),
    ...fields.networks.map(network => ({
      column: `social:${network}`,
      heading: network.charAt(0).toUpperCase() + network.slice(1),
      valueOf: (contact: ExportedContact) => contact.socials[network] ?? null,
    })),
    ...fields.sources.map(source => ({
      column: `external:${source}`,
      heading: source,
      valueOf: (contact: ExportedContact) => contact.externalIds[source] ?? null,
    })),
    ...LAST,
  ]
  if (chosen === null) return all
  const known = [...all, ...ON_REQUEST]
  return chosen
    .flatMap(column => (column === 'name' ? ['firstName', 'lastName'] : [column]))
    .flatMap(column => known.find(one => one.column === column) ?? [])
}

function customColumn(field: CustomField): ExportColumn {
  return {
    column: `custom:${field.key}`,
    heading: field.label,
    isDay: field.type === 'date',
    valueOf: ({ custom }) => {
      const value = custom[field.key]
      if (value === undefined) return null
      return typeof value === 'boolean' ? String(value) : value
    },
  }
}

/** A tag with a comma in it would be read as two. */
function tagCell(tag: string): string {
  return tag.replaceAll(',', ' ')
}

function instant(at: number): string {
  return new Date(at).toISOString()
}
