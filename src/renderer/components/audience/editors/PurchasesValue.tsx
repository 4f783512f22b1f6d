import { useTranslation } from 'react-i18next'
import type { PurchasesCondition } from '../../../../shared/domain/segment-rule.ts'
import { useBuilder } from '../builder-context.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import { WindowValue } from './DateValue.tsx'
import { Amounts } from './NumberValue.tsx'
import { countOperators } from './operators.ts'
import { SuggestedText } from './TextValue.tsx'
import type { ValueProps } from './value-props.ts'

const BY = ['all', 'name', 'sku', 'category'] as const
const SUGGESTED = { name: 'product', sku: 'sku', category: 'category' } as const

/** Asks how often, or for how much money, somebody bought: of what, and when. */
export function PurchasesValue({ condition, label, isDisabled, onChange }: ValueProps<PurchasesCondition>) {
  const { t } = useTranslation()
  const { catalogue } = useBuilder()
  const { of } = condition
  const currency = condition.currency ?? catalogue.words.currency
  const currencies = [...new Set([currency, ...catalogue.currencies])]
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
      {condition.measure === 'count' ? null : (
        <InlineSelect
          label={t('segments.currencyOf', { what: label })}
          value={currency}
          options={currencies.map(value => ({ value, label: value }))}
          isDisabled={isDisabled}
          onChange={value => onChange({ ...condition, currency: value === catalogue.words.currency ? null : value })}
        />
      )}
      <InlineSelect
        label={t('segments.boughtOf', { what: label })}
        value={of?.by ?? 'all'}
        options={BY.map(value => ({ value, label: t(`rules.of_${value}`) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={by => onChange({ ...condition, of: by === 'all' ? null : { by, values: [] } })}
      />
      {of ? (
        <SuggestedText
          of={SUGGESTED[of.by]}
          label={t(`rules.by_${of.by}`)}
          values={of.values}
          isSeveral
          isDisabled={isDisabled}
          onChange={values => onChange({ ...condition, of: { ...of, values } })}
        />
      ) : null}
      <WindowValue
        label={label}
        window={condition.window}
        isDisabled={isDisabled}
        onChange={window => onChange({ ...condition, window })}
      />
    </>
  )
}
