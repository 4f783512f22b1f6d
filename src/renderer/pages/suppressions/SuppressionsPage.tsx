import { Button, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import type { ColDef } from 'ag-grid-community'
import { Plus, Search, ShieldCheck } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Suppression } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { ContactTabs } from '../../components/ContactTabs.tsx'
import { DataGrid, type RowsWanted } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { LiftDialog, SuppressDialog } from './SuppressionDialogs.tsx'

/** Addresses that must not be written to: find, add, lift. */
export function SuppressionsPage() {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [adding, setAdding] = useState(false)
  const [lifting, setLifting] = useState<Suppression | null>(null)
  const mayAdd = useMay('contacts.edit')
  const mayLift = useMay('compliance.manage')
  const first = useAsk('compliance.suppressions', api.compliance.suppressions, { search, limit: 1 }, { keepLast: true })
  const fetchRows = useCallback(
    ({ offset, limit }: RowsWanted) => api.compliance.suppressions({ search, offset, limit }),
    [search],
  )
  const columns = useSuppressionColumns(mayLift, setLifting)
  const total = first.data?.total ?? 0
  const isEmpty = first.data?.total === 0
  const add = (
    <Button leftSection={<Plus size={14} />} disabled={!mayAdd} onClick={() => setAdding(true)}>
      {t('suppressions.add')}
    </Button>
  )
  return (
    <>
      <ContactTabs />
      <PageHeader
        title={t('suppressions.title')}
        aside={total > 0 ? t('suppressions.count', { count: total }) : null}
        says={t('suppressions.says')}
        actions={isEmpty && search === '' ? null : add}
      />
      {isEmpty && search === '' ? (
        <EmptyState
          icon={ShieldCheck}
          title={t('suppressions.emptyTitle')}
          says={t('suppressions.emptySays')}
          action={add}
        />
      ) : (
        <>
          <TextInput
            data-find=""
            maw={380}
            mb="sm"
            leftSection={<Search size={14} aria-hidden />}
            placeholder={t('suppressions.find')}
            aria-label={t('suppressions.find')}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
          />
          {isEmpty ? (
            <EmptyState icon={Search} title={t('suppressions.noMatch')} says={t('suppressions.noMatchSays')} />
          ) : (
            <DataGrid
              label={t('suppressions.table')}
              columns={columns}
              fetchRows={fetchRows}
              idOf={row => `${row.channel} ${row.address}`}
              freshness={first.dataUpdatedAt}
              onOpen={row => {
                if (mayLift) setLifting(row)
              }}
            />
          )}
        </>
      )}
      {adding ? <SuppressDialog onClose={() => setAdding(false)} /> : null}
      {lifting ? <LiftDialog suppression={lifting} onClose={() => setLifting(null)} /> : null}
    </>
  )
}

function useSuppressionColumns(mayLift: boolean, onLift: (one: Suppression) => void): ColDef<Suppression>[] {
  const { t } = useTranslation()
  const formats = useFormats()
  return useMemo(
    () => [
      {
        colId: 'channel',
        headerName: t('common.channel'),
        width: 80,
        cellRenderer: ({ data }: { data?: Suppression }) => (data ? <ChannelIcon channel={data.channel} /> : null),
      },
      { colId: 'address', field: 'address', headerName: t('suppressions.address'), flex: 2, minWidth: 180 },
      {
        colId: 'reason',
        headerName: t('suppressions.reason'),
        flex: 1.2,
        minWidth: 130,
        valueGetter: ({ data }) => (data ? t(`contacts.reason_${data.reason}`) : ''),
      },
      {
        colId: 'since',
        headerName: t('suppressions.since'),
        width: 120,
        valueGetter: ({ data }) => (data ? formats.when(data.at) : ''),
      },
      { colId: 'source', field: 'source', headerName: t('suppressions.source'), flex: 1, minWidth: 110 },
      { colId: 'note', field: 'note', headerName: t('suppressions.note'), flex: 2, minWidth: 120 },
      {
        colId: 'lift',
        headerName: '',
        width: 80,
        hide: !mayLift,
        cellRenderer: ({ data }: { data?: Suppression }) =>
          data ? (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('suppressions.liftOf', { address: data.address })}
              onClick={() => onLift(data)}
            >
              {t('suppressions.lift')}
            </Button>
          ) : null,
      },
    ],
    [t, formats, mayLift, onLift],
  )
}
