import { Button, Menu, ScrollArea, Text } from '@mantine/core'
import { Braces, ChevronDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MergeField } from '../../../shared/contract/templates.ts'
import type { Vocabulary } from './merge-completion.ts'

const GROUPS = ['contact', 'custom', 'sender', 'campaign'] as const

/** Writes a merge field or a helper where the cursor was last. */
export function InsertMenu(props: { readonly vocabulary: Vocabulary; readonly onInsert: (text: string) => void }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { fields, helpers } = props.vocabulary
  return (
    <Menu position="bottom-end" width={300} shadow="md" returnFocus={false}>
      <Menu.Target>
        <Button size="xs" variant="default" leftSection={<Braces size={14} />} rightSection={<ChevronDown size={13} />}>
          {t('insert')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <ScrollArea.Autosize mah={360} type="auto">
          {GROUPS.map(group => (
            <FieldGroup
              key={group}
              title={t(`group_${group}`)}
              fields={fields.filter(field => field.group === group)}
              onInsert={props.onInsert}
            />
          ))}
          {helpers.length > 0 ? <Menu.Label>{t('helpers')}</Menu.Label> : null}
          {helpers.map(helper => (
            <Menu.Item key={helper.name} onClick={() => props.onInsert(helper.example)}>
              <Text fz="sm">{helper.says}</Text>
              <Text fz="xs" c="dimmed" ff="monospace" truncate>
                {helper.example}
              </Text>
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}

function FieldGroup(props: {
  readonly title: string
  readonly fields: readonly MergeField[]
  readonly onInsert: (text: string) => void
}) {
  if (props.fields.length === 0) return null
  return (
    <>
      <Menu.Label>{props.title}</Menu.Label>
      {props.fields.map(field => (
        <Menu.Item
          key={field.name}
          onClick={() => props.onInsert(`{{${field.name}}}`)}
          rightSection={
            <Text fz="xs" c="dimmed" truncate maw={110}>
              {field.example}
            </Text>
          }
        >
          {field.label}
        </Menu.Item>
      ))}
    </>
  )
}
