import type { ColDef } from 'ag-grid-community'
import type { TFunction } from 'i18next'
import { Ellipsis } from 'lucide-react'
import type { CampaignRow } from '../../../shared/contract/campaigns.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import type { Formats } from '../../lib/formats.ts'
import classes from './CampaignsPage.module.css'

type Cell = { readonly data?: CampaignRow }

/** The columns of the campaign table. */
export function campaignColumns(
  t: TFunction,
  formats: Formats,
  onMenu: (at: { readonly row: CampaignRow; readonly x: number; readonly y: number }) => void,
): ColDef<CampaignRow>[] {
  const figure = (
    field: 'audience' | 'sent' | 'failed' | 'opened' | 'clicked',
    width: number,
  ): ColDef<CampaignRow> => ({
    colId: field,
    headerName: t(`campaigns.${field}`),
    width,
    type: 'rightAligned',
    cellClass: classes.figures ?? '',
    valueGetter: ({ data }) => (data && data.audience > 0 ? formats.number(data[field]) : '–'),
  })
  return [
    {
      colId: 'name',
      headerName: t('common.name'),
      flex: 2.4,
      minWidth: 150,
      cellRenderer: ({ data }: Cell) =>
        data ? (
          <span className={classes.title}>
            <ChannelIcon channel={data.channel} />
            <span className={classes.name} data-opens="">
              {data.name}
            </span>
          </span>
        ) : null,
    },
    {
      colId: 'status',
      headerName: t('campaigns.status'),
      width: 114,
      cellRenderer: ({ data }: Cell) => (data ? <StatusBadge status={data.status} /> : null),
    },
    figure('audience', 82),
    figure('sent', 70),
    figure('failed', 66),
    figure('opened', 76),
    figure('clicked', 74),
    {
      colId: 'sendAt',
      headerName: t('campaigns.scheduled'),
      width: 126,
      type: 'rightAligned',
      cellClass: classes.figures ?? '',
      valueGetter: ({ data }) => (data?.sendAt ? formats.when(data.sendAt) : '–'),
      tooltipValueGetter: ({ data }) => (data?.sendAt ? formats.exactly(data.sendAt) : ''),
    },
    { colId: 'owner', field: 'owner', headerName: t('campaigns.owner'), flex: 1, minWidth: 70 },
    {
      colId: 'updatedAt',
      headerName: t('campaigns.updated'),
      width: 126,
      type: 'rightAligned',
      cellClass: classes.figures ?? '',
      valueGetter: ({ data }) => (data ? formats.when(data.updatedAt) : ''),
      tooltipValueGetter: ({ data }) => (data ? formats.exactly(data.updatedAt) : ''),
    },
    {
      colId: 'more',
      headerName: '',
      width: 44,
      resizable: false,
      cellRenderer: ({ data }: Cell) =>
        data ? (
          <button
            type="button"
            className={classes.more}
            aria-label={t('campaigns.actionsFor', { name: data.name })}
            onClick={event => {
              const { left, bottom } = event.currentTarget.getBoundingClientRect()
              onMenu({ row: data, x: left, y: bottom })
            }}
          >
            <Ellipsis size={15} />
          </button>
        ) : null,
    },
  ]
}
