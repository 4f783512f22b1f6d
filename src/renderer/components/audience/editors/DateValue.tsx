import { DateInput } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import type {
  AnniversaryCondition,
  DateCondition,
  PurchaseDateCondition,
  TimeWindow,
} from '../../../../shared/domain/segment-rule.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { operatorWords } from '../rule-words.ts'
import { Amount } from './NumberValue.tsx'
import { dateOperators, timeUnits } from './operators.ts'
import type { ValueProps } from './value-props.ts'

type Dated = DateCondition | PurchaseDateCondition

/** Asks about a day or a moment: against the calendar, or against today. */
export function DateValue<C extends Dated>({ condition, label, isDisabled, onChange }: ValueProps<C>) {
  const { t } = useTranslation()
  const { operator, date, until, n, unit } = condition
  const isDay = operator === 'before' || operator === 'after' || operator === 'on' || operator === 'between'
  const isSpan = operator === 'within_last' || operator === 'more_than_ago' || operator === 'within_next'
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={operator}
        options={dateOperators(t)}
        isDisabled={isDisabled}
        isQuiet
        onChange={next => onChange({ ...condition, operator: next })}
      />
      {isDay ? (
        <Day
          label={t('segments.valueOf', { what: label })}
          value={date}
          isDisabled={isDisabled}
          onChange={value => onChange({ ...condition, date: value })}
        />
      ) : null}
      {operator === 'between' ? (
        <>
          <span className={classes.word}>{t('rules.and')}</span>
          <Day
            label={t('segments.endOf', { what: label })}
            value={until}
            isDisabled={isDisabled}
            onChange={value => onChange({ ...condition, until: value })}
          />
        </>
      ) : null}
      {isSpan ? (
        <>
          <Amount
            label={t('segments.valueOf', { what: label })}
            value={n}
            isWhole
            min={0}
            isDisabled={isDisabled}
            onChange={value => onChange({ ...condition, n: value })}
          />
          <InlineSelect
            label={t('segments.unitOf', { what: label })}
            value={unit}
            options={timeUnits(t)}
            isDisabled={isDisabled}
            onChange={next => onChange({ ...condition, unit: next })}
          />
        </>
      ) : null}
    </>
  )
}

const ANNIVERSARY_OPERATORS = ['is_today', 'within_next', 'within_last'] as const

/** Asks about the day of the year of a date. */
export function AnniversaryValue({ condition, label, isDisabled, onChange }: ValueProps<AnniversaryCondition>) {
  const { t } = useTranslation()
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={condition.operator}
        options={ANNIVERSARY_OPERATORS.map(value => ({ value, label: operatorWords(t, value) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={operator => onChange({ ...condition, operator })}
      />
      {condition.operator === 'is_today' ? null : (
        <>
          <Amount
            label={t('segments.valueOf', { what: label })}
            value={condition.days}
            isWhole
            min={0}
            isDisabled={isDisabled}
            onChange={days => onChange({ ...condition, days })}
          />
          <span className={classes.word}>{t('rules.units_days')}</span>
        </>
      )}
    </>
  )
}

interface WindowValueProps {
  readonly label: string
  readonly window: TimeWindow
  readonly isDisabled: boolean
  readonly onChange: (window: TimeWindow) => void
}

const WINDOWS: Readonly<Record<TimeWindow['kind'], TimeWindow>> = {
  ever: { kind: 'ever' },
  within_last: { kind: 'within_last', n: 90, unit: 'days' },
  between: { kind: 'between', from: null, to: null },
}

/** The part of time in which something is counted. */
export function WindowValue({ label, window, isDisabled, onChange }: WindowValueProps) {
  const { t } = useTranslation()
  const kinds = ['ever', 'within_last', 'between'] as const
  return (
    <>
      <InlineSelect
        label={t('segments.windowOf', { what: label })}
        value={window.kind}
        options={kinds.map(value => ({ value, label: t(`rules.window_${value}`) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={kind => onChange(WINDOWS[kind])}
      />
      {window.kind === 'within_last' ? (
        <>
          <Amount
            label={t('segments.spanOf', { what: label })}
            value={window.n}
            isWhole
            min={1}
            isDisabled={isDisabled}
            onChange={n => onChange({ ...window, n: n === null || n < 1 ? 1 : Math.min(n, 10_000) })}
          />
          <InlineSelect
            label={t('segments.unitOf', { what: label })}
            value={window.unit}
            options={timeUnits(t)}
            isDisabled={isDisabled}
            onChange={unit => onChange({ ...window, unit })}
          />
        </>
      ) : null}
      {window.kind === 'between' ? (
        <>
          <Day
            label={t('segments.fromOf', { what: label })}
            value={window.from}
            isDisabled={isDisabled}
            onChange={from => onChange({ ...window, from })}
          />
          <span className={classes.word}>{t('rules.and')}</span>
          <Day
            label={t('segments.untilOf', { what: label })}
            value={window.to}
            isDisabled={isDisabled}
            onChange={to => onChange({ ...window, to })}
          />
        </>
      ) : null}
    </>
  )
}

interface DayProps {
  readonly label: string
  readonly value: string | null
  readonly isDisabled: boolean
  readonly onChange: (value: string | null) => void
}

function Day(props: DayProps) {
  const { t } = useTranslation()
  return (
    <DateInput
      aria-label={props.label}
      size="xs"
      className={classes.day ?? ''}
      valueFormat="YYYY-MM-DD"
      placeholder={t('segments.pickDay')}
      clearable
      disabled={props.isDisabled}
      value={props.value}
      onChange={value => props.onChange(value === null ? null : value.slice(0, 10))}
    />
  )
}
