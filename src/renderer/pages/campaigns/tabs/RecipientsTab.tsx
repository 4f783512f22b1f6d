import { Button, SegmentedControl, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import type { ColDef } from 'ag-grid-community'
import type { TFunction } from 'i18next'
import { Search, UserRoundX } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../../shared/contract/campaigns.ts'
import type { ContactId } from '../../../../shared/contract/define.ts'
import type { Recipient } from '../../../../shared/contract/sending.ts'
import { api } from '../../../api.ts'
import { DataGrid, type RowsWanted } from '../../../components/DataGrid.tsx'
import { EmptyState } from '../../../components/EmptyState.tsx'
import { StatusBadge } from '../../../components/StatusBadge.tsx'
import { WhyDialog } from '../../../components/why/WhyDialog.tsx'
import type { Formats } from '../../../lib/formats.ts'
import { useAsk } from '../../../lib/requests.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import pages from '../CampaignPage.module.css'
import classes from '../CampaignsPage.module.css'
import { UnknownPanel } from './UnknownPanel.tsx'

const STATES = ['all', 'sent', 'failed', 'skipped', 'pending', 'unknown', 'opened', 'clicked'] as const
// A running campaign changes rows all the time; the grid reads its visible rows again this often.
const REFRESH_EVERY_MS = 3000

/** Everybody in the campaign with status and reason. */
export function RecipientsTab({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const [state, setState] = useState<(typeof STATES)[number]>('all')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [total, setTotal] = useState<number | null>(null)
  const campaignId = campaign.id
  const counts = useAsk(
    'sending.progress',
    api.sending.progress,
    { campaignId },
    campaign.status === 'running' ? { everyMs: REFRESH_EVERY_MS } : {},
  )
  const fetchRows = useCallback(
    ({ offset, limit }: RowsWanted) => api.sending.recipients({ campaignId, state, search, offset, limit }),
    [campaignId, state, search],
  )
  const [asking, setAsking] = useState<ContactId | null>(null)
  const columns = useMemo(() => recipientColumns(t, formats, setAsking), [t, formats])
  const unknown = counts.data?.counts.unknown ?? 0
  return (
    <>
      {state === 'unknown' && unknown > 0 ? <UnknownPanel campaignId={campaignId} count={unknown} /> : null}
      <div className={pages.bar}>
        <TextInput
          w={240}
          data-find=""
          aria-label={t('results.find')}
          placeholder={t('results.find')}
          leftSection={<Search size={14} aria-hidden />}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('results.states')}
          value={state}
          onChange={setState}
          data={STATES.map(one => ({ value: one, label: t(`results.state_${one}`) }))}
        />
        {total === null ? null : (
          <Text c="dimmed" role="status">
            {t('results.recipients', { count: total })}
          </Text>
        )}
      </div>
      <div className={pages.grid}>
        <DataGrid
          label={t('results.table')}
          columns={columns}
          fetchRows={fetchRows}
          idOf={row => row.messageId}
          freshness={counts.dataUpdatedAt}
          onOpen={row => void navigate({ to: '/contacts/$id', params: { id: row.contactId } })}
          onTotal={setTotal}
        />
        {total === 0 ? (
          <div className={pages.nothing}>
            <EmptyState icon={UserRoundX} title={t('results.nobody')} says={t('results.nobodySays')} />
          </div>
        ) : null}
      </div>
      {asking === null ? null : (
        <WhyDialog leadsToContact campaignId={campaignId} contactId={asking} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

type Cell = { readonly data?: Recipient }

function recipientColumns(t: TFunction, formats: Formats, onWhy: (contactId: ContactId) => void): ColDef<Recipient>[] {
  const moment = (field: 'updatedAt' | 'openedAt', headerName: string): ColDef<Recipient> => ({
    colId: field,
    headerName,
    width: 126,
    type: 'rightAligned',
    cellClass: classes.figures ?? '',
    valueGetter: ({ data }) => (data?.[field] ? formats.when(data[field]) : '–'),
    tooltipValueGetter: ({ data }) => (data?.[field] ? formats.exactly(data[field]) : ''),
  })
  return [
    {
      colId: 'name',
      headerName: t('results.name'),
      flex: 1.4,
      minWidth: 130,
      cellRenderer: ({ data }: Cell) =>
        data ? (
          <span className={classes.name} data-opens="">
            {data.name || data.address}
          </span>
        ) : null,
    },
    { colId: 'address', field: 'address', headerName: t('results.address'), flex: 2, minWidth: 160 },
    {
      colId: 'state',
      headerName: t('results.state'),
      width: 120,
      cellRenderer: ({ data }: Cell) => (data ? <StatusBadge status={data.state} /> : null),
    },
    {
      colId: 'reason',
      field: 'reasonText',
      headerName: t('results.reason'),
      flex: 2.2,
      minWidth: 140,
      tooltipField: 'reasonText',
    },
    {
      colId: 'attempts',
      headerName: t('results.attempts'),
      width: 90,
      type: 'rightAligned',
      cellClass: classes.figures ?? '',
      valueGetter: ({ data }) => (data ? formats.number(data.attempts) : ''),
    },
    moment('openedAt', t('results.openedAt')),
    moment('updatedAt', t('results.changed')),
    {
      colId: 'why',
      headerName: '',
      width: 80,
      cellRenderer: ({ data }: Cell) =>
        data ? (
          <Button
            size="compact-xs"
            variant="subtle"
            aria-label={t('why.askOf', { name: data.name || data.address })}
            onClick={() => onWhy(data.contactId)}
          >
            {t('why.ask')}
          </Button>
        ) : null,
    },
  ]
}
