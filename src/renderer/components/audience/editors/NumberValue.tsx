import { NumberInput, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { NumberCondition, ScoreCondition } from '../../../../shared/domain/segment-rule.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { countOperators, numberOperators } from './operators.ts'
import type { ValueProps } from './value-props.ts'

/** Asks about a number that may be missing. */
export function NumberValue({ condition, label, isDisabled, onChange }: ValueProps<NumberCondition>) {
  const { t } = useTranslation()
  const { operator } = condition
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={operator}
        options={numberOperators(t)}
        isDisabled={isDisabled}
        isQuiet
        onChange={next => onChange({ ...condition, operator: next })}
      />
      {operator === 'is_empty' || operator === 'is_not_empty' ? null : (
        <Amounts
          label={label}
          operator={operator}
          value={condition.value}
          to={condition.to}
          isDisabled={isDisabled}
          onChange={amounts => onChange({ ...condition, ...amounts })}
        />
      )}
    </>
  )
}

/** Asks about a score. */
export function ScoreValue({ condition, label, isDisabled, onChange }: ValueProps<ScoreCondition>) {
  const { t } = useTranslation()
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={condition.operator}
        options={countOperators(t)}
        isDisabled={isDisabled}
        isQuiet
        onChange={operator => onChange({ ...condition, operator })}
      />
      <Amounts
        label={label}
        operator={condition.operator}
        value={condition.value}
        to={condition.to}
        isDisabled={isDisabled}
        onChange={amounts => onChange({ ...condition, ...amounts })}
      />
    </>
  )
}

interface AmountsProps {
  readonly label: string
  readonly operator: string
  readonly value: number | null
  readonly to: number | null
  readonly isDisabled: boolean
  /** Written behind the number, such as EUR. */
  readonly unit?: string
  readonly onChange: (amounts: { readonly value?: number | null; readonly to?: number | null }) => void
}

/** One number, or the two ends of "between". */
export function Amounts(props: AmountsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Amount
        label={t('segments.valueOf', { what: props.label })}
        value={props.value}
        isDisabled={props.isDisabled}
        onChange={value => props.onChange({ value })}
      />
      {props.operator === 'between' ? (
        <>
          <span className={classes.word}>{t('rules.and')}</span>
          <Amount
            label={t('segments.endOf', { what: props.label })}
            value={props.to}
            isDisabled={props.isDisabled}
            onChange={to => props.onChange({ to })}
          />
        </>
      ) : null}
      {props.unit ? (
        <Text span fz="xs" c="dimmed">
          {props.unit}
        </Text>
      ) : null}
    </>
  )
}

interface AmountProps {
  readonly label: string
  readonly value: number | null
  readonly isDisabled: boolean
  readonly isWhole?: boolean
  readonly min?: number
  readonly onChange: (value: number | null) => void
}

/** A small field for a number; empty is null. */
export function Amount(props: AmountProps) {
  return (
    <NumberInput
      aria-label={props.label}
      size="xs"
      hideControls
      className={classes.amount ?? ''}
      placeholder="0"
      allowDecimal={!props.isWhole}
      {...(props.min === undefined ? {} : { min: props.min })}
      disabled={props.isDisabled}
      value={props.value ?? ''}
      onChange={value => props.onChange(typeof value === 'number' ? value : null)}
    />
  )
}
