import { ActionIcon, Autocomplete, TextInput, Tooltip } from '@mantine/core'
import { ListFilter, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { CountOperator, EventsCondition } from '../../../../shared/domain/segment-rule.ts'
import { useBuilder } from '../builder-context.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { operatorWords } from '../rule-words.ts'
import { SmallSelect } from './ChoiceValue.tsx'
import { WindowValue } from './DateValue.tsx'
import { Amounts } from './NumberValue.tsx'
import { timesOperators } from './operators.ts'
import type { ValueProps } from './value-props.ts'

type Property = EventsCondition['properties'][number]
const PROPERTY_OPERATORS = ['equals', 'not_equals', 'contains', '<', '<=', '>', '>=', 'is_present'] as const
const MOST_PROPERTIES = 5

/** Asks whether and how often something happened: in which campaign, with which properties, and when. */
export function EventsValue({ condition, label, isDisabled, onChange }: ValueProps<EventsCondition>) {
  const { t } = useTranslation()
  const { catalogue } = useBuilder()
  const isNever = condition.operator === '=' && condition.value === 0
  const operators: readonly { readonly value: CountOperator | 'never'; readonly label: string }[] = [
    { value: 'never', label: t('rules.op_never') },
    ...timesOperators(t),
  ]
  const choose = (operator: CountOperator | 'never'): void => {
    if (operator === 'never') onChange({ ...condition, operator: '=', value: 0, to: null })
    else onChange({ ...condition, operator, value: isNever ? 1 : condition.value })
  }
  return (
    <>
      {condition.event === 'custom' ? (
        <Autocomplete
          aria-label={t('segments.eventName')}
          size="xs"
          className={classes.text ?? ''}
          placeholder={t('segments.eventName')}
          maxLength={500}
          disabled={isDisabled}
          data={[...catalogue.eventNames]}
          value={condition.name}
          onChange={name => onChange({ ...condition, name })}
        />
      ) : null}
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={isNever ? 'never' : condition.operator}
        options={operators}
        isDisabled={isDisabled}
        isQuiet
        onChange={choose}
      />
      {isNever ? null : (
        <>
          <Amounts
            label={label}
            operator={condition.operator}
            value={condition.value}
            to={condition.to}
            isDisabled={isDisabled}
            onChange={amounts => onChange({ ...condition, ...amounts })}
          />
          <span className={classes.word}>{t('segments.times', { count: condition.value ?? 2 })}</span>
        </>
      )}
      <WindowValue
        label={label}
        window={condition.window}
        isDisabled={isDisabled}
        onChange={window => onChange({ ...condition, window })}
      />
      {condition.event === 'custom' ? (
        <Properties condition={condition} label={label} isDisabled={isDisabled} onChange={onChange} />
      ) : (
        <SmallSelect
          aria-label={t('segments.campaignOf', { what: label })}
          placeholder={t('rules.anyCampaign')}
          clearable
          disabled={isDisabled}
          data={catalogue.campaigns.map(({ id, name }) => ({ value: id, label: name }))}
          value={condition.campaignId}
          onChange={campaignId => onChange({ ...condition, campaignId })}
        />
      )}
    </>
  )
}

function Properties({ condition, isDisabled, onChange }: ValueProps<EventsCondition>) {
  const { t } = useTranslation()
  const { properties } = condition
  const set = (at: number, property: Property | null): void =>
    onChange({
      ...condition,
      properties: property ? properties.with(at, property) : properties.toSpliced(at, 1),
    })
  return (
    <>
      {properties.map((property, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: properties have no name until one is typed, and their order is theirs.
        <span key={at} className={classes.property}>
          <TextInput
            aria-label={t('segments.propertyName')}
            size="xs"
            w={110}
            maxLength={60}
            disabled={isDisabled}
            value={property.name}
            onChange={event => set(at, { ...property, name: event.currentTarget.value })}
          />
          <InlineSelect
            label={t('segments.operatorOf', { what: property.name })}
            value={property.operator}
            options={PROPERTY_OPERATORS.map(value => ({ value, label: operatorWords(t, value) }))}
            isDisabled={isDisabled}
            isQuiet
            onChange={operator => set(at, { ...property, operator })}
          />
          {property.operator === 'is_present' ? null : (
            <TextInput
              aria-label={t('segments.valueOf', { what: property.name })}
              size="xs"
              w={110}
              maxLength={500}
              disabled={isDisabled}
              value={String(property.value)}
              onChange={event => set(at, { ...property, value: propertyValue(event.currentTarget.value) })}
            />
          )}
          <ActionIcon size="xs" aria-label={t('segments.removeProperty')} onClick={() => set(at, null)}>
            <X size={12} />
          </ActionIcon>
        </span>
      ))}
      {properties.length < MOST_PROPERTIES && !isDisabled ? (
        <Tooltip label={t('segments.addProperty')}>
          <ActionIcon
            size="xs"
            aria-label={t('segments.addProperty')}
            onClick={() => onChange({ ...condition, properties: [...properties, NEW_PROPERTY] })}
          >
            <ListFilter size={13} />
          </ActionIcon>
        </Tooltip>
      ) : null}
    </>
  )
}

const NEW_PROPERTY: Property = { name: 'plan', operator: 'equals', value: '' }

// A number is compared as a number; what is written with leading zeros or a sign is text.
function propertyValue(typed: string): string | number {
  return /^(?:0|[1-9]\d{0,14})(?:\.\d{1,6})?$/.test(typed) && String(Number(typed)) === typed ? Number(typed) : typed
}
