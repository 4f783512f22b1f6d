import { Button, Group, MultiSelect, NumberInput, Select, Stack, TagsInput, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ContactCondition } from '../../../shared/contract/contact-filter.ts'
import { useMembers } from '../../lib/use-members.ts'
import { headingOf } from './columns.tsx'
import { beginOf, dayOf } from './condition-text.ts'
import type { TableColumn } from './table-columns.ts'

interface Named {
  readonly id: string
  readonly name: string
}

interface ConditionFormProps {
  readonly columns: readonly TableColumn[]
  readonly tags: readonly Named[]
  readonly lists: readonly Named[]
  /** The condition to change; null makes a new one. */
  readonly initial: ContactCondition | null
  readonly onSave: (condition: ContactCondition) => void
}

/** What was typed so far, for whatever kind of column. */
interface Draft {
  readonly column: string
  readonly operator: string
  readonly values: readonly string[]
  readonly from: string
  readonly to: string
}

const OPERATORS = {
  text: ['contains', 'equals', 'starts_with', 'not_equals', 'is_empty', 'is_not_empty'],
  number: ['between', 'is_empty', 'is_not_empty'],
  moment: ['between', 'is_empty', 'is_not_empty'],
  day: ['between', 'is_empty', 'is_not_empty'],
  boolean: ['yes', 'no'],
  tags: ['any', 'all', 'none'],
  lists: ['any', 'all', 'none'],
  segments: ['any', 'all', 'none'],
  owners: ['any', 'none', 'is_empty', 'is_not_empty'],
} as const

/** Asks for one condition on one column. */
export function ConditionForm({ columns, tags, lists, initial, onSave }: ConditionFormProps) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<Draft>(() => draftOf(initial))
  const column = columns.find(one => one.column === draft.column)
  const kind = column?.asks ?? null
  const condition = column ? conditionOf(column, draft) : null
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part })
  const choose = (name: string | null): void => {
    const chosen = columns.find(one => one.column === name)
    if (chosen?.asks)
      change({ column: chosen.column, operator: OPERATORS[chosen.asks][0], values: [], from: '', to: '' })
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (condition) onSave(condition)
      }}
    >
      <Stack gap="sm" w={280}>
        <Select
          label={t('contacts.filterColumn')}
          searchable
          data-autofocus
          comboboxProps={{ withinPortal: false }}
          value={draft.column || null}
          data={columns.filter(one => one.asks !== null).map(one => ({ value: one.column, label: headingOf(t, one) }))}
          onChange={choose}
        />
        {kind === null ? null : (
          <Select
            label={t('contacts.filterOperator')}
            comboboxProps={{ withinPortal: false }}
            allowDeselect={false}
            value={draft.operator}
            data={OPERATORS[kind].map(operator => ({
              value: operator,
              label: t(`contacts.operator_${operator}`),
            }))}
            onChange={operator => change({ operator: operator ?? '' })}
          />
        )}
        {column ? <Values column={column} draft={draft} tags={tags} lists={lists} onChange={change} /> : null}
        <Group justify="flex-end">
          <Button type="submit" disabled={condition === null}>
            {t(initial ? 'contacts.filterChange' : 'contacts.filterAdd')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface ValuesProps {
  readonly column: TableColumn
  readonly draft: Draft
  readonly tags: readonly Named[]
  readonly lists: readonly Named[]
  readonly onChange: (part: Partial<Draft>) => void
}

function Values({ column, draft, tags, lists, onChange }: ValuesProps) {
  const { t } = useTranslation()
  const members = useMembers(column.asks === 'owners' ? draft.values : [])
  if (draft.operator === 'is_empty' || draft.operator === 'is_not_empty') return null
  const values = { value: [...draft.values], onChange: (chosen: string[]) => onChange({ values: chosen }) }
  switch (column.asks) {
    case 'tags':
    case 'lists':
    case 'owners': {
      const named = column.asks === 'tags' ? tags : lists
      const data = column.asks === 'owners' ? [...members] : named.map(one => ({ value: one.id, label: one.name }))
      return (
        <MultiSelect
          label={headingOf(t, column)}
          searchable
          comboboxProps={{ withinPortal: false }}
          data={data}
          {...values}
        />
      )
    }
    case 'text':
      return (
        <TagsInput
          label={t('contacts.filterValues')}
          description={t('contacts.filterValuesHint')}
          acceptValueOnBlur
          comboboxProps={{ withinPortal: false }}
          data={[...column.options]}
          {...values}
        />
      )
    case 'number':
      return (
        <Group grow>
          <NumberInput
            label={t('contacts.filterFrom')}
            value={draft.from}
            onChange={value => onChange({ from: String(value) })}
          />
          <NumberInput
            label={t('contacts.filterTo')}
            value={draft.to}
            onChange={value => onChange({ to: String(value) })}
          />
        </Group>
      )
    case 'moment':
    case 'day':
      return (
        <Group grow>
          <TextInput
            type="date"
            label={t('contacts.filterFrom')}
            value={draft.from}
            onChange={event => onChange({ from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={t('contacts.filterTo')}
            value={draft.to}
            onChange={event => onChange({ to: event.currentTarget.value })}
          />
        </Group>
      )
    default:
      return null
  }
}

function draftOf(condition: ContactCondition | null): Draft {
  const empty: Draft = { column: '', operator: '', values: [], from: '', to: '' }
  if (!condition) return empty
  switch (condition.kind) {
    case 'tags':
    case 'lists':
    case 'segments':
      return { ...empty, column: condition.kind, operator: condition.operator, values: condition.ids }
    case 'owners':
      return { ...empty, column: 'ownerId', operator: condition.operator, values: condition.ids }
    case 'boolean':
      return { ...empty, column: condition.column, operator: condition.is ? 'yes' : 'no' }
    case 'text':
      return { ...empty, column: condition.column, operator: condition.operator, values: condition.values }
    case 'moment': {
      const { column, operator, from, to } = condition
      return {
        ...empty,
        column,
        operator,
        from: from === null ? '' : dayOf(from),
        to: to === null ? '' : dayOf(to - 1),
      }
    }
    case 'day': {
      const { column, operator, from, to } = condition
      return { ...empty, column, operator, from: from ?? '', to: to ?? '' }
    }
    default: {
      const { column, operator, from, to } = condition
      const shown = (value: number | null): string =>
        value === null ? '' : String(column === 'spend' ? value / 100 : value)
      return { ...empty, column, operator, from: shown(from), to: shown(to) }
    }
  }
}

/** The condition that a draft stands for; null while something is missing. */
function conditionOf({ column, asks }: TableColumn, draft: Draft): ContactCondition | null {
  const { operator, values, from, to } = draft
  const isRange = operator === 'between'
  if (isRange && from === '' && to === '') return null
  const number = (text: string): number | null =>
    text === '' || Number.isNaN(Number(text))
      ? null
      : Math.round(Number(text) * (column === 'spend' ? 100 : 1) * 1e6) / 1e6
  const parsed = ContactCondition.safeParse(
    asks === 'tags' || asks === 'lists' || asks === 'segments' || asks === 'owners'
      ? { kind: asks, operator, ids: operator.endsWith('empty') ? [] : values }
      : asks === 'boolean'
        ? { kind: asks, column, is: operator === 'yes' }
        : asks === 'text'
          ? { kind: asks, column, operator, values: operator.endsWith('empty') ? [] : values }
          : asks === 'number'
            ? { kind: asks, column, operator, from: number(from), to: number(to) }
            : asks === 'moment'
              ? {
                  kind: asks,
                  column,
                  operator,
                  from: from === '' ? null : beginOf(from, 0),
                  to: to === '' ? null : beginOf(to, 1),
                }
              : { kind: asks, column, operator, from: from || null, to: to || null },
  )
  if (!parsed.success) return null
  const isList = parsed.data.kind === 'text' || parsed.data.kind === 'owners'
  const isUnfinished = isList && !operator.endsWith('empty') && values.length === 0
  return isUnfinished ? null : parsed.data
}
