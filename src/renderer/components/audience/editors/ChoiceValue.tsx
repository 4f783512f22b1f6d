import { MultiSelect, Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import {
  type BooleanCondition,
  type ConsentCondition,
  type ExternalCondition,
  ListStatus,
  type MembershipCondition,
  type SuppressedCondition,
} from '../../../../shared/domain/segment-rule.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import { useBuilder } from '../builder-context.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { operatorWords } from '../rule-words.ts'
import type { Choice } from '../use-rule-catalogue.ts'
import type { ValueProps } from './value-props.ts'

const MEMBERSHIP = ['has_any', 'has_all', 'has_none'] as const
const BOOLEAN = ['is_true', 'is_false', 'is_empty', 'is_not_empty'] as const
const CONSENT = ['granted', 'denied', 'withdrawn', 'unknown'] as const
const CHANNELS = ['email', 'sms'] as const
const MOST_SHOWN = 200

/** Asks about tags, lists or segments. */
export function MembershipValue({ condition, label, isDisabled, onChange }: ValueProps<MembershipCondition>) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { catalogue } = useBuilder()
  const choices = catalogue[condition.of]
  const unknown = condition.ids.filter(id => !choices.some(choice => choice.id === id))
  const labelOf = ({ name, people }: Choice): string => (people === null ? name : `${name} (${formats.number(people)})`)
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={condition.operator}
        options={MEMBERSHIP.map(value => ({ value, label: operatorWords(t, value) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={operator => onChange({ ...condition, operator })}
      />
      <MultiSelect
        aria-label={t('segments.valueOf', { what: label })}
        size="xs"
        className={classes.several ?? ''}
        searchable
        styles={{ inputField: { minWidth: 40 } }}
        limit={MOST_SHOWN}
        placeholder={condition.ids.length === 0 ? t('segments.choose') : ''}
        disabled={isDisabled}
        data={[
          ...choices.map(choice => ({ value: choice.id, label: labelOf(choice) })),
          ...unknown.map(id => ({ value: id, label: t(catalogue.isReady ? 'segments.gone' : 'rules.gap') })),
        ]}
        value={condition.ids}
        onChange={ids => onChange({ ...condition, ids })}
      />
      {condition.of === 'lists' ? (
        <MultiSelect
          aria-label={t('segments.statusOf', { what: label })}
          size="xs"
          className={classes.status ?? ''}
          styles={{ inputField: { minWidth: 24 } }}
          placeholder={condition.statuses.length === 0 ? t('rules.status_active') : ''}
          disabled={isDisabled}
          data={ListStatus.options.map(value => ({ value, label: t(`rules.status_${value}`) }))}
          value={condition.statuses}
          onChange={statuses => onChange({ ...condition, statuses: ListStatus.array().parse(statuses) })}
        />
      ) : null}
    </>
  )
}

/** Asks about a yes or no. */
export function BooleanValue({ condition, label, isDisabled, onChange }: ValueProps<BooleanCondition>) {
  const { t } = useTranslation()
  return (
    <InlineSelect
      label={t('segments.operatorOf', { what: label })}
      value={condition.operator}
      options={BOOLEAN.map(value => ({ value, label: operatorWords(t, value) }))}
      isDisabled={isDisabled}
      onChange={operator => onChange({ ...condition, operator })}
    />
  )
}

/** Asks what somebody agreed to. */
export function ConsentValue({ condition, label, isDisabled, onChange }: ValueProps<ConsentCondition>) {
  const { t } = useTranslation()
  return (
    <>
      <InlineSelect
        label={t('segments.valueOf', { what: label })}
        value={condition.status}
        options={CONSENT.map(value => ({ value, label: t(`rules.consent_${value}`) }))}
        isDisabled={isDisabled}
        onChange={status => onChange({ ...condition, status })}
      />
      <ChannelValue condition={condition} label={label} isDisabled={isDisabled} onChange={onChange} />
    </>
  )
}

/** Chooses the channel that a condition is about. */
export function ChannelValue<C extends ConsentCondition | SuppressedCondition>(props: ValueProps<C>) {
  const { t } = useTranslation()
  return (
    <InlineSelect
      label={t('common.channel')}
      value={props.condition.channel}
      options={CHANNELS.map(value => ({ value, label: t(`common.channel_${value}`) }))}
      isDisabled={props.isDisabled}
      onChange={channel => props.onChange({ ...props.condition, channel })}
    />
  )
}

/** Asks whether another system knows somebody. */
export function ExternalValue({ condition, label, isDisabled, onChange }: ValueProps<ExternalCondition>) {
  const { t } = useTranslation()
  const { catalogue } = useBuilder()
  const { source } = condition
  const sources =
    source === '' || catalogue.sources.includes(source) ? catalogue.sources : [source, ...catalogue.sources]
  return (
    <SmallSelect
      aria-label={t('segments.valueOf', { what: label })}
      placeholder={t('rules.anywhere')}
      clearable
      disabled={isDisabled}
      data={[...sources]}
      value={source === '' ? null : source}
      onChange={value => onChange({ ...condition, source: value ?? '' })}
    />
  )
}

/** A small searchable choice in a row. */
export function SmallSelect(props: SelectProps) {
  return <Select size="xs" className={classes.text ?? ''} searchable limit={MOST_SHOWN} {...props} />
}
