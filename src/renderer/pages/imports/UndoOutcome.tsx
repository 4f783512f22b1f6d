import { Alert, Stack, Text } from '@mantine/core'
import { Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportRun } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { useAsk } from '../../lib/requests.ts'
import { ConflictList } from './ConflictList.tsx'

const SHOWN = 20

/** How far the undo of an import is, and whom it left as they are. Nothing while nobody undid it. */
export function UndoOutcome({ changeId }: { readonly changeId: NonNullable<ImportRun['changeId']> }) {
  const { t } = useTranslation()
  const { data: change } = useAsk('changes.get', api.changes.get, { id: changeId })
  const isUndone = change?.state === 'undone' || change?.state === 'stopped'
  const left = useAsk(
    'changes.conflicts',
    api.changes.conflicts,
    { id: changeId, limit: SHOWN },
    { enabled: isUndone && change.kept > 0 },
  )
  if (change?.state === 'undoing') {
    return (
      <Stack gap={4} mb="md">
        <Text c="dimmed">{t('imports.undoing')}</Text>
        <ProgressLine label={t('imports.undoing')} done={change.fractionDone} total={1} shareOnly />
      </Stack>
    )
  }
  if (!isUndone) return null
  return (
    <Alert color="gray" variant="light" mb="md" icon={<Undo2 size={16} />}>
      <Text>{t('imports.undoneSays', { count: change.restored })}</Text>
      {left.data && left.data.total > 0 ? (
        <>
          <Text mt="xs">{t('imports.undoneKept', { count: change.kept })}</Text>
          <ConflictList conflicts={left.data} />
        </>
      ) : null}
    </Alert>
  )
}
