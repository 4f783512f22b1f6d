import { Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListSummary } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'

/** What is being done with a list. */
export type ListDialogKind =
  | { readonly kind: 'create' }
  | { readonly kind: 'rename' | 'remove'; readonly list: ListSummary }

interface NameListDialogProps {
  /** null makes a new list. */
  readonly list: ListSummary | null
  readonly onClose: () => void
}

/** Names a list, new or old. */
export function NameListDialog({ list, onClose }: NameListDialogProps) {
  const { t } = useTranslation()
  const report = useReport()
  const [name, setName] = useState(list?.name ?? '')
  const [description, setDescription] = useState(list?.description ?? '')
  const create = useAct('lists.create', api.lists.create, {
    showsError: true,
    onDone: made => {
      report.done(t('lists.created', { name: made.name }))
      onClose()
    },
  })
  const rename = useAct('lists.rename', api.lists.rename, { showsError: true, onDone: onClose })
  const given = { name: name.trim(), description: description.trim() }
  return (
    <ConfirmDialog
      opened
      title={list ? t('lists.renameTitle') : t('lists.createTitle')}
      says=""
      confirm={list ? t('lists.renameConfirm') : t('lists.createConfirm')}
      busy={create.isPending || rename.isPending}
      error={create.error ?? rename.error}
      disabled={given.name === ''}
      onConfirm={() => (list ? rename.mutate({ id: list.id, ...given }) : create.mutate(given))}
      onClose={onClose}
    >
      <TextInput
        label={t('lists.name')}
        data-autofocus
        maxLength={100}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      <Textarea
        label={t('lists.description')}
        description={t('lists.descriptionHint')}
        maxLength={1000}
        autosize
        minRows={2}
        value={description}
        onChange={event => setDescription(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}

/** Asks before a list is deleted. */
export function DeleteListDialog({ list, onClose }: { readonly list: ListSummary; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const report = useReport()
  const remove = useAct('lists.remove', api.lists.remove, {
    showsError: true,
    onDone: () => {
      report.done(t('lists.removed', { name: list.name }))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('lists.removeTitle', { name: list.name })}
      says={t('lists.removeSays', { count: list.members })}
      confirm={t('lists.removeConfirm')}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: list.id })}
      onClose={onClose}
    />
  )
}
