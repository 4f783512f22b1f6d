import { Button, Text } from '@mantine/core'
import { ListMinus, ListPlus, Tag, Trash2, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ActionKind, NamedList } from './ContactDialogs.tsx'

interface SelectionBarProps {
  readonly count: number
  readonly total: number
  /** The list that is shown, if one is. */
  readonly list: NamedList | undefined
  readonly mayEdit: boolean
  readonly isSelectingAll: boolean
  readonly onSelectAll: () => void
  readonly onClear: () => void
  readonly onAct: (kind: ActionKind) => void
}

/** What can be done with the selected contacts. */
export function SelectionBar({
  count,
  total,
  list,
  mayEdit,
  isSelectingAll,
  onSelectAll,
  onClear,
  onAct,
}: SelectionBarProps) {
  const { t } = useTranslation()
  return (
    <>
      <Text fw={600} style={{ fontVariantNumeric: 'tabular-nums' }} aria-live="polite">
        {t('contacts.selected', { count })}
      </Text>
      {count < total && total <= 10_000 ? (
        <Button variant="subtle" loading={isSelectingAll} onClick={onSelectAll}>
          {t('contacts.selectAll', { count: total })}
        </Button>
      ) : null}
      <Button variant="default" leftSection={<Tag size={14} />} disabled={!mayEdit} onClick={() => onAct('tag')}>
        {t('contacts.tag')}
      </Button>
      <Button variant="default" leftSection={<ListPlus size={14} />} disabled={!mayEdit} onClick={() => onAct('list')}>
        {t('contacts.addToList')}
      </Button>
      {list ? (
        <Button
          variant="default"
          leftSection={<ListMinus size={14} />}
          disabled={!mayEdit}
          onClick={() => onAct('unlist')}
        >
          {t('contacts.removeFromList', { list: list.name })}
        </Button>
      ) : null}
      <Button
        variant="default"
        c="var(--t-bad)"
        leftSection={<Trash2 size={14} />}
        disabled={!mayEdit}
        onClick={() => onAct('delete')}
      >
        {t('contacts.delete')}
      </Button>
      <Button variant="subtle" color="gray" leftSection={<X size={14} />} onClick={onClear}>
        {t('contacts.selectNone')}
      </Button>
    </>
  )
}
