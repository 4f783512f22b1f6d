import { Alert, Button, Group, Text, TextInput, Tooltip } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { CircleAlert } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../../shared/contract/failure.ts'
import type { Template } from '../../../shared/contract/templates.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { MessageWorkbench } from '../../components/message/MessageWorkbench.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { LeaveDialog } from './LeaveDialog.tsx'
import classes from './TemplateForm.module.css'

type Written = Pick<Template, 'name' | 'category' | 'content'>

/** Writes a template; `onReload` starts over from what is stored. */
export function TemplateForm(props: { readonly template: Template; readonly onReload: (template: Template) => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const mayEdit = useMay('templates.edit')
  const [stored, setStored] = useState(props.template)
  const [written, setWritten] = useState<Written>(props.template)
  const isDirty = !isSame(written, stored)
  const save = useAct('templates.save', api.templates.save, { showsError: true, onDone: setStored })
  const isConflict = save.error instanceof AppError && save.error.code === 'conflict'
  const name = written.name.trim()
  const saveAs = async (version: number): Promise<void> => {
    await save.mutateAsync({ id: stored.id, version, name, category: written.category, content: written.content })
  }
  const saveNow = (): void => {
    if (isDirty && name !== '' && mayEdit) saveAs(stored.version).catch(() => undefined)
  }
  // What others saved is asked for when it is needed: what the window knows of it may be a moment old.
  const look = useAct('templates.get', api.templates.get)
  const latest = (): Promise<Template> => look.mutateAsync({ id: stored.id })
  const overwrite = async (): Promise<void> => saveAs((await latest()).version)
  const reload = async (): Promise<void> => props.onReload(await latest())
  // Also from within the editor and the fields, where hotkeys are off by default.
  useHotkeys([['mod+S', saveNow]], [], true)
  return (
    <div className={classes.page}>
      <PageHeader
        title={stored.name}
        aside={
          isDirty ? (
            <Text component="span" inherit c="var(--t-warn)" role="status">
              {t('templates.unsaved')}
            </Text>
          ) : (
            t('templates.version', { version: stored.version, at: formats.when(stored.updatedAt) })
          )
        }
        actions={
          mayEdit ? (
            <Tooltip label={t('templates.saveHint')}>
              <Button disabled={!isDirty || name === ''} loading={save.isPending} onClick={saveNow}>
                {t('templates.save')}
              </Button>
            </Tooltip>
          ) : null
        }
      />
      {mayEdit ? null : <Text c="dimmed">{t('templates.readOnly')}</Text>}
      {isConflict ? (
        <Alert
          color="yellow"
          variant="light"
          icon={<CircleAlert size={16} />}
          title={t('templates.conflictTitle')}
          mb="md"
        >
          {t('templates.conflictSays')}
          <Group mt="sm" gap="sm">
            <Button variant="default" onClick={() => overwrite().catch(() => undefined)}>
              {t('templates.overwrite')}
            </Button>
            <Button variant="default" onClick={() => reload().catch(() => undefined)}>
              {t('templates.loadTheirs')}
            </Button>
          </Group>
        </Alert>
      ) : save.error ? (
        <ErrorNote error={save.error} title={t('common.notDone')} />
      ) : null}
      <Group gap="md" mb="sm" align="flex-end">
        <TextInput
          w={320}
          label={t('common.name')}
          maxLength={200}
          readOnly={!mayEdit}
          value={written.name}
          onChange={event => setWritten({ ...written, name: event.currentTarget.value })}
        />
        <TextInput
          w={200}
          label={t('templates.category')}
          maxLength={100}
          readOnly={!mayEdit}
          value={written.category}
          onChange={event => setWritten({ ...written, category: event.currentTarget.value })}
        />
      </Group>
      <div className={classes.bench}>
        <MessageWorkbench
          content={written.content}
          readOnly={!mayEdit}
          onChange={content => setWritten(before => ({ ...before, content }))}
        />
      </div>
      <LeaveDialog isDirty={isDirty && mayEdit} onSave={async () => saveAs(stored.version)} />
    </div>
  )
}

function isSame(one: Written, other: Written): boolean {
  return (
    one.name === other.name &&
    one.category === other.category &&
    (one.content === other.content || JSON.stringify(one.content) === JSON.stringify(other.content))
  )
}
