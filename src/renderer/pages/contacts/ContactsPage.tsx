import { Button, Select, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import type { GridApi } from 'ag-grid-community'
import { Download, FileUp, Plus, Search, UserRoundX, Users } from 'lucide-react'
import { useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactFilter, ContactRow } from '../../../shared/contract/contacts.ts'
import { ListId, TagId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { DataGrid, type RowsWanted } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useReport } from '../../lib/report.ts'
import { useAsk } from '../../lib/requests.ts'
import { useCsvExport } from '../../lib/use-csv-export.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { AddContactDialog } from './AddContactDialog.tsx'
import { type ContactAction, ContactDialogs } from './ContactDialogs.tsx'
import classes from './ContactsPage.module.css'
import { contactColumns, contactSort } from './columns.tsx'
import { RowMenu } from './RowMenu.tsx'
import { SelectionBar } from './SelectionBar.tsx'

const MOST_AT_ONCE = 10_000
const PAGE = 1000

/** All contacts in one table of any length: search, sort, filter, and act on the selected ones. */
export function ContactsPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const search = useSearch({ from: '/contacts' })
  const [typed, setTyped] = useState(search.search ?? '')
  const [text] = useDebouncedValue(typed, 200)
  const [chosen, setChosen] = useState<readonly string[]>([])
  // Everybody who matches, also those whose rows were never fetched.
  const [everybody, setEverybody] = useState<readonly string[] | null>(null)
  const selected = everybody ?? chosen
  const [total, setTotal] = useState<number | null>(null)
  const [action, setAction] = useState<ContactAction | null>(null)
  const [menu, setMenu] = useState<{ readonly row: ContactRow; readonly x: number; readonly y: number } | null>(null)
  const grid = useRef<GridApi<ContactRow> | null>(null)
  const facetsAnswer = useAsk('contacts.facets', api.contacts.facets, {})
  const facets = facetsAnswer.data
  const mayEdit = useMay('contacts.edit')
  const mayExport = useMay('contacts.export')
  const csv = useCsvExport()
  const report = useReport()

  const filter = useMemo(
    () => ({
      search: text,
      listId: search.list ? ListId.parse(search.list) : null,
      tagId: search.tag ? TagId.parse(search.tag) : null,
      conditions: [],
    }),
    [text, search.list, search.tag],
  )
  const takeGrid = useCallback((api: GridApi<ContactRow>) => {
    grid.current = api
  }, [])
  const fetchRows = useCallback(
    ({ offset, limit, sort }: RowsWanted) => api.contacts.page({ ...filter, offset, limit, sort: contactSort(sort) }),
    [filter],
  )
  const columns = useMemo(() => contactColumns(t, formats), [t, formats])
  const narrow = (change: { list?: string | undefined; tag?: string | undefined }): void => {
    void navigate({ to: '/contacts', search: { ...search, ...change }, replace: true })
  }
  const closeAdd = (): void => void navigate({ to: '/contacts', search: { ...search, add: undefined }, replace: true })
  const open = (row: ContactRow): void => void navigate({ to: '/contacts/$id', params: { id: row.id } })
  const isFiltered = text !== '' || filter.listId !== null || filter.tagId !== null
  const list = facets?.lists.find(one => one.id === search.list)

  const selectAll = useMutation({
    mutationFn: () => idsOf(filter, total ?? 0),
    onSuccess: ids => {
      grid.current?.forEachNode(node => {
        if (node.data) node.setSelected(true)
      })
      setEverybody(ids)
    },
    onError: report.failed,
  })
  const finished = (): void => {
    setAction(null)
    setChosen([])
    setEverybody(null)
    grid.current?.deselectAll()
  }

  const nobody = facets?.total === 0
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
                title={t('contacts.exportSays')}
                loading={csv.busy}
                onClick={() => csv.run(filter)}
              >
                {t('contacts.exportAll')}
              </Button>
            ) : null}
            <Button
              variant="default"
              leftSection={<Plus size={14} />}
              disabled={!mayEdit}
              onClick={() => void navigate({ to: '/contacts', search: { ...search, add: true } })}
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
            {selected.length > 0 ? (
              <SelectionBar
                count={selected.length}
                total={total ?? 0}
                list={list}
                mayEdit={mayEdit}
                isSelectingAll={selectAll.isPending}
                onSelectAll={() => selectAll.mutate()}
                onClear={finished}
                onAct={kind => setAction({ kind, ids: selected, list })}
              />
            ) : (
              <>
                <TextInput
                  className={classes.find ?? ''}
                  data-find=""
                  leftSection={<Search size={14} aria-hidden />}
                  placeholder={t('contacts.find')}
                  aria-label={t('contacts.find')}
                  value={typed}
                  onChange={event => setTyped(event.currentTarget.value)}
                />
                <Select
                  aria-label={t('contacts.anyList')}
                  placeholder={t('contacts.anyList')}
                  clearable
                  searchable
                  w={170}
                  value={search.list ?? null}
                  data={(facets?.lists ?? []).map(one => ({
                    value: one.id,
                    label: `${one.name} (${formats.number(one.count)})`,
                  }))}
                  onChange={value => narrow({ list: value ?? undefined })}
                />
                <Select
                  aria-label={t('contacts.anyTag')}
                  placeholder={t('contacts.anyTag')}
                  clearable
                  searchable
                  w={170}
                  value={search.tag ?? null}
                  data={(facets?.tags ?? []).map(one => ({
                    value: one.id,
                    label: `${one.name} (${formats.number(one.count)})`,
                  }))}
                  onChange={value => narrow({ tag: value ?? undefined })}
                />
              </>
            )}
          </div>
          <div style={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex' }}>
            <DataGrid
              label={t('contacts.table')}
              columns={columns}
              fetchRows={fetchRows}
              idOf={row => row.id}
              freshness={facetsAnswer.dataUpdatedAt}
              onOpen={open}
              onSelect={(rows, isByHand) => {
                setChosen(rows.map(row => row.id))
                if (isByHand || rows.length === 0) setEverybody(null)
              }}
              onMenu={(row, at) => setMenu({ row, ...at })}
              onTotal={setTotal}
              selectable
              onReady={takeGrid}
            />
            {total === 0 && isFiltered ? (
              <div style={{ position: 'absolute', zIndex: 2, inset: '30px 0 0', background: 'var(--t-ground)' }}>
                <EmptyState
                  icon={UserRoundX}
                  title={t('contacts.noMatchTitle')}
                  says={t('contacts.noMatchSays')}
                  action={
                    <Button
                      variant="default"
                      onClick={() => {
                        setTyped('')
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
        mayEdit={mayEdit}
        list={list}
        onClose={() => setMenu(null)}
        onOpen={open}
        onAct={(kind, row) => setAction({ kind, ids: [row.id], list })}
      />
      <ContactDialogs action={action} onDone={finished} onClose={() => setAction(null)} />
      <AddContactDialog
        opened={search.add === true}
        onClose={closeAdd}
        onAdded={contact => void navigate({ to: '/contacts/$id', params: { id: contact.id } })}
      />
    </>
  )
}

async function idsOf(filter: ContactFilter, total: number): Promise<readonly string[]> {
  const ids: string[] = []
  for (let offset = 0; offset < Math.min(total, MOST_AT_ONCE); offset += PAGE) {
    const page = await api.contacts.page({ ...filter, offset, limit: PAGE })
    ids.push(...page.rows.map(row => row.id))
  }
  return ids
}
