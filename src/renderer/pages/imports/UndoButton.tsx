import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportRun } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { ConflictList } from './ConflictList.tsx'

type ChangeId = NonNullable<ImportRun['changeId']>

/** Takes an import back, after showing what that does and who was changed since. */
export function UndoButton({ run, changeId }: { readonly run: ImportRun; readonly changeId: ChangeId }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const [takesAll, setTakesAll] = useState(false)
  const undo = useAct('imports.undo', api.imports.undo, { showsError: true, onDone: () => setAsking(false) })
  const change = useAsk('changes.get', api.changes.get, { id: changeId }, { enabled: asking })
  const conflicts = useAsk('changes.conflicts', api.changes.conflicts, { id: changeId, limit: 5 }, { enabled: asking })
  const since = conflicts.data?.total ?? 0
  return (
    <>
      <Button variant="default" leftSection={<Undo2 size={14} />} onClick={() => setAsking(true)}>
        {t('imports.undo')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('imports.undoAsk')}
        says={t('imports.undoSays', { count: change.data?.contacts ?? run.created + run.updated })}
        confirm={t('imports.undo')}
        danger
        busy={undo.isPending}
        error={undo.error}
        onConfirm={() => undo.mutate({ id: run.id, keepChanged: !takesAll })}
        onClose={() => setAsking(false)}
      >
        {since > 0 && conflicts.data ? (
          <Stack gap="xs">
            <Text fw={500}>{t('imports.undoSince', { count: since })}</Text>
            <ConflictList conflicts={conflicts.data} />
            <Checkbox
              label={t('imports.undoAll')}
              checked={takesAll}
              onChange={event => setTakesAll(event.currentTarget.checked)}
            />
          </Stack>
        ) : (
          <Text c="dimmed">{t(conflicts.isPending ? 'imports.undoLooking' : 'imports.undoNobody')}</Text>
        )}
      </ConfirmDialog>
    </>
  )
}
