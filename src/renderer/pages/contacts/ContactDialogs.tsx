import { Autocomplete, TagsInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactId, type ListId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'

/** What can be done with several contacts at once. */
export type ActionKind = 'tag' | 'untag' | 'list' | 'unlist' | 'delete'
/** The list that the table shows. */
export interface NamedList {
  readonly id: ListId
  readonly name: string
}
/** An action that was chosen, and for whom. */
export interface ContactAction {
  readonly kind: ActionKind
  readonly ids: readonly string[]
  readonly list: NamedList | undefined
}

interface ContactDialogsProps {
  readonly action: ContactAction | null
  readonly onDone: () => void
  readonly onClose: () => void
}

/** Asks what is still missing for an action on contacts, and does it. */
export function ContactDialogs({ action, onDone, onClose }: ContactDialogsProps) {
  if (!action) return null
  const common = { ids: action.ids.map(id => ContactId.parse(id)), onDone, onClose }
  if (action.kind === 'delete') return <DeleteDialog {...common} />
  if (action.kind === 'list') return <ListDialog {...common} />
  if (action.kind === 'unlist') return action.list ? <UnlistDialog {...common} list={action.list} /> : null
  return <TagDialog {...common} removes={action.kind === 'untag'} />
}

interface DialogProps {
  readonly ids: ContactId[]
  readonly onDone: () => void
  readonly onClose: () => void
}

function DeleteDialog({ ids, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const report = useReport()
  const count = ids.length
  const remove = useAct('contacts.remove', api.contacts.remove, {
    showsError: true,
    onDone: ({ removed }) => {
      report.done(t('contacts.deleted', { count: removed }))
      onDone()
    },
  })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('contacts.deleteTitle', { count })}
      says={t('contacts.deleteSays')}
      confirm={t('contacts.deleteConfirm', { count })}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ ids })}
      onClose={onClose}
    />
  )
}

function TagDialog({ ids, onDone, onClose, removes }: DialogProps & { readonly removes: boolean }) {
  const { t } = useTranslation()
  const report = useReport()
  const [tags, setTags] = useState<string[]>([])
  const known = useAsk('contacts.facets', api.contacts.facets, {}).data?.tags ?? []
  const setOn = useAct('contacts.setTags', api.contacts.setTags, {
    showsError: true,
    onDone: () => {
      report.done(t('contacts.tagged'))
      onDone()
    },
  })
  const names = tags.map(tag => tag.trim()).filter(tag => tag !== '')
  return (
    <ConfirmDialog
      opened
      title={t(removes ? 'contacts.untagTitle' : 'contacts.tagTitle', { count: ids.length })}
      says=""
      confirm={t(removes ? 'contacts.untagConfirm' : 'contacts.tagConfirm')}
      busy={setOn.isPending}
      error={setOn.error}
      disabled={names.length === 0}
      onConfirm={() => setOn.mutate({ ids, add: removes ? [] : names, remove: removes ? names : [] })}
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

function ListDialog({ ids, onDone, onClose }: DialogProps) {
  const { t } = useTranslation()
  const report = useReport()
  const [name, setName] = useState('')
  const known = useAsk('contacts.facets', api.contacts.facets, {}).data?.lists ?? []
  const add = useAct('lists.addMembers', api.lists.addMembers, {
    showsError: true,
    onDone: ({ added }) => {
      report.done(t('contacts.listed', { count: added }))
      onDone()
    },
  })
  const create = useAct('lists.create', api.lists.create, {
    showsError: true,
    onDone: list => add.mutate({ id: list.id, contactIds: ids }),
  })
  const confirm = (): void => {
    const list = known.find(one => one.name === name.trim())
    if (list) add.mutate({ id: list.id, contactIds: ids })
    else create.mutate({ name: name.trim() })
  }
  return (
    <ConfirmDialog
      opened
      title={t('contacts.listTitle', { count: ids.length })}
      says=""
      confirm={t('contacts.listConfirm')}
      busy={add.isPending || create.isPending}
      error={add.error ?? create.error}
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

function UnlistDialog({ ids, list, onDone, onClose }: DialogProps & { readonly list: NamedList }) {
  const { t } = useTranslation()
  const report = useReport()
  const remove = useAct('lists.removeMembers', api.lists.removeMembers, {
    showsError: true,
    onDone: ({ removed }) => {
      report.done(t('contacts.unlisted', { count: removed }))
      onDone()
    },
  })
  const title = t('contacts.removeFromList', { list: list.name })
  return (
    <ConfirmDialog
      opened
      title={title}
      says={t('contacts.selected', { count: ids.length })}
      confirm={title}
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id: list.id, contactIds: ids })}
      onClose={onClose}
    />
  )
}
