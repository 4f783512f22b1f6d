import { z } from 'zod'
import type { ContactCondition } from '../../../shared/contract/contact-filter.ts'
import type { ContactSort, ContactView } from '../../../shared/contract/contacts.ts'
import type { FieldType } from '../../../shared/contract/imports.ts'

/** A field that this workspace added to contacts, as the table needs it. */
export interface CustomField {
  readonly key: string
  readonly label: string
  readonly type: FieldType
  readonly options: readonly string[]
}

/** A column that is shown, and how wide. */
export type ShownColumn = ContactView['columns'][number]
/** How a column is asked about. */
export type ConditionKind = ContactCondition['kind']

/** A column that the table can show. */
export interface TableColumn {
  readonly column: string
  /** The key of its heading among the texts, or the heading itself for a custom field. */
  readonly heading: { readonly key: string } | { readonly label: string }
  /** What a condition on it is made of; null where there is none. */
  readonly asks: ConditionKind | null
  readonly isSortable: boolean
  readonly width: number
  readonly options: readonly string[]
}

const known = (column: string, asks: ConditionKind | null, width: number, isSortable = true): TableColumn => ({
  column,
  heading: { key: column },
  asks,
  isSortable,
  width,
  options: [],
})

const BUILT_IN: readonly TableColumn[] = [
  known('name', null, 190),
  known('email', 'text', 230),
  known('phone', 'text', 128),
  known('company', 'text', 150),
  known('city', 'text', 120),
  known('region', 'text', 80),
  known('country', 'text', 80),
  known('tags', 'tags', 150, false),
  known('street', 'text', 160),
  known('postalCode', 'text', 100),
  known('language', 'text', 90),
  known('timeZone', 'text', 130),
  known('birthday', 'day', 100),
  known('source', 'text', 110),
  known('leadStatus', 'text', 110),
  known('leadQuality', 'text', 110),
  known('ownerId', 'owners', 120),
  known('leadScore', 'number', 90),
  known('engagement', 'number', 100),
  known('spend', 'number', 120),
  known('orders', 'number', 80),
  known('lastOrderAt', 'moment', 136),
  known('lastActivityAt', 'moment', 136),
  known('createdAt', 'moment', 136),
  known('updatedAt', 'moment', 136),
]

/** Names and lists are no columns of their own, but can be asked about. */
export const MORE_TO_ASK: readonly TableColumn[] = [
  known('firstName', 'text', 0),
  known('lastName', 'text', 0),
  known('lists', 'lists', 0),
]

const SHOWN_AT_FIRST = ['name', 'email', 'phone', 'company', 'city', 'region', 'tags', 'updatedAt']
const ASKED: Readonly<Record<FieldType, ConditionKind>> = {
  text: 'text',
  choice: 'text',
  list: 'text',
  number: 'number',
  date: 'day',
  boolean: 'boolean',
}

/** Every column of the table: those that all contacts have, and the custom fields of this workspace. */
export function tableColumns(fields: readonly CustomField[]): readonly TableColumn[] {
  const custom = fields.map(field => ({
    column: `custom:${field.key}`,
    heading: { label: field.label },
    asks: ASKED[field.type],
    isSortable: true,
    width: 120,
    options: field.options,
  }))
  return [...BUILT_IN, ...custom]
}

/** The columns that a new workspace shows. */
export const FIRST_COLUMNS: readonly ShownColumn[] = SHOWN_AT_FIRST.map(column => ({ column, width: null }))
/** By name. */
export const FIRST_SORT: ContactSort = { field: 'name', direction: 'ascending' }

const Kept = z.array(z.object({ column: z.string(), width: z.number().nullable() })).min(1)
const KEPT_UNDER = 'tidings.contacts.columns'

/** The columns as they were arranged last on this machine. */
export function keptColumns(): readonly ShownColumn[] {
  try {
    const kept = Kept.safeParse(JSON.parse(window.localStorage.getItem(KEPT_UNDER) ?? 'null'))
    return kept.success ? kept.data : FIRST_COLUMNS
  } catch {
    return FIRST_COLUMNS
  }
}

/** Keeps the columns as they are arranged now. */
export function keepColumns(columns: readonly ShownColumn[]): void {
  window.localStorage.setItem(KEPT_UNDER, JSON.stringify(columns))
}
