import { Button, SegmentedControl, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Megaphone, Plus, Search, SearchX } from 'lucide-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignRow } from '../../../shared/contract/campaigns.ts'
import { CampaignStatus } from '../../../shared/domain/campaign-status.ts'
import { api } from '../../api.ts'
import { DataGrid, type RowsWanted } from '../../components/DataGrid.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { CampaignMenu } from './CampaignMenu.tsx'
import classes from './CampaignsPage.module.css'
import { campaignColumns } from './columns.tsx'
import { NewCampaignDialog } from './NewCampaignDialog.tsx'

const VIEWS = ['all', 'draft', 'in_review', 'scheduled', 'running', 'paused', 'completed'] as const
const EDITED: readonly CampaignStatus[] = ['draft', 'in_review', 'approved', 'scheduled']

/** All campaigns with their numbers; drafts open in the wizard, the others on their page. */
export function CampaignsPage() {
  const { t } = useTranslation()
  const formats = useFormats()
  const navigate = useNavigate()
  const isMaking = useSearch({ from: '/campaigns' }).create ?? false
  const mayEdit = useMay('campaigns.edit')
  const [view, setView] = useState<(typeof VIEWS)[number]>('all')
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 200)
  const [total, setTotal] = useState<number | null>(null)
  const [menu, setMenu] = useState<{ readonly row: CampaignRow; readonly x: number; readonly y: number } | null>(null)
  // Asked for its moment alone: the grid reads its own rows, and again when anything here has changed.
  const changes = useAsk('campaigns.list', api.campaigns.list, { limit: 1 })
  const status = view === 'all' ? null : CampaignStatus.parse(view)
  const fetchRows = useCallback(
    ({ offset, limit }: RowsWanted) => api.campaigns.list({ status, search, offset, limit }),
    [status, search],
  )
  const columns = useMemo(() => campaignColumns(t, formats, setMenu), [t, formats])
  const open = useCallback(
    (row: CampaignRow): void => {
      const to = EDITED.includes(row.status) ? '/campaigns/$id/edit' : '/campaigns/$id'
      void navigate({ to, params: { id: row.id } })
    },
    [navigate],
  )
  const make = (create: boolean): void => void navigate({ to: '/campaigns', search: create ? { create } : {} })
  const isFiltered = view !== 'all' || search !== ''
  const isEmpty = changes.data?.total === 0
  return (
    <>
      <PageHeader
        title={t('campaigns.title')}
        aside={total === null ? null : t('campaigns.count', { count: total })}
        actions={
          <Button leftSection={<Plus size={15} />} disabled={!mayEdit} onClick={() => make(true)}>
            {t('campaigns.new')}
          </Button>
        }
      />
      {isEmpty ? (
        <EmptyState icon={Megaphone} title={t('campaigns.empty')} says={t('campaigns.emptySays')} />
      ) : (
        <>
          <div className={classes.bar}>
            <TextInput
              w={260}
              data-find=""
              aria-label={t('common.search')}
              placeholder={t('common.search')}
              leftSection={<Search size={14} aria-hidden />}
              value={typed}
              onChange={event => setTyped(event.currentTarget.value)}
            />
            <SegmentedControl
              size="xs"
              aria-label={t('campaigns.views')}
              value={view}
              onChange={setView}
              data={VIEWS.map(one => ({
                value: one,
                label: one === 'all' ? t('campaigns.view_all') : t(`status.${one}`),
              }))}
            />
          </div>
          <div className={classes.grid}>
            <DataGrid
              label={t('campaigns.title')}
              columns={columns}
              fetchRows={fetchRows}
              idOf={row => row.id}
              freshness={changes.dataUpdatedAt}
              onOpen={open}
              onMenu={(row, at) => setMenu({ row, ...at })}
              onTotal={setTotal}
            />
            {total === 0 && isFiltered ? (
              <div className={classes.nothing}>
                <EmptyState icon={SearchX} title={t('campaigns.nothingFound')} says={t('campaigns.nothingFoundSays')} />
              </div>
            ) : null}
          </div>
        </>
      )}
      <CampaignMenu at={menu} mayEdit={mayEdit} onOpen={open} onClose={() => setMenu(null)} />
      <NewCampaignDialog opened={isMaking && mayEdit} onClose={() => make(false)} />
    </>
  )
}
