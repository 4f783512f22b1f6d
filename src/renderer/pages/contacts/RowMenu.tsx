import { Menu } from '@mantine/core'
import { Copy, Download, FolderOpen, ListMinus, ListPlus, Pencil, Tag, Tags, Trash2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ContactRow } from '../../../shared/contract/contacts.ts'
import { useReport } from '../../lib/report.ts'
import type { BulkActionKind } from './BulkDialogs.tsx'
import type { NamedList } from './ContactDialogs.tsx'

interface RowMenuProps {
  readonly at: { readonly row: ContactRow; readonly x: number; readonly y: number } | null
  /** How many the actions are for: more than one when the row is one of the selected. */
  readonly count: number
  readonly mayEdit: boolean
  readonly mayExport: boolean
  readonly list: NamedList | undefined
  readonly onClose: () => void
  readonly onOpen: (row: ContactRow) => void
  readonly onAct: (kind: BulkActionKind | 'export', row: ContactRow) => void
}

/** The same actions as the toolbar, where the pointer is. */
export function RowMenu({ at, count, mayEdit, mayExport, list, onClose, onOpen, onAct }: RowMenuProps) {
  const { t } = useTranslation()
  const report = useReport()
  if (!at) return null
  const { row } = at
  const act = (kind: BulkActionKind) => ({ disabled: !mayEdit, onClick: () => onAct(kind, row) })
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={220} shadow="md" returnFocus>
      <Menu.Target>
        <span style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<FolderOpen size={14} />} rightSection="Enter" onClick={() => onOpen(row)}>
          {t('common.open')}
        </Menu.Item>
        {row.email ? (
          <Menu.Item
            leftSection={<Copy size={14} />}
            onClick={() => void navigator.clipboard.writeText(row.email ?? '').catch(report.failed)}
          >
            {t('contacts.copyEmail')}
          </Menu.Item>
        ) : null}
        <Menu.Divider />
        {count > 1 ? <Menu.Label>{t('contacts.selected', { count })}</Menu.Label> : null}
        <Menu.Item leftSection={<Pencil size={14} />} {...act('edit')}>
          {t('contacts.editField')}…
        </Menu.Item>
        <Menu.Item leftSection={<Tag size={14} />} {...act('tag')}>
          {t('contacts.tag')}
        </Menu.Item>
        <Menu.Item
          leftSection={<Tags size={14} />}
          {...act('untag')}
          disabled={!mayEdit || (count === 1 && row.tags.length === 0)}
        >
          {t('contacts.untag')}
        </Menu.Item>
        <Menu.Item leftSection={<ListPlus size={14} />} {...act('list')}>
          {t('contacts.addToList')}
        </Menu.Item>
        {list ? (
          <Menu.Item leftSection={<ListMinus size={14} />} {...act('unlist')}>
            {t('contacts.removeFromList', { list: list.name })}
          </Menu.Item>
        ) : null}
        <Menu.Item leftSection={<Download size={14} />} disabled={!mayExport} onClick={() => onAct('export', row)}>
          {t('contacts.export')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item c="var(--t-bad)" leftSection={<Trash2 size={14} />} {...act('delete')}>
          {t('contacts.delete')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
