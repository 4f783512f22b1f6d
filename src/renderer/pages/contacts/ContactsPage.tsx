import { Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Download, FileUp, Plus, UserRoundX, Users } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactFilter } from '../../../shared/contract/contact-filter.ts'
import type { ContactRow, SavedView } from '../../../shared/contract/contacts.ts'
import { ContactId, ListId, TagId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { DataGrid, type GridSelection, type RowsWanted } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { AddContactDialog } from './AddContactDialog.tsx'
import { type BulkActionKind, BulkDialogs, type ChosenAction } from './BulkDialogs.tsx'
import { ColumnsMenu } from './ColumnsMenu.tsx'
import { AddCondition, ConditionChips } from './ConditionChips.tsx'
import classes from './ContactsPage.module.css'
import { contactColumns, contactSort } from './columns.tsx'
import { ExportDialog } from './ExportDialog.tsx'
import { FilterBar } from './FilterBar.tsx'
import { RowMenu } from './RowMenu.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { MORE_TO_ASK, tableColumns } from './table-columns.ts'
import { UnsearchedNote } from './UnsearchedNote.tsx'
import type { BulkTarget } from './use-bulk.ts'
import { useTableView } from './use-table-view.ts'
import { useUnsearched } from './use-unsearched.ts'
import { ViewsMenu } from './ViewsMenu.tsx'

const NOBODY: GridSelection = { kind: 'some', ids: new Set() }

/** All contacts in one table of any length: search, sort, filter, and act on the selected ones. */
export function ContactsPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const search = useSearch({ from: '/contacts' })
  const [typed, setTyped] = useState(search.search ?? '')
  const [text] = useDebouncedValue(typed, 200)
  const table = useTableView()
  const { view } = table
  const [selection, setSelection] = useState(NOBODY)
  const [total, setTotal] = useState<number | null>(null)
  const [action, setAction] = useState<ChosenAction | null>(null)
  const [exported, setExported] = useState<BulkTarget | null>(null)
  const [menu, setMenu] = useState<{ readonly row: ContactRow; readonly x: number; readonly y: number } | null>(null)
  const facetsAnswer = useAsk('contacts.facets', api.contacts.facets, {})
  const facets = facetsAnswer.data
  const mayEdit = useMay('contacts.edit')
  const mayExport = useMay('contacts.export')

  const filter: ContactFilter = useMemo(
    () => ({
      search: text,
      listId: search.list ? ListId.parse(search.list) : null,
      tagId: search.tag ? TagId.parse(search.tag) : null,
      conditions: [...view.conditions],
    }),
    [text, search.list, search.tag, view.conditions],
  )
  const byRelevance = text.trim() !== '' && !view.isSortedByHand
  const unsearched = useUnsearched()
  const { note } = unsearched
  const fetchRows = useCallback(
    async ({ offset, limit, sort }: RowsWanted) => {
      const page = await api.contacts.page({
        ...filter,
        offset,
        limit,
        sort: byRelevance ? { field: 'relevance', direction: 'ascending' } : contactSort(sort),
      })
      note(page.unsearched)
      return page
    },
    [filter, byRelevance, note],
  )
  const fields = facets?.fields
  const known = useMemo(() => tableColumns(fields ?? []), [fields])
  const asked = useMemo(() => [...MORE_TO_ASK.slice(0, 2), ...known, ...MORE_TO_ASK.slice(2)], [known])
  const { drawn } = view
  const columns = useMemo(
    () => contactColumns(t, formats, { known, shown: drawn.shown, sort: drawn.sort }),
    [t, formats, known, drawn],
  )

  // Other rows are other rows: what was selected among the earlier ones is selected no longer.
  const asking = JSON.stringify(filter)
  const [askedBefore, setAskedBefore] = useState(asking)
  if (asking !== askedBefore) {
    setAskedBefore(asking)
    setSelection(NOBODY)
  }

  const goTo = (change: Partial<typeof search>): void =>
    void navigate({ to: '/contacts', search: { ...search, ...change }, replace: true })
  const open = (row: ContactRow): void => void navigate({ to: '/contacts/$id', params: { id: row.id } })
  const openView = (saved: SavedView | null): void => {
    table.open(saved)
    setTyped(saved?.filter.search ?? '')
    goTo({ list: saved?.filter.listId ?? undefined, tag: saved?.filter.tagId ?? undefined })
  }
  const everything = total ?? 0
  const count = selection.kind === 'some' ? selection.ids.size : Math.max(0, everything - selection.ids.size)
  const list = facets?.lists.find(one => one.id === search.list)
  const isFiltered = text !== '' || filter.listId !== null || filter.tagId !== null || view.conditions.length > 0
  const nobody = facets?.total === 0
  const selectAll = (): void => setSelection({ kind: 'all_but', ids: new Set() })

  const selected = (): BulkTarget => ({ selection: selectionOf(selection, filter, count), count })
  const act = (kind: BulkActionKind | 'export', target: BulkTarget): void => {
    if (kind === 'export') setExported(target)
    else setAction({ kind, target, list })
  }
  /** A row that is one of the selected stands for all of them, as in every list. */
  const targetOf = (row: ContactRow): BulkTarget =>
    isIn(selection, row.id) ? selected() : { selection: { kind: 'ids', ids: [row.id] }, count: 1 }
  const finished = (): void => {
    setAction(null)
    setSelection(NOBODY)
  }

  return (
    <>
      <ContactTabs />
      <PageHeader
        title={list ? list.name : t('contacts.title')}
        aside={total === null || nobody ? null : t('contacts.count', { count: total })}
        actions={
          <>
            {mayExport && !nobody ? (
              <Button
                variant="default"
                leftSection={<Download size={14} />}
                disabled={everything === 0}
                onClick={() => setExported({ selection: selectionOf(ALL, filter, everything), count: everything })}
              >
                {t('contacts.export')}
              </Button>
            ) : null}
            <Button
              variant="default"
              leftSection={<Plus size={14} />}
              disabled={!mayEdit}
              onClick={() => goTo({ add: true })}
            >
              {t('contacts.add')}
            </Button>
            {nobody ? null : (
              <LinkButton to="/imports" leftSection={<FileUp size={14} />}>
                {t('contacts.import')}
              </LinkButton>
            )}
          </>
        }
      />
      {nobody ? (
        <EmptyState
          icon={Users}
          title={t('contacts.noneTitle')}
          says={t('contacts.noneSays')}
          action={<LinkButton to="/imports">{t('shell.importContacts')}</LinkButton>}
        />
      ) : (
        <>
          <div className={classes.bar}>
            {count > 0 ? (
              <SelectionBar
                count={count}
                total={everything}
                list={list}
                mayEdit={mayEdit}
                mayExport={mayExport}
                onSelectAll={selectAll}
                onClear={finished}
                onAct={kind => act(kind, selected())}
              />
            ) : (
              <>
                <FilterBar
                  text={typed}
                  list={search.list ?? null}
                  tag={search.tag ?? null}
                  lists={facets?.lists ?? []}
                  tags={facets?.tags ?? []}
                  onText={value => {
                    table.typed()
                    setTyped(value)
                  }}
                  onList={value => goTo({ list: value ?? undefined })}
                  onTag={value => goTo({ tag: value ?? undefined })}
                />
                <AddCondition
                  columns={asked}
                  tags={facets?.tags ?? []}
                  lists={facets?.lists ?? []}
                  conditions={view.conditions}
                  onChange={table.narrow}
                />
                <span className={classes.gap} />
                <ViewsMenu
                  openId={view.openId}
                  present={{
                    filter,
                    sort: byRelevance ? { field: 'relevance', direction: 'ascending' } : view.sort,
                    columns: [...view.columns],
                  }}
                  onOpen={openView}
                />
                <ColumnsMenu known={known} shown={view.columns} onChange={table.choose} />
              </>
            )}
          </div>
          <ConditionChips
            columns={asked}
            tags={facets?.tags ?? []}
            lists={facets?.lists ?? []}
            conditions={view.conditions}
            onChange={table.narrow}
          />
          <UnsearchedNote count={unsearched.count} />
          <div className={classes.table}>
            <DataGrid
              key={`${drawn.version} ${known.length}`}
              label={t('contacts.table')}
              columns={columns}
              fetchRows={fetchRows}
              idOf={row => row.id}
              freshness={`${facetsAnswer.dataUpdatedAt} ${unsearched.looked}`}
              onOpen={open}
              selection={selection}
              onSelection={setSelection}
              onSelectAll={selectAll}
              onArrange={table.arrange}
              onSort={sort => table.sort(contactSort(sort))}
              onMenu={(row, at) => setMenu({ row, ...at })}
              onTotal={setTotal}
              selectable
            />
            {total === 0 && isFiltered ? (
              <div className={classes.cover}>
                <EmptyState
                  icon={UserRoundX}
                  title={t(unsearched.count > 0 ? 'contacts.noMatchSoFarTitle' : 'contacts.noMatchTitle')}
                  says={t(unsearched.count > 0 ? 'contacts.noMatchSoFarSays' : 'contacts.noMatchSays')}
                  action={
                    <Button
                      variant="default"
                      onClick={() => {
                        setTyped('')
                        table.open(null)
                        void navigate({ to: '/contacts', search: {} })
                      }}
                    >
                      {t('contacts.clearFilters')}
                    </Button>
                  }
                />
              </div>
            ) : null}
          </div>
        </>
      )}
      <RowMenu
        at={menu}
        count={menu ? targetOf(menu.row).count : 1}
        mayEdit={mayEdit}
        mayExport={mayExport}
        list={list}
        onClose={() => setMenu(null)}
        onOpen={open}
        onAct={(kind, row) => act(kind, targetOf(row))}
      />
      <BulkDialogs action={action} onDone={finished} onClose={() => setAction(null)} />
      {exported ? (
        <ExportDialog
          target={exported}
          columns={view.columns.map(column => column.column)}
          onClose={() => setExported(null)}
        />
      ) : null}
      <AddContactDialog
        opened={search.add === true}
        onClose={() => goTo({ add: undefined })}
        onAdded={contact => void navigate({ to: '/contacts/$id', params: { id: contact.id } })}
      />
    </>
  )
}

const ALL: GridSelection = { kind: 'all_but', ids: new Set() }

function isIn({ kind, ids }: GridSelection, id: string): boolean {
  return ids.has(id) === (kind === 'some')
}

function selectionOf({ kind, ids }: GridSelection, filter: ContactFilter, expected: number): BulkTarget['selection'] {
  const named = [...ids].map(id => ContactId.parse(id))
  return kind === 'some' ? { kind: 'ids', ids: named } : { kind: 'filter', filter, except: named, expected }
}
