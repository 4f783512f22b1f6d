import { Button, Group } from '@mantine/core'
import { Pause, Play, Square } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportRun } from '../../../shared/contract/imports.ts'
import { api, fetchDownload } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { LinkButton } from '../../components/links.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { UndoButton } from './UndoButton.tsx'

/** What can be done with an import that is under way: pause it, go on, or stop it for good. */
export function UnderwayActions({ run }: { readonly run: ImportRun }) {
  const { t } = useTranslation()
  const pause = useAct('imports.pause', api.imports.pause)
  const resume = useAct('imports.resume', api.imports.resume)
  return (
    <Group gap="sm" wrap="nowrap">
      <StopAction run={run} />
      {run.state === 'paused' ? (
        <Button
          leftSection={<Play size={14} />}
          loading={resume.isPending}
          onClick={() => resume.mutate({ id: run.id })}
        >
          {t('imports.resume')}
        </Button>
      ) : (
        <Button
          variant="default"
          leftSection={<Pause size={14} />}
          loading={pause.isPending}
          onClick={() => pause.mutate({ id: run.id })}
        >
          {t('imports.pause')}
        </Button>
      )}
    </Group>
  )
}

/** What can be done with an import that is over: undo it, save what was rejected, look at the contacts. */
export function AfterActions({ run }: { readonly run: ImportRun }) {
  const { t } = useTranslation()
  const facets = useAsk('contacts.facets', api.contacts.facets, {})
  const { refetch } = facets
  // The import may have made the list a moment ago: who follows the link at once must not land among everybody.
  useEffect(() => {
    if (run.listName !== '') void refetch()
  }, [run.listName, refetch])
  const list = facets.data?.lists.find(one => one.name === run.listName)
  const knowsList = run.listName === '' || list !== undefined || facets.isFetchedAfterMount
  const save = useAct('imports.rejectsFile', api.imports.rejectsFile, { onDone: file => fetchDownload(file.token) })
  return (
    <Group gap="sm" wrap="nowrap">
      <LinkButton variant="default" to="/imports">
        {t('imports.another')}
      </LinkButton>
      {run.canUndo && run.changeId !== null ? <UndoButton run={run} changeId={run.changeId} /> : null}
      {run.rejected > 0 ? (
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate({ id: run.id })}>
          {t('imports.saveRejected')}
        </Button>
      ) : null}
      {knowsList ? (
        <LinkButton to="/contacts" search={list ? { list: list.id } : {}}>
          {t('imports.showContacts')}
        </LinkButton>
      ) : null}
    </Group>
  )
}

function StopAction({ run }: { readonly run: ImportRun }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState(false)
  const cancel = useAct('imports.cancel', api.imports.cancel, { showsError: true, onDone: () => setAsking(false) })
  return (
    <>
      <Button variant="default" leftSection={<Square size={14} />} onClick={() => setAsking(true)}>
        {t('imports.stop')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('imports.stopAsk')}
        says={t('imports.stopSays')}
        confirm={t('imports.stop')}
        danger
        busy={cancel.isPending}
        error={cancel.error}
        onConfirm={() => cancel.mutate({ id: run.id })}
        onClose={() => setAsking(false)}
      />
    </>
  )
}
