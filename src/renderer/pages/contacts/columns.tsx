import type { ColDef } from 'ag-grid-community'
import type { TFunction } from 'i18next'
import { type ContactRow, ContactSort } from '../../../shared/contract/contacts.ts'
import type { RowsWanted } from '../../components/DataGrid.tsx'
import { nameOf } from '../../lib/contact-name.ts'
import type { Formats } from '../../lib/formats.ts'
import classes from './ContactsPage.module.css'

/** The columns of the contact table. */
export function contactColumns(t: TFunction, formats: Formats): ColDef<ContactRow>[] {
  return [
    {
      colId: 'name',
      headerName: t('contacts.name'),
      sortable: true,
      sort: 'asc',
      flex: 2,
      minWidth: 150,
      cellRenderer: ({ data }: { data?: ContactRow }) =>
        data ? (
          <span className={classes.name} data-opens="">
            {nameOf(data)}
          </span>
        ) : null,
    },
    { colId: 'email', field: 'email', headerName: t('contacts.email'), sortable: true, flex: 2.4, minWidth: 170 },
    { colId: 'phone', field: 'phone', headerName: t('contacts.phone'), width: 126, cellClass: classes.figures ?? '' },
    { colId: 'company', field: 'company', headerName: t('contacts.company'), sortable: true, flex: 1.4, minWidth: 90 },
    { colId: 'city', field: 'city', headerName: t('contacts.city'), sortable: true, flex: 1.2, minWidth: 90 },
    { colId: 'region', field: 'region', headerName: t('contacts.region'), sortable: true, width: 80 },
    {
      colId: 'tags',
      headerName: t('contacts.tags'),
      flex: 1.6,
      minWidth: 110,
      valueGetter: ({ data }) => data?.tags.join(', ') ?? '',
    },
    {
      colId: 'updatedAt',
      headerName: t('contacts.updatedAt'),
      sortable: true,
      width: 132,
      cellClass: classes.figures ?? '',
      valueGetter: ({ data }) => (data ? formats.when(data.updatedAt) : ''),
      tooltipValueGetter: ({ data }) => (data ? formats.exactly(data.updatedAt) : ''),
    },
  ]
}

/** The sort of the grid as the application takes it; by name where the grid names nothing it knows. */
export function contactSort(sort: RowsWanted['sort']) {
  const parsed = ContactSort.safeParse(sort)
  return parsed.success ? parsed.data : { field: 'name' as const, direction: 'ascending' as const }
}
