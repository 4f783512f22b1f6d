import { Button, Checkbox, Table, Text } from '@mantine/core'
import { Filter, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SegmentRow } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Num, Time } from '../../components/Figures.tsx'
import { LinkAnchor, LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { SegmentMenu } from './SegmentMenu.tsx'

/** Every segment with its number, its growth, and what uses it. */
export function SegmentsPage() {
  const { t } = useTranslation()
  const mayEdit = useMay('contacts.edit')
  const [showsArchived, setShowsArchived] = useState(false)
  const answer = useAsk('segments.list', api.segments.list, { archived: showsArchived }, { keepLast: true })
  const create = mayEdit ? (
    <LinkButton to="/segments/new" leftSection={<Plus size={14} />}>
      {t('segments.create')}
    </LinkButton>
  ) : (
    <Button disabled leftSection={<Plus size={14} />}>
      {t('segments.create')}
    </Button>
  )
  const count = answer.data?.rows.length ?? 0
  const isEmpty = count === 0 && !showsArchived
  return (
    <>
      <PageHeader
        title={t('segments.title')}
        aside={count > 0 ? t('segments.count', { count }) : null}
        actions={
          isEmpty ? null : (
            <>
              <Checkbox
                size="xs"
                label={t('segments.showArchived')}
                checked={showsArchived}
                onChange={event => setShowsArchived(event.currentTarget.checked)}
              />
              {create}
            </>
          )
        }
      />
      <Answer to={answer}>
        {({ rows }) =>
          isEmpty ? (
            <EmptyState icon={Filter} title={t('segments.emptyTitle')} says={t('segments.emptySays')} action={create} />
          ) : rows.length === 0 ? (
            <Text c="dimmed">{t('segments.noArchived')}</Text>
          ) : (
            <SegmentTable rows={rows} mayEdit={mayEdit} />
          )
        }
      </Answer>
    </>
  )
}

function SegmentTable({ rows, mayEdit }: { readonly rows: readonly SegmentRow[]; readonly mayEdit: boolean }) {
  const { t } = useTranslation()
  return (
    <Table highlightOnHover verticalSpacing={6}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('segments.name')}</Table.Th>
          <Table.Th w={110}>{t('segments.kind')}</Table.Th>
          <Table.Th ta="right" w={110}>
            {t('segments.people')}
          </Table.Th>
          <Table.Th ta="right" w={150}>
            {t('segments.trend')}
          </Table.Th>
          <Table.Th ta="right" w={130}>
            {t('segments.counted')}
          </Table.Th>
          <Table.Th ta="right" w={90}>
            {t('segments.usedBy')}
          </Table.Th>
          <Table.Th ta="right" w={130}>
            {t('segments.updated')}
          </Table.Th>
          <Table.Th w={44} aria-label={t('common.more')} />
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows.map(row => (
          <Table.Tr key={row.id}>
            <Table.Td>
              <LinkAnchor to="/segments/$id" params={{ id: row.id }} inherit fw={500} c="inherit">
                {row.name}
              </LinkAnchor>
              {row.archivedAt === null ? null : (
                <Text span fz="xs" c="dimmed" ml={8}>
                  {t('segments.archived')}
                </Text>
              )}
              {row.description ? (
                <Text fz="xs" c="dimmed" lineClamp={1}>
                  {row.description}
                </Text>
              ) : null}
            </Table.Td>
            <Table.Td c="dimmed">{t(`segments.kind_${row.kind}`)}</Table.Td>
            <Table.Td ta="right">{row.countedAt === null ? '–' : <Num value={row.people} />}</Table.Td>
            <Table.Td ta="right">
              <Trend row={row} />
            </Table.Td>
            <Table.Td ta="right" c="dimmed">
              <Time at={row.countedAt} />
            </Table.Td>
            <Table.Td ta="right" c="dimmed">
              {row.usedBy === 0 ? '–' : <Num value={row.usedBy} />}
            </Table.Td>
            <Table.Td ta="right" c="dimmed">
              <Time at={row.updatedAt} />
            </Table.Td>
            <Table.Td>
              <SegmentMenu segment={row} mayEdit={mayEdit} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Trend({ row }: { readonly row: SegmentRow }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (row.kind === 'static' || (row.entered === 0 && row.left === 0)) {
    return (
      <Text span inherit c="dimmed">
        –
      </Text>
    )
  }
  const entered = `+${formats.number(row.entered)}`
  const left = `−${formats.number(row.left)}`
  return (
    <span className="t-num" title={t('segments.trendSays', { entered, left })}>
      <Text span inherit c="var(--t-good)">
        {entered}
      </Text>{' '}
      <Text span inherit c="dimmed">
        {left}
      </Text>
    </span>
  )
}
