import { Anchor, SegmentedControl, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Stamp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Time } from '../../components/Figures.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

/** The queue of requests for approval, and the history of decisions. */
export function ApprovalsPage() {
  const { t } = useTranslation()
  const [state, setState] = useState<'pending' | 'all'>('pending')
  const queue = useAsk('approvals.queue', api.approvals.queue, { state }, { keepLast: true })
  const waiting = queue.data?.rows.filter(row => row.state === 'pending').length
  return (
    <>
      <PageHeader
        title={t('approvals.title')}
        aside={waiting === undefined ? null : t('approvals.waiting', { count: waiting })}
      />
      <SegmentedControl
        mb="md"
        size="xs"
        style={{ alignSelf: 'flex-start' }}
        aria-label={t('approvals.show')}
        value={state}
        onChange={setState}
        data={[
          { value: 'pending', label: t('approvals.pending') },
          { value: 'all', label: t('approvals.all') },
        ]}
      />
      <Answer to={queue}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={Stamp} title={t('approvals.empty')} says={t('approvals.emptySays')} />
          ) : (
            <Queue rows={rows} />
          )
        }
      </Answer>
    </>
  )
}

function Queue({ rows }: { readonly rows: readonly Approval[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Table highlightOnHover verticalSpacing={4} aria-label={t('approvals.title')}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('approvals.campaign')}</Table.Th>
          <Table.Th>{t('approvals.state')}</Table.Th>
          <Table.Th ta="right">{t('approvals.recipients')}</Table.Th>
          <Table.Th ta="right">{t('approvals.cost')}</Table.Th>
          <Table.Th>{t('approvals.by')}</Table.Th>
          <Table.Th ta="right">{t('approvals.at')}</Table.Th>
          <Table.Th>{t('approvals.decided')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(row => (
          <Table.Tr key={row.id}>
            <Table.Td>
              <ChannelIcon channel={row.channel} />{' '}
              <Anchor
                fw={500}
                c="inherit"
                renderRoot={props => <Link to="/approvals/$id" params={{ id: row.id }} {...props} />}
              >
                {row.campaignName}
              </Anchor>
            </Table.Td>
            <Table.Td>
              <StatusBadge status={row.state} />
            </Table.Td>
            <Table.Td className="t-num">{formats.number(row.summary.recipients)}</Table.Td>
            <Table.Td className="t-num">{formats.money(row.summary.costMinor, row.summary.currency)}</Table.Td>
            <Table.Td>{row.requestedBy}</Table.Td>
            <Table.Td className="t-num">
              <Time at={row.requestedAt} />
            </Table.Td>
            <Table.Td>{row.decidedBy ?? '–'}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}
