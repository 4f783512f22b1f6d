import type { ColDef, GetRowIdParams, GridApi, IDatasource, IGetRowsParams, SortModelItem } from 'ag-grid-community'
import { AgGridReact } from 'ag-grid-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from './ErrorNote.tsx'
import { gridModules, gridTheme } from './grid-setup.ts'

/** A part of the rows: where it begins, how many, and by what they are sorted. */
export interface RowsWanted {
  readonly offset: number
  readonly limit: number
  readonly sort: { readonly field: string; readonly direction: 'ascending' | 'descending' } | null
}

/** Some rows by id, or all rows but some. */
export interface GridSelection {
  readonly kind: 'some' | 'all_but'
  readonly ids: ReadonlySet<string>
}

interface DataGridProps<R> {
  readonly label: string
  readonly columns: readonly ColDef<R>[]
  /** Fetches a part; asked anew whenever this function changes identity. */
  readonly fetchRows: (wanted: RowsWanted) => Promise<{ readonly rows: readonly R[]; readonly total: number }>
  readonly idOf: (row: R) => string
  /** Changes when what is shown is out of date: the rows are read again, the place in the table stays. */
  readonly freshness?: unknown
  readonly onOpen?: (row: R) => void
  /** The selected rows among those that were fetched, and whether a person chose just now. */
  readonly onSelect?: (rows: readonly R[], isByHand: boolean) => void
  /** A right click or the menu key on a row. */
  readonly onMenu?: (row: R, at: { readonly x: number; readonly y: number }) => void
  readonly onTotal?: (total: number) => void
  readonly selectable?: boolean
  /** Keeps the selection outside the grid, so that it can reach further than the rows that were fetched. */
  readonly selection?: GridSelection
  readonly onSelection?: (selection: GridSelection) => void
  /** Mod+A in the table: everything, not only what was fetched. */
  readonly onSelectAll?: () => void
  /** The columns as a person has just arranged them, from left to right, with their widths in pixels. */
  readonly onArrange?: (columns: readonly { readonly column: string; readonly width: number }[]) => void
  /** The sort that a person has just chosen. */
  readonly onSort?: (sort: RowsWanted['sort']) => void
  /** Hands out the grid, to select or to focus from outside. */
  readonly onReady?: (grid: GridApi<R>) => void
}

const BLOCK = 200
const SELECTION = { mode: 'multiRow', headerCheckbox: false, enableClickSelection: false } as const

/** A table of any length: rows come in blocks as they scroll into view. Enter opens, j and k move, Space selects. */
export function DataGrid<R>(props: DataGridProps<R>) {
  const { t } = useTranslation()
  const api = useRef<GridApi<R> | null>(null)
  const [error, setError] = useState<unknown>(null)
  const { fetchRows, onTotal } = props

  const source = useMemo<IDatasource>(
    () => ({
      getRows: (params: IGetRowsParams) => {
        const wanted = {
          offset: params.startRow,
          limit: params.endRow - params.startRow,
          sort: sortOf(params.sortModel),
        }
        fetchRows(wanted).then(
          page => {
            setError(null)
            onTotal?.(page.total)
            params.successCallback([...page.rows], page.total)
          },
          (failure: unknown) => {
            setError(failure)
            params.failCallback()
          },
        )
      },
    }),
    [fetchRows, onTotal],
  )
  useEffect(() => {
    if (props.freshness !== undefined) api.current?.refreshInfiniteCache()
  }, [props.freshness])

  // Other rows are other rows: what was selected among the earlier ones is selected no longer.
  const isKeptOutside = props.selection !== undefined
  useEffect(() => {
    if (source && !isKeptOutside) api.current?.deselectAll()
  }, [source, isKeptOutside])

  const { selection, onSelection } = props
  // The latest one, for events that come before React has drawn what the last of them changed.
  const current = useRef(selection)
  const show = (grid: GridApi<R>): void => {
    const wanted = current.current
    if (!wanted) return
    grid.forEachNode(node => {
      const isWanted = node.id !== undefined && wanted.ids.has(node.id) === (wanted.kind === 'some')
      if (node.data && node.isSelected() !== isWanted) node.setSelected(isWanted, false, 'api')
    })
  }
  useEffect(() => {
    current.current = selection
    if (api.current) show(api.current)
  })
  const toggle = (id: string, isSelected: boolean): void => {
    const before = current.current
    if (!before || !onSelection) return
    const ids = new Set(before.ids)
    if (isSelected === (before.kind === 'some')) ids.add(id)
    else ids.delete(id)
    current.current = { ...before, ids }
    onSelection(current.current)
  }
  const arranged = (grid: GridApi<R>): void => {
    const state = grid.getColumnState().filter(column => !column.colId.startsWith('ag-Grid'))
    props.onArrange?.(state.map(column => ({ column: column.colId, width: Math.round(column.width ?? 100) })))
  }
  const columns = useMemo(() => [...props.columns], [props.columns])
  const open = (row: R | undefined): void => {
    if (row) props.onOpen?.(row)
  }
  return (
    <div style={{ display: 'flex', flexDirection: 'column', flex: 1, minHeight: 0 }}>
      {error ? <ErrorNote error={error} onRetry={() => api.current?.purgeInfiniteCache()} /> : null}
      <section aria-label={props.label} style={{ flex: 1, minHeight: 0 }}>
        <AgGridReact<R>
          modules={gridModules}
          theme={gridTheme}
          rowModelType="infinite"
          datasource={source}
          cacheBlockSize={BLOCK}
          maxBlocksInCache={20}
          infiniteInitialRowCount={1}
          columnDefs={columns}
          defaultColDef={{ resizable: true, sortable: false, suppressHeaderMenuButton: true, minWidth: 60 }}
          getRowId={(params: GetRowIdParams<R>) => props.idOf(params.data)}
          {...(props.selectable ? { rowSelection: SELECTION } : {})}
          selectionColumnDef={{ width: 36, minWidth: 36, resizable: false, pinned: 'left' }}
          sortingOrder={['asc', 'desc']}
          suppressCellFocus={false}
          suppressDragLeaveHidesColumns
          animateRows={false}
          preventDefaultOnContextMenu
          localeText={{ ariaRowToggleSelection: t('common.selectRow'), noRowsToShow: t('common.noRows') }}
          onGridReady={event => {
            api.current = event.api
            props.onReady?.(event.api)
          }}
          onRowDoubleClicked={event => open(event.data)}
          onCellClicked={event => {
            const place = event.event?.target
            if (place instanceof Element && place.closest('[data-opens]')) open(event.data)
          }}
          onCellContextMenu={event => {
            const mouse = event.event
            if (event.data && mouse instanceof MouseEvent)
              props.onMenu?.(event.data, { x: mouse.clientX, y: mouse.clientY })
          }}
          onCellKeyDown={event => {
            const key = event.event
            if (!(key instanceof KeyboardEvent)) return
            if (props.onSelectAll && (key.ctrlKey || key.metaKey) && key.key.toLowerCase() === 'a') {
              key.preventDefault()
              props.onSelectAll()
            }
            if (key.ctrlKey || key.metaKey || key.altKey) return
            if (key.key === 'Enter') open(event.data)
            if (key.key === 'j' || key.key === 'k') moveFocus(event.api, key.key === 'j' ? 1 : -1)
          }}
          onRowSelected={event => {
            if (event.source.startsWith('api') || event.node.id === undefined) return
            toggle(event.node.id, event.node.isSelected() ?? false)
          }}
          onModelUpdated={event => show(event.api)}
          onColumnMoved={event => {
            if (event.finished && event.source.startsWith('ui')) arranged(event.api)
          }}
          onColumnResized={event => {
            if (event.finished && event.source.startsWith('ui')) arranged(event.api)
          }}
          onSortChanged={event => {
            if (!event.source.startsWith('ui')) return
            const sorted = event.api.getColumnState().find(column => column.sort)
            const model = sorted?.sort ? [{ colId: sorted.colId, sort: sorted.sort }] : []
            props.onSort?.(sortOf(model))
          }}
          onSelectionChanged={event => props.onSelect?.(event.api.getSelectedRows(), !event.source.startsWith('api'))}
        />
      </section>
    </div>
  )
}

function sortOf(model: readonly SortModelItem[]): RowsWanted['sort'] {
  const first = model[0]
  return first ? { field: first.colId, direction: first.sort === 'desc' ? 'descending' : 'ascending' } : null
}

function moveFocus<R>(api: GridApi<R>, by: 1 | -1): void {
  const cell = api.getFocusedCell()
  if (!cell) return
  const next = cell.rowIndex + by
  if (next < 0 || next >= api.getDisplayedRowCount()) return
  api.ensureIndexVisible(next)
  api.setFocusedCell(next, cell.column)
}
