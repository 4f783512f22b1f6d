import { Button, Group, Pill, Popover, UnstyledButton } from '@mantine/core'
import { ListFilter } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCondition } from '../../../shared/contract/contact-filter.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMembers } from '../../lib/use-members.ts'
import { ConditionForm } from './ConditionForm.tsx'
import { headingOf } from './columns.tsx'
import { type ConditionNames, conditionText } from './condition-text.ts'
import type { TableColumn } from './table-columns.ts'

interface Named {
  readonly id: string
  readonly name: string
}

interface ConditionsProps {
  readonly columns: readonly TableColumn[]
  readonly tags: readonly Named[]
  readonly lists: readonly Named[]
  readonly conditions: readonly ContactCondition[]
  readonly onChange: (conditions: readonly ContactCondition[]) => void
}

/** The button that adds a condition on a column. */
export function AddCondition({ columns, tags, lists, conditions, onChange }: ConditionsProps) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<ListFilter size={14} />} onClick={() => setOpened(!opened)}>
          {t('contacts.filter')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ConditionForm
          columns={columns}
          tags={tags}
          lists={lists}
          initial={null}
          onSave={condition => {
            setOpened(false)
            onChange([...conditions, condition])
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}

/** The conditions that narrow the table, in words; each can be changed and taken away. */
export function ConditionChips(props: ConditionsProps) {
  const { t } = useTranslation()
  const { conditions, onChange } = props
  if (conditions.length === 0) return null
  return (
    <Group gap={6} pb={8} aria-label={t('contacts.filters')} role="group">
      {conditions.map((condition, index) => (
        <ConditionChip
          // Conditions have no name of their own, and two may say the same.
          // biome-ignore lint/suspicious/noArrayIndexKey: the place is what tells them apart.
          key={index}
          {...props}
          condition={condition}
          onSave={changed => onChange(conditions.map((one, at) => (at === index ? changed : one)))}
          onRemove={() => onChange(conditions.filter((_one, at) => at !== index))}
        />
      ))}
      {conditions.length > 1 ? (
        <Button variant="subtle" size="xs" onClick={() => onChange([])}>
          {t('contacts.filtersClear')}
        </Button>
      ) : null}
    </Group>
  )
}

interface ConditionChipProps extends ConditionsProps {
  readonly condition: ContactCondition
  readonly onSave: (condition: ContactCondition) => void
  readonly onRemove: () => void
}

function ConditionChip({ condition, columns, tags, lists, onSave, onRemove }: ConditionChipProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [opened, setOpened] = useState(false)
  const owners = useMembers(condition.kind === 'owners' ? condition.ids : [])
  const names: ConditionNames = {
    headingOf: name => {
      const column = columns.find(one => one.column === name)
      return column ? headingOf(t, column) : name
    },
    nameOf: (kind, id) =>
      kind === 'owners'
        ? (owners.find(one => one.value === id)?.label ?? id)
        : ((kind === 'tags' ? tags : lists).find(one => one.id === id)?.name ?? id),
  }
  const text = conditionText(t, formats, condition, names)
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-start" shadow="md" trapFocus returnFocus>
      <Pill
        withRemoveButton
        onRemove={onRemove}
        removeButtonProps={{
          'aria-label': t('contacts.filterRemove', { filter: text }),
          tabIndex: 0,
          'aria-hidden': false,
        }}
      >
        <Popover.Target>
          <UnstyledButton fz="xs" onClick={() => setOpened(true)}>
            {text}
          </UnstyledButton>
        </Popover.Target>
      </Pill>
      <Popover.Dropdown>
        <ConditionForm
          columns={columns}
          tags={tags}
          lists={lists}
          initial={condition}
          onSave={changed => {
            setOpened(false)
            onSave(changed)
          }}
        />
      </Popover.Dropdown>
    </Popover>
  )
}
