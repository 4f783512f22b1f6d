import { MultiSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { TextCondition } from '../../../../shared/domain/segment-rule.ts'
import { useMembers } from '../../../lib/use-members.ts'
import { InlineSelect } from '../InlineSelect.tsx'
import classes from '../RuleBuilder.module.css'
import { operatorWords } from '../rule-words.ts'
import type { ValueProps } from './value-props.ts'

const OPERATORS = ['in', 'not_in', 'is_empty', 'is_not_empty'] as const

/** Asks which member owns a contact. */
export function OwnerValue({ condition, label, isDisabled, onChange }: ValueProps<TextCondition>) {
  const { t } = useTranslation()
  const members = useMembers(condition.values)
  const { operator } = condition
  return (
    <>
      <InlineSelect
        label={t('segments.operatorOf', { what: label })}
        value={operator}
        options={[...new Set([...OPERATORS, operator])].map(value => ({ value, label: operatorWords(t, value) }))}
        isDisabled={isDisabled}
        isQuiet
        onChange={next => onChange({ ...condition, operator: next })}
      />
      {operator === 'is_empty' || operator === 'is_not_empty' ? null : (
        <MultiSelect
          aria-label={t('segments.valueOf', { what: label })}
          size="xs"
          className={classes.several ?? ''}
          searchable
          styles={{ inputField: { minWidth: 40 } }}
          placeholder={condition.values.length === 0 ? t('segments.choose') : ''}
          disabled={isDisabled}
          data={[...members]}
          value={condition.values}
          onChange={values => onChange({ ...condition, values })}
        />
      )}
    </>
  )
}
