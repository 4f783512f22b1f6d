import { ActionIcon, Button, Menu, Text, Tooltip } from '@mantine/core'
import { Download, Ellipsis, ListMinus, ListPlus, Pencil, Tag, Tags, Trash2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BulkActionKind } from './BulkDialogs.tsx'

interface SelectionBarProps {
  readonly count: number
  readonly total: number
  /** The list that is shown, if one is. */
  readonly list: { readonly name: string } | undefined
  readonly mayEdit: boolean
  readonly mayExport: boolean
  readonly onSelectAll: () => void
  readonly onClear: () => void
  readonly onAct: (kind: BulkActionKind | 'export') => void
}

/** What can be done with the selected contacts. */
export function SelectionBar(props: SelectionBarProps) {
  const { count, total, list, mayEdit, mayExport, onSelectAll, onClear, onAct } = props
  const { t } = useTranslation()
  const edit = (kind: BulkActionKind) => ({ disabled: !mayEdit, onClick: () => onAct(kind), variant: 'default' })
  return (
    <>
      <Text fw={600} style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }} aria-live="polite">
        {t('contacts.selected', { count })}
      </Text>
      {count < total ? (
        <Button variant="subtle" style={{ flexShrink: 0 }} onClick={onSelectAll}>
          {t('contacts.selectAll', { count: total })}
        </Button>
      ) : null}
      <Button leftSection={<Pencil size={14} />} {...edit('edit')}>
        {t('contacts.editField')}…
      </Button>
      <Button leftSection={<Tag size={14} />} {...edit('tag')}>
        {t('contacts.tag')}
      </Button>
      <Button leftSection={<ListPlus size={14} />} {...edit('list')}>
        {t('contacts.addToList')}
      </Button>
      {mayExport ? (
        <Button variant="default" leftSection={<Download size={14} />} onClick={() => onAct('export')}>
          {t('contacts.export')}
        </Button>
      ) : null}
      <Button leftSection={<Trash2 size={14} />} {...edit('delete')} c="var(--t-bad)">
        {t('contacts.delete')}
      </Button>
      <Menu position="bottom-start" shadow="md" returnFocus>
        <Menu.Target>
          <ActionIcon variant="default" aria-label={t('common.more')}>
            <Ellipsis size={14} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Tags size={14} />} disabled={!mayEdit} onClick={() => onAct('untag')}>
            {t('contacts.untag')}
          </Menu.Item>
          {list ? (
            <Menu.Item leftSection={<ListMinus size={14} />} disabled={!mayEdit} onClick={() => onAct('unlist')}>
              {t('contacts.removeFromList', { list: list.name })}
            </Menu.Item>
          ) : null}
        </Menu.Dropdown>
      </Menu>
      <Tooltip label={t('contacts.selectNone')}>
        <ActionIcon aria-label={t('contacts.selectNone')} onClick={onClear}>
          <X size={14} />
        </ActionIcon>
      </Tooltip>
    </>
  )
}
