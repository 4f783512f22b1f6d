import { ActionIcon, Button, Checkbox, Popover, ScrollArea, Stack, TextInput, Tooltip } from '@mantine/core'
import { Columns3 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { headingOf } from './columns.tsx'
import { FIRST_COLUMNS, type ShownColumn, type TableColumn } from './table-columns.ts'

interface ColumnsMenuProps {
  readonly known: readonly TableColumn[]
  readonly shown: readonly ShownColumn[]
  readonly onChange: (shown: readonly ShownColumn[]) => void
}

/** Chooses which columns the table shows. Order and widths are changed in the table itself. */
export function ColumnsMenu({ known, shown, onChange }: ColumnsMenuProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const columns = known.filter(column => headingOf(t, column).toLowerCase().includes(text.trim().toLowerCase()))
  const toggle = (column: string, isShown: boolean): void =>
    onChange(isShown ? [...shown, { column, width: null }] : shown.filter(one => one.column !== column))
  return (
    <Popover position="bottom-end" shadow="md" width={240} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('contacts.columns')}>
          <ActionIcon variant="default" aria-label={t('contacts.columns')}>
            <Columns3 size={14} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap="sm">
          <TextInput
            aria-label={t('contacts.columnsFind')}
            placeholder={t('contacts.columnsFind')}
            data-autofocus
            value={text}
            onChange={event => setText(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={320} type="auto" offsetScrollbars>
            <Stack gap={6} py={2}>
              {columns.map(column => {
                const isShown = shown.some(one => one.column === column.column)
                return (
                  <Checkbox
                    key={column.column}
                    size="xs"
                    label={headingOf(t, column)}
                    checked={isShown}
                    disabled={isShown && shown.length === 1}
                    onChange={event => toggle(column.column, event.currentTarget.checked)}
                  />
                )
              })}
            </Stack>
          </ScrollArea.Autosize>
          <Button variant="subtle" onClick={() => onChange(FIRST_COLUMNS)}>
            {t('contacts.columnsReset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
