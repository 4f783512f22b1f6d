import { useCallback, useState } from 'react'
import type { ContactCondition } from '../../../shared/contract/contact-filter.ts'
import type { ContactSort, SavedView } from '../../../shared/contract/contacts.ts'
import { FIRST_SORT, keepColumns, keptColumns, type ShownColumn } from './table-columns.ts'

/** How the table looks now. */
export interface TableView {
  readonly openId: string | null
  /** What the grid was drawn with. What a person drags and sorts afterwards is in the grid already. */
  readonly drawn: { readonly version: number; readonly shown: readonly ShownColumn[]; readonly sort: ContactSort }
  readonly columns: readonly ShownColumn[]
  readonly sort: ContactSort
  /** True when a person sorted since the search was typed; until then the closest hits come first. */
  readonly isSortedByHand: boolean
  readonly conditions: readonly ContactCondition[]
}

/** Keeps how the table looks: columns are kept on this machine, the rest while the page is open. */
export function useTableView() {
  const [view, setView] = useState<TableView>(() => {
    const columns = keptColumns()
    const drawn = { version: 0, shown: columns, sort: FIRST_SORT }
    return { openId: null, drawn, columns, sort: FIRST_SORT, isSortedByHand: false, conditions: [] }
  })
  const change = useCallback((part: Partial<TableView>): void => setView(before => ({ ...before, ...part })), [])
  return {
    view,
    /** Shows other columns than before. */
    choose: useCallback((columns: readonly ShownColumn[]): void => {
      keepColumns(columns)
      setView(before => ({ ...before, columns, drawn: drawnAnew(before, columns, before.sort) }))
    }, []),
    /** Takes over what a person did in the grid itself. */
    arrange: useCallback((columns: readonly ShownColumn[]): void => {
      keepColumns(columns)
      setView(before => ({ ...before, columns }))
    }, []),
    sort: useCallback((sort: ContactSort): void => change({ sort, isSortedByHand: true }), [change]),
    typed: useCallback((): void => change({ isSortedByHand: false }), [change]),
    narrow: useCallback((conditions: readonly ContactCondition[]): void => change({ conditions }), [change]),
    open: useCallback((saved: SavedView | null): void => {
      setView(before => {
        if (!saved) return { ...before, openId: null, conditions: [] }
        const sort = saved.sort.field === 'relevance' ? FIRST_SORT : saved.sort
        return {
          openId: saved.id,
          drawn: drawnAnew(before, saved.columns, sort),
          columns: saved.columns,
          sort,
          isSortedByHand: saved.sort.field !== 'relevance',
          conditions: saved.filter.conditions,
        }
      })
    }, []),
  }
}

function drawnAnew({ drawn }: TableView, shown: readonly ShownColumn[], sort: ContactSort): TableView['drawn'] {
  return { version: drawn.version + 1, shown, sort }
}
