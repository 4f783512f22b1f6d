import type { ColDef } from 'ag-grid-community'
import { ScrollText } from 'lucide-react'
import { useCallback, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { api } from '../../api.ts'
import { DataGrid, type RowsWanted } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

type AuditRow = Awaited<ReturnType<typeof api.activity.audit>>['rows'][number]

/** Who did what, newest first, however long it is. */
export function AuditTrail() {
  const { t } = useTranslation()
  const formats = useFormats()
  const newest = useAsk('activity.audit', api.activity.audit, { limit: 1 }, { everyMs: 5000 })
  const fetchRows = useCallback(({ offset, limit }: RowsWanted) => api.activity.audit({ offset, limit }), [])
  const columns = useMemo<ColDef<AuditRow>[]>(
    () => [
      {
        colId: 'at',
        headerName: t('activity.at'),
        width: 130,
        valueGetter: ({ data }) => (data ? formats.when(data.at) : ''),
      },
      { colId: 'actor', field: 'actor', headerName: t('activity.actor'), width: 150 },
      {
        colId: 'action',
        headerName: t('activity.action'),
        flex: 1,
        minWidth: 160,
        valueGetter: ({ data }) => data?.action.replaceAll(/[._]/g, ' ') ?? '',
      },
      { colId: 'entity', field: 'entity', headerName: t('activity.entity'), width: 120 },
      {
        colId: 'detail',
        headerName: t('activity.detail'),
        flex: 3,
        minWidth: 200,
        valueGetter: ({ data }) => (data ? readable(data.detail) : ''),
      },
    ],
    [t, formats],
  )
  if (newest.data?.total === 0) {
    return <EmptyState icon={ScrollText} title={t('activity.noAudit')} says={t('activity.noAuditSays')} />
  }
  return (
    <DataGrid
      label={t('activity.auditTable')}
      columns={columns}
      fetchRows={fetchRows}
      idOf={row => String(row.seq)}
      freshness={newest.data?.total}
    />
  )
}

const Detail = z.record(z.string(), z.unknown())

// The trail keeps details as JSON, so that nothing is lost; people read them as words.
function readable(detail: string): string {
  try {
    return Object.entries(Detail.parse(JSON.parse(detail)))
      .map(
        ([name, value]) => `${name.replaceAll('_', ' ')}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
      )
      .join(' · ')
  } catch {
    return detail
  }
}
