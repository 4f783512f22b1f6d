import type { ColDef } from 'ag-grid-community'
import type { TFunction } from 'i18next'
import { type ContactRow, ContactSort } from '../../../shared/contract/contacts.ts'
import type { RowsWanted } from '../../components/DataGrid.tsx'
import { nameOf } from '../../lib/contact-name.ts'
import type { Formats } from '../../lib/formats.ts'
import classes from './ContactsPage.module.css'
import { FIRST_SORT, type ShownColumn, type TableColumn } from './table-columns.ts'

/** What is shown, in which order, and by what it is sorted at first. */
export interface ColumnsWanted {
  readonly known: readonly TableColumn[]
  readonly shown: readonly ShownColumn[]
  readonly sort: ContactSort
}

const FIGURES = new Set(['leadScore', 'engagement', 'spend', 'orders'])
const MOMENTS = ['lastOrderAt', 'lastActivityAt', 'createdAt', 'updatedAt'] as const

/** The heading of a column. */
export function headingOf(t: TFunction, column: TableColumn): string {
  return 'label' in column.heading ? column.heading.label : t(`contacts.column_${column.heading.key}`)
}

/** The columns of the contact table as the grid takes them. */
export function contactColumns(t: TFunction, formats: Formats, wanted: ColumnsWanted): ColDef<ContactRow>[] {
  return wanted.shown.flatMap(({ column: name, width }) => {
    const column = wanted.known.find(one => one.column === name)
    if (!column) return []
    const sorted = wanted.sort.field === name ? (wanted.sort.direction === 'ascending' ? 'asc' : 'desc') : null
    return {
      colId: name,
      headerName: headingOf(t, column),
      sortable: column.isSortable,
      sort: sorted,
      // A width that somebody chose stays; until then the wide columns share what is left over.
      ...(width === null ? widthOf(column) : { width }),
      cellClass: cellClassOf(name),
      headerClass: FIGURES.has(name) ? 'ag-right-aligned-header' : '',
      ...cellOf(name, formats),
    }
  })
}

const ELASTIC = new Set(['name', 'email', 'company', 'city', 'tags', 'street'])

function widthOf({ column, width }: TableColumn): ColDef<ContactRow> {
  return ELASTIC.has(column) ? { flex: width, minWidth: Math.round(width * 0.7) } : { width }
}

function cellClassOf(name: string): string {
  if (FIGURES.has(name)) return classes.right ?? ''
  return name === 'phone' || name.endsWith('At') || name === 'birthday' ? (classes.figures ?? '') : ''
}

function cellOf(name: string, formats: Formats): ColDef<ContactRow> {
  if (name === 'name') {
    return {
      cellRenderer: ({ data }: { data?: ContactRow }) =>
        data ? (
          <span className={classes.name} data-opens="">
            {nameOf(data)}
          </span>
        ) : null,
    }
  }
  const moment = MOMENTS.find(one => one === name)
  if (moment) {
    return {
      valueGetter: ({ data }) => (data && data[moment] !== null ? formats.when(data[moment]) : ''),
      tooltipValueGetter: ({ data }) => (data && data[moment] !== null ? formats.exactly(data[moment]) : ''),
    }
  }
  return { valueGetter: ({ data }) => (data ? textOf(data, name, formats) : '') }
}

function textOf(row: ContactRow, name: string, formats: Formats): string {
  switch (name) {
    case 'tags':
      return row.tags.join(', ')
    case 'spend':
      return row.spend.map(one => formats.money(one.valueMinor, one.currency)).join(', ')
    case 'ownerId':
      return row.ownerName
    case 'orders':
      return row.spend.length === 0 ? '' : formats.number(row.spend.reduce((sum, one) => sum + one.orders, 0))
    case 'engagement':
    case 'leadScore':
      return formats.number(row[name])
    default: {
      if (name.startsWith('custom:')) return customText(row.custom[name.slice(7)])
      const values: Readonly<Record<string, unknown>> = row
      const value = values[name]
      return typeof value === 'string' ? value : ''
    }
  }
}

function customText(value: ContactRow['custom'][string] | undefined): string {
  if (value === undefined || value === null) return ''
  if (typeof value === 'boolean') return value ? '✓' : '–'
  return typeof value === 'number' ? String(value) : value
}

/** The sort of the grid as the application takes it; by name where the grid names nothing it knows. */
export function contactSort(sort: RowsWanted['sort']): ContactSort {
  const parsed = ContactSort.safeParse(sort)
  return parsed.success ? parsed.data : FIRST_SORT
}
