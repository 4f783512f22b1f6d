import { Button, Menu, TextInput } from '@mantine/core'
import { Bookmark, BookmarkPlus, ChevronDown, Save, Trash2, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactView, SavedView } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'

interface ViewsMenuProps {
  /** The view that was opened last, if one was. */
  readonly openId: string | null
  /** What the table shows now. */
  readonly present: ContactView
  readonly onOpen: (view: SavedView | null) => void
}

/** Opens, saves and deletes views of the table: filter, sort, columns and widths under a name. */
export function ViewsMenu({ openId, present, onOpen }: ViewsMenuProps) {
  const { t } = useTranslation()
  const report = useReport()
  const [isNaming, setNaming] = useState(false)
  const views = useAsk('contacts.views', api.contacts.views, {}).data?.views ?? []
  const open = views.find(view => view.id === openId)
  const saved = (view: SavedView): void => {
    setNaming(false)
    report.done(t('contacts.viewSaved', { name: view.name }))
    onOpen(view)
  }
  const save = useAct('contacts.saveView', api.contacts.saveView, { onDone: saved, showsError: true })
  const remove = useAct('contacts.removeView', api.contacts.removeView, {
    onDone: () => {
      onOpen(null)
      if (!open) return
      report.done(t('contacts.viewRemoved', { name: open.name }))
    },
  })
  return (
    <>
      <Menu position="bottom-end" shadow="md" width={240} returnFocus>
        <Menu.Target>
          <Button variant="default" leftSection={<Bookmark size={14} />} rightSection={<ChevronDown size={14} />}>
            <span className="t-cut" style={{ maxWidth: 140 }}>
              {open?.name ?? t('contacts.views')}
            </span>
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.length === 0 ? <Menu.Label>{t('contacts.viewsNone')}</Menu.Label> : null}
          {views.map(view => (
            <Menu.Item key={view.id} fw={view.id === openId ? 600 : 400} onClick={() => onOpen(view)}>
              {view.name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          {open ? (
            <Menu.Item
              leftSection={<Save size={14} />}
              onClick={() => save.mutate({ ...present, id: open.id, name: open.name })}
            >
              {t('contacts.viewUpdate', { name: open.name })}
            </Menu.Item>
          ) : null}
          <Menu.Item leftSection={<BookmarkPlus size={14} />} onClick={() => setNaming(true)}>
            {t('contacts.viewNew')}
          </Menu.Item>
          {open ? (
            <>
              <Menu.Item leftSection={<Undo2 size={14} />} onClick={() => onOpen(null)}>
                {t('contacts.viewLeave')}
              </Menu.Item>
              <Menu.Item
                c="var(--t-bad)"
                leftSection={<Trash2 size={14} />}
                onClick={() => remove.mutate({ id: open.id })}
              >
                {t('contacts.viewRemove', { name: open.name })}
              </Menu.Item>
            </>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      {isNaming ? (
        <NameDialog
          busy={save.isPending}
          error={save.error}
          onSave={name => save.mutate({ ...present, id: null, name })}
          onClose={() => setNaming(false)}
        />
      ) : null}
    </>
  )
}

interface NameDialogProps {
  readonly busy: boolean
  readonly error: unknown
  readonly onSave: (name: string) => void
  readonly onClose: () => void
}

function NameDialog({ busy, error, onSave, onClose }: NameDialogProps) {
  const { t } = useTranslation()
  const [name, setName] = useState('')
  return (
    <ConfirmDialog
      opened
      title={t('contacts.viewNew')}
      says={t('contacts.viewSays')}
      confirm={t('contacts.viewSave')}
      busy={busy}
      error={error}
      disabled={name.trim() === ''}
      onConfirm={() => onSave(name.trim())}
      onClose={onClose}
    >
      <TextInput
        label={t('contacts.viewName')}
        data-autofocus
        maxLength={80}
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
