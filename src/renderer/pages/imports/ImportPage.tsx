import { Alert, Code, Stack, Text } from '@mantine/core'
import { useParams } from '@tanstack/react-router'
import { CircleAlert } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ImportId } from '../../../shared/contract/define.ts'
import type { ImportRun } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { usePlace } from '../../lib/place.ts'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { RejectedRows } from './RejectedRows.tsx'
import { ResultTable } from './ResultTable.tsx'
import { AfterActions, UnderwayActions } from './RunActions.tsx'
import { UndoOutcome } from './UndoOutcome.tsx'

/** One import: its progress while it runs, then the counts that add up. */
export function ImportPage() {
  const { id } = useParams({ from: '/imports/$id' })
  const [isOver, setIsOver] = useState(false)
  const run = useAsk('imports.get', api.imports.get, { id: ImportId.parse(id) }, isOver ? {} : { everyMs: 500 })
  const ended = run.data !== undefined && run.data.endedAt !== null
  if (ended !== isOver) setIsOver(ended)
  return <Answer to={run}>{found => <Run run={found} />}</Answer>
}

function Run({ run }: { readonly run: ImportRun }) {
  const { t } = useTranslation()
  const { announce } = usePlace()
  const isOver = run.stage === 'over'
  useEffect(() => {
    if (run.state === 'done') announce(t('imports.announceDone'))
  }, [run.state, announce, t])
  return (
    <>
      <PageHeader
        title={t('imports.runTitle', { file: run.fileName })}
        aside={<StatusBadge status={run.state} />}
        actions={isOver ? <AfterActions run={run} /> : <UnderwayActions run={run} />}
      />
      {isOver ? <Result run={run} /> : <Under run={run} />}
    </>
  )
}

function Under({ run }: { readonly run: ImportRun }) {
  const { t } = useTranslation()
  // Rows are counted only when they are stored, which comes after all are read: until then the share alone moves.
  const isStoring = run.created + run.updated + run.unchanged + run.duplicates > 0
  return (
    <Stack maw={640} gap="md">
      <Text c="dimmed">{t(underKey(run))}</Text>
      <ProgressLine
        label={t('imports.runTitle', { file: run.fileName })}
        done={run.fractionDone}
        total={run.state === 'waiting' ? null : 1}
        shareOnly
        resting={run.state === 'paused'}
        ratePerSecond={run.state === 'running' ? run.rowsPerSecond : null}
        secondsLeft={run.secondsLeft}
      />
      {isStoring ? <ResultTable run={run} isUnderWay /> : null}
    </Stack>
  )
}

function underKey({ state, stage }: ImportRun): string {
  if (state === 'paused') return 'imports.pausedSays'
  return stage === 'waiting' ? 'imports.waiting' : `imports.stage_${stage}`
}

function Result({ run }: { readonly run: ImportRun }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const seconds = ((run.endedAt ?? 0) - (run.startedAt ?? run.createdAt)) / 1000
  return (
    <Stack gap="lg">
      <div style={{ maxWidth: 640 }}>
        {run.changeId === null ? null : <UndoOutcome changeId={run.changeId} />}
        {run.error ? (
          <Alert
            color="red"
            variant="light"
            mb="md"
            role="alert"
            icon={<CircleAlert size={16} />}
            title={t('imports.failedTitle')}
          >
            <Text>{t('imports.failedSays')}</Text>
            <details>
              <summary>{t('common.details')}</summary>
              <Code block fz="xs" mt="xs">
                {run.error}
              </Code>
            </details>
          </Alert>
        ) : (
          <Text c="dimmed" mb="md">
            {run.state === 'cancelled'
              ? t('imports.cancelledSays', { count: run.rows })
              : t('imports.doneSays', { count: run.rows, time: formats.duration(Math.max(1, seconds)) })}
          </Text>
        )}
        <ResultTable run={run} />
      </div>
      {run.rejected > 0 ? <RejectedRows id={run.id} /> : null}
    </Stack>
  )
}
