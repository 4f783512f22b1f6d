import { Autocomplete, Group, TagsInput, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TextCondition, ValuesCondition } from '../../../../shared/domain/segment-rule.ts'
import { api } from '../../../api.ts'
import { useAsk } from '../../../lib/requests.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import { useBuilder } from '../builder-context.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { operatorWords } from '../rule-words.ts'
import { textOperators } from './operators.ts'
import type { ValueProps } from './value-props.ts'

const VALUES_OPERATORS = ['has_any', 'has_all', 'has_none', 'is_empty', 'is_not_empty'] as const

/** Asks about a text: how, and which one. */
export function TextValue({ condition, label, isDisabled, onChange }: ValueProps<TextCondition>) {
  const { t } = useTranslation()
  const { operator, values } = condition
  const isSeveral = operator === 'in' || operator === 'not_in'
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={operator}
        options={textOperators(t)}
        isDisabled={isDisabled}
        isQuiet
        onChange={next => {
          const keepsAll = next === 'in' || next === 'not_in'
          onChange({ ...condition, operator: next, values: keepsAll ? values : values.slice(0, 1) })
        }}
      />
      {operator === 'is_empty' || operator === 'is_not_empty' ? null : (
        <SuggestedText
          of={condition.field}
          label={t('segments.valueOf', { what: label })}
          values={values}
          isSeveral={isSeveral}
          isDisabled={isDisabled}
          onChange={next => onChange({ ...condition, values: next })}
        />
      )}
    </>
  )
}

/** Asks about a field that holds several values. */
export function SeveralValue({ condition, label, isDisabled, onChange }: ValueProps<ValuesCondition>) {
  const { t } = useTranslation()
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={condition.operator}
        options={VALUES_OPERATORS.map(value => ({ value, label: operatorWords(t, value) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={operator => onChange({ ...condition, operator })}
      />
      {condition.operator === 'is_empty' || condition.operator === 'is_not_empty' ? null : (
        <SuggestedText
          of={condition.field}
          label={t('segments.valueOf', { what: label })}
          values={condition.values}
          isSeveral
          isDisabled={isDisabled}
          onChange={values => onChange({ ...condition, values })}
        />
      )}
    </>
  )
}

interface SuggestedTextProps {
  /** A field of the catalogue, or sku, product or category. */
  readonly of: string
  readonly label: string
  readonly values: readonly string[]
  readonly isSeveral: boolean
  readonly isDisabled: boolean
  readonly onChange: (values: string[]) => void
}

/** A text, or several, with the most frequent values of the workspace and how many people have each. */
export function SuggestedText(props: SuggestedTextProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { catalogue } = useBuilder()
  const field = catalogue.words.fields.get(props.of)
  const [typed, setTyped] = useState('')
  const [isOpen, setIsOpen] = useState(false)
  const [search] = useDebouncedValue(typed, 120)
  const isSuggesting = field ? field.suggests : ['sku', 'product', 'category'].includes(props.of)
  const answer = useAsk(
    'segments.values',
    api.segments.values,
    { of: props.of, search: search.slice(0, 100) },
    { enabled: isOpen && isSuggesting, keepLast: true },
  ).data
  const people = new Map(answer?.values.map(one => [one.value, one.people]))
  const options = (field?.options ?? []).filter(option => option.toLowerCase().startsWith(typed.toLowerCase()))
  const all = [...new Set([...options, ...people.keys()])]
  // A list of just what stands in the field would only lie in the way.
  const data = all.length === 1 && all[0] === props.values[0] && !props.isSeveral ? [] : all
  const common = {
    'aria-label': props.label,
    size: 'xs' as const,
    disabled: props.isDisabled,
    data,
    // What fits was found by the application; the list shows it all.
    filter: <T,>({ options: all }: { options: T[] }): T[] => all,
    renderOption: ({ option }: { option: { value: string } }) => (
      <Group justify="space-between" wrap="nowrap" gap="lg" w="100%">
        <span className="t-cut">{option.value}</span>
        <Text span fz="xs" c="dimmed" className="t-num">
          {people.has(option.value) ? formats.number(people.get(option.value) ?? 0) : ''}
        </Text>
      </Group>
    ),
    comboboxProps: { width: 260, position: 'bottom-start' as const, shadow: 'md' },
    onDropdownOpen: () => setIsOpen(true),
    maxDropdownHeight: 260,
  }
  if (props.isSeveral) {
    return (
      <TagsInput
        {...common}
        className={classes.several ?? ''}
        value={[...props.values]}
        searchValue={typed}
        onSearchChange={setTyped}
        placeholder={props.values.length === 0 ? t('segments.typeValues') : ''}
        acceptValueOnBlur
        onChange={props.onChange}
      />
    )
  }
  const value = props.values[0] ?? ''
  return (
    <Autocomplete
      {...common}
      className={classes.text ?? ''}
      value={value}
      placeholder={t('segments.typeValue')}
      maxLength={500}
      onChange={next => {
        setTyped(next)
        props.onChange(next === '' ? [] : [next])
      }}
    />
  )
}
