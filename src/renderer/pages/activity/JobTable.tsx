import { Button, Table, Text } from '@mantine/core'
import { Activity } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Job } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'

/** Background work with its progress; what runs can be stopped. */
export function JobTable() {
  const { t } = useTranslation()
  const [stopping, setStopping] = useState<Job | null>(null)
  const jobs = useAsk('activity.jobs', api.activity.jobs, { limit: 100 }, { everyMs: 2000 })
  const cancel = useAct('activity.cancel', api.activity.cancel, { showsError: true, onDone: () => setStopping(null) })
  return (
    <>
      <Answer to={jobs}>
        {({ rows, total }) =>
          rows.length === 0 ? (
            <EmptyState icon={Activity} title={t('activity.noJobs')} says={t('activity.noJobsSays')} />
          ) : (
            <>
              <Table verticalSpacing={6}>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th>{t('activity.job')}</Table.Th>
                    <Table.Th w={150}>{t('activity.state')}</Table.Th>
                    <Table.Th w={240}>{t('activity.progress')}</Table.Th>
                    <Table.Th w={130}>{t('activity.created')}</Table.Th>
                    <Table.Th w={130}>{t('activity.ended')}</Table.Th>
                    <Table.Th w={80} aria-label={t('activity.actions')} />
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {rows.map(job => (
                    <JobRow key={job.id} job={job} onStop={() => setStopping(job)} />
                  ))}
                </Table.Tbody>
              </Table>
              {total > rows.length ? (
                <Text c="dimmed" mt="sm">
                  {t('activity.older')}
                </Text>
              ) : null}
            </>
          )
        }
      </Answer>
      {stopping ? (
        <ConfirmDialog
          opened
          danger
          title={t('activity.stopTitle')}
          says={t('activity.stopSays', { title: stopping.title })}
          confirm={t('activity.stopConfirm')}
          busy={cancel.isPending}
          error={cancel.error}
          onConfirm={() => cancel.mutate({ id: stopping.id })}
          onClose={() => setStopping(null)}
        />
      ) : null}
    </>
  )
}

function JobRow({ job, onStop }: { readonly job: Job; readonly onStop: () => void }) {
  const { t } = useTranslation()
  return (
    <Table.Tr>
      <Table.Td>
        {job.link ? (
          <LinkAnchor to={job.link} inherit fw={500}>
            {job.title}
          </LinkAnchor>
        ) : (
          <Text fw={500}>{job.title}</Text>
        )}
        {job.reason ? (
          <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
            {job.reason}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>
        <StatusBadge status={job.state} />
      </Table.Td>
      <Table.Td>
        {job.state === 'running' ? (
          <ProgressLine label={job.title} done={job.done} total={job.total} shareOnly />
        ) : null}
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={job.createdAt} />
      </Table.Td>
      <Table.Td c="dimmed">
        <Time at={job.endedAt} />
      </Table.Td>
      <Table.Td>
        {job.canCancel ? (
          <Button size="xs" variant="default" aria-label={t('activity.stopOf', { title: job.title })} onClick={onStop}>
            {t('activity.stop')}
          </Button>
        ) : null}
      </Table.Td>
    </Table.Tr>
  )
}
