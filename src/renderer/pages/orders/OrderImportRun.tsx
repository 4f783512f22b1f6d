import { Alert, Button, Stack, Table, Text } from '@mantine/core'
import { CircleAlert, Square, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { OrderImport } from '../../../shared/contract/purchases.ts'
import { api, fetchDownload } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { Num } from '../../components/Figures.tsx'
import { RejectedTable } from '../../components/imports/RejectedTable.tsx'
import { LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

const EVERY_MS = 500

/** One import of orders: its progress while it runs, then the counts that add up, and the way back. */
export function OrderImportRun({ id }: { readonly id: string }) {
  const [isStill, setIsStill] = useState(false)
  const [isUndoing, setIsUndoing] = useState(false)
  const run = useAsk('purchases.getImport', api.purchases.getImport, { id }, isStill ? {} : { everyMs: EVERY_MS })
  const state = run.data?.state
  const still = state !== undefined && state !== 'waiting' && state !== 'running' && !(isUndoing && state !== 'undone')
  if (still !== isStill) setIsStill(still)
  return (
    <Answer to={run}>
      {found => <Run run={found} isUndoing={isUndoing && found.state !== 'undone'} onUndo={() => setIsUndoing(true)} />}
    </Answer>
  )
}

interface RunProps {
  readonly run: OrderImport
  readonly isUndoing: boolean
  readonly onUndo: () => void
}

function Run({ run, isUndoing, onUndo }: RunProps) {
  const { t } = useTranslation()
  const isOver = run.state !== 'running' && run.state !== 'waiting'
  return (
    <>
      <PageHeader
        title={t('orders.runTitle', { file: run.fileName })}
        aside={<StatusBadge status={run.state} />}
        actions={isOver ? <AfterActions run={run} isUndoing={isUndoing} onUndo={onUndo} /> : <StopAction run={run} />}
      />
      <Stack maw={640} gap="md">
        <Says run={run} isUndoing={isUndoing} />
        {isOver ? null : (
          <ProgressLine
            label={t('orders.runTitle', { file: run.fileName })}
            done={run.fractionDone}
            total={1}
            shareOnly
            ratePerSecond={run.rowsPerSecond}
          />
        )}
        <Counts run={run} />
      </Stack>
      {run.rejected > 0 ? (
        <div style={{ marginTop: 24 }}>
          <Rejected id={run.id} />
        </div>
      ) : null}
    </>
  )
}

function Says({ run, isUndoing }: Pick<RunProps, 'run' | 'isUndoing'>) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (run.error !== null) {
    return (
      <Alert color="red" variant="light" role="alert" icon={<CircleAlert size={16} />} title={t('orders.failedTitle')}>
        {run.error}
      </Alert>
    )
  }
  if (isUndoing) return <Text c="dimmed">{t('orders.undoing')}</Text>
  const seconds = Math.max(1, ((run.endedAt ?? 0) - (run.startedAt ?? run.createdAt)) / 1000)
  const text =
    run.state === 'undone'
      ? t('orders.undoneSays')
      : run.state === 'cancelled'
        ? t('orders.stopped', { count: run.created + run.updated })
        : run.state === 'done'
          ? t('orders.doneSays', { count: run.rows, time: formats.duration(seconds) })
          : t('orders.running')
  return <Text c="dimmed">{text}</Text>
}

const COUNTS = [
  ['created', 'ordersNew'],
  ['updated', 'updated'],
  ['unchanged', 'unchanged'],
  ['customersMade', 'customersMade'],
  ['rejected', 'rejected'],
] as const

function Counts({ run }: { readonly run: OrderImport }) {
  const { t } = useTranslation()
  return (
    <Table verticalSpacing={3}>
      <Table.Tbody>
        {COUNTS.map(([figure, label]) => (
          <Table.Tr key={figure}>
            <Table.Td>{t(figure === 'rejected' ? 'orders.est_rejected' : `orders.${label}`)}</Table.Td>
            <Table.Td ta="right">
              <Num value={run[figure]} />
            </Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function AfterActions({ run, isUndoing, onUndo }: RunProps) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const save = useAct('purchases.rejectsFile', api.purchases.rejectsFile, { onDone: file => fetchDownload(file.token) })
  const undo = useAct('purchases.undoImport', api.purchases.undoImport, {
    showsError: true,
    onDone: () => {
      setAsking(false)
      onUndo()
    },
  })
  return (
    <>
      <LinkButton variant="default" to="/orders/import" search={{}}>
        {t('orders.another')}
      </LinkButton>
      {run.canUndo ? (
        <Button variant="default" leftSection={<Undo2 size={14} />} loading={isUndoing} onClick={() => setAsking(true)}>
          {t('orders.undo')}
        </Button>
      ) : null}
      {run.rejected > 0 ? (
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate({ id: run.id })}>
          {t('orders.saveRejected')}
        </Button>
      ) : null}
      <LinkButton to="/contacts">{t('orders.showContacts')}</LinkButton>
      <ConfirmDialog
        opened={asking}
        title={t('orders.undoAsk')}
        says={t('orders.undoSays')}
        confirm={t('orders.undo')}
        danger
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate({ id: run.id })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}

function StopAction({ run }: { readonly run: OrderImport }) {
  const { t } = useTranslation()
  const cancel = useAct('purchases.cancelImport', api.purchases.cancelImport)
  return (
    <Button
      variant="default"
      leftSection={<Square size={14} />}
      loading={cancel.isPending}
      onClick={() => cancel.mutate({ id: run.id })}
    >
      {t('orders.stop')}
    </Button>
  )
}

function Rejected({ id }: { readonly id: string }) {
  const rejects = useAsk('purchases.rejects', api.purchases.rejects, { id, limit: 100 })
  return <Answer to={rejects}>{found => <RejectedTable {...found} />}</Answer>
}
