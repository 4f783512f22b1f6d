import { Autocomplete, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ListId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { EditFieldDialog } from './EditFieldDialog.tsx'
import { type BulkDialogProps, type BulkTarget, useBulk } from './use-bulk.ts'

/** What can be done with several contacts at once. */
export type BulkActionKind = 'edit' | 'tag' | 'untag' | 'list' | 'unlist' | 'delete'

/** An action that was chosen, and for whom. */
export interface ChosenAction {
  readonly kind: BulkActionKind
  readonly target: BulkTarget
  readonly list: { readonly id: ListId; readonly name: string } | undefined
}

interface BulkDialogsProps {
  readonly action: ChosenAction | null
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Asks what is still missing for an action on many contacts, and has it done. */
export function BulkDialogs({ action, onDone, onClose }: BulkDialogsProps) {
  if (!action) return null
  const common = { target: action.target, onDone, onClose }
  switch (action.kind) {
    case 'delete':
      return <DeleteDialog {...common} />
    case 'list':
      return <ListDialog {...common} />
    case 'unlist':
      return action.list ? <UnlistDialog {...common} list={action.list} /> : null
    case 'edit':
      return <EditFieldDialog {...common} />
    case 'tag':
    case 'untag':
      return <TagDialog {...common} removes={action.kind === 'untag'} />
  }
}

function DeleteDialog({ target, onDone, onClose }: BulkDialogProps) {
  const { t } = useTranslation()
  const { count } = target
  const bulk = useBulk(onDone)
  return (
    <ConfirmDialog
      opened
      danger
      title={t('contacts.deleteTitle', { count })}
      says={t('contacts.deleteSays')}
      confirm={t('contacts.deleteConfirm', { count })}
      busy={bulk.busy}
      error={bulk.error}
      onConfirm={() => bulk.run(target, { kind: 'delete' })}
      onClose={onClose}
    />
  )
}

function TagDialog({ target, onDone, onClose, removes }: BulkDialogProps & { readonly removes: boolean }) {
  const { t } = useTranslation()
  const [tags, setTags] = useState<string[]>([])
  const known = useAsk('contacts.facets', api.contacts.facets, {}).data?.tags ?? []
  const bulk = useBulk(onDone)
  const names = tags.map(tag => tag.trim()).filter(tag => tag !== '')
  return (
    <ConfirmDialog
      opened
      title={t(removes ? 'contacts.untagTitle' : 'contacts.tagTitle', { count: target.count })}
      says=""
      confirm={t(removes ? 'contacts.untagConfirm' : 'contacts.tagConfirm')}
      busy={bulk.busy}
      error={bulk.error}
      disabled={names.length === 0}
      onConfirm={() => bulk.run(target, { kind: 'set_tags', add: removes ? [] : names, remove: removes ? names : [] })}
      onClose={onClose}
    >
      <TagsInput
        label={t('contacts.tagNames')}
        data-autofocus
        data={[...new Set(known.map(tag => tag.name))]}
        value={tags}
        onChange={setTags}
        maxTags={20}
        acceptValueOnBlur
      />
    </ConfirmDialog>
  )
}

function ListDialog({ target, onDone, onClose }: BulkDialogProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  const known = useAsk('contacts.facets', api.contacts.facets, {}).data?.lists ?? []
  const bulk = useBulk(onDone)
  const add = (id: ListId): void => bulk.run(target, { kind: 'add_to_lists', listIds: [id] })
  const create = useAct('lists.create', api.lists.create, { showsError: true, onDone: list => add(list.id) })
  const confirm = (): void => {
    const list = known.find(one => one.name === name.trim())
    if (list) add(list.id)
    else create.mutate({ name: name.trim() })
  }
  return (
    <ConfirmDialog
      opened
      title={t('contacts.listTitle', { count: target.count })}
      says=""
      confirm={t('contacts.listConfirm')}
      busy={bulk.busy || create.isPending}
      error={bulk.error ?? create.error}
      disabled={name.trim() === ''}
      onConfirm={confirm}
      onClose={onClose}
    >
      <Autocomplete
        label={t('contacts.listName')}
        description={t('contacts.listNew')}
        data-autofocus
        maxLength={100}
        data={[...new Set(known.map(list => list.name))]}
        value={name}
        onChange={setName}
      />
    </ConfirmDialog>
  )
}

function UnlistDialog({
  target,
  list,
  onDone,
  onClose,
}: BulkDialogProps & { readonly list: { readonly id: ListId; readonly name: string } }) {
  const { t } = useTranslation()
  const bulk = useBulk(onDone)
  const title = t('contacts.removeFromList', { list: list.name })
  return (
    <ConfirmDialog
      opened
      title={title}
      says={t('contacts.selected', { count: target.count })}
      confirm={title}
      busy={bulk.busy}
      error={bulk.error}
      onConfirm={() => bulk.run(target, { kind: 'remove_from_lists', listIds: [list.id] })}
      onClose={onClose}
    />
  )
}
