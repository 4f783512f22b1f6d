import type { TFunction } from 'i18next'
import type { ContactCondition } from '../../../shared/contract/contact-filter.ts'
import type { Formats } from '../../lib/formats.ts'

/** What conditions are about, by their names. */
export interface ConditionNames {
  readonly headingOf: (column: string) => string
  readonly nameOf: (kind: 'tags' | 'lists' | 'segments' | 'owners', id: string) => string
}

/** A condition in words, such as "City is Berlin or Rome". */
export function conditionText(
  t: TFunction,
  formats: Formats,
  condition: ContactCondition,
  names: ConditionNames,
): string {
  if ('ids' in condition) {
    const { kind, operator, ids } = condition
    const values = ids.map(id => names.nameOf(kind, id)).join(operator === 'all' ? t('contacts.and') : t('contacts.or'))
    return t(`contacts.says_${kind}_${operator}`, { values })
  }
  const column = names.headingOf(condition.column)
  if (condition.kind === 'boolean') return t(condition.is ? 'contacts.says_yes' : 'contacts.says_no', { column })
  if (condition.kind === 'text') {
    return t(`contacts.says_${condition.operator}`, { column, values: condition.values.join(t('contacts.or')) })
  }
  if (condition.operator !== 'between') return t(`contacts.says_${condition.operator}`, { column })
  const { from, to } = rangeOf(condition, formats)
  if (from !== null && to !== null) return t('contacts.says_between', { column, from, to })
  if (from !== null) return t('contacts.says_from', { column, from })
  return to === null ? t('contacts.says_is_not_empty', { column }) : t('contacts.says_to', { column, to })
}

type Range = Extract<ContactCondition, { kind: 'number' | 'moment' | 'day' }>

function rangeOf(condition: Range, formats: Formats): { readonly from: string | null; readonly to: string | null } {
  if (condition.kind === 'moment') {
    const day = (at: number | null): string | null => (at === null ? null : dayOf(at))
    // It is asked for before the next midnight, and said as the last day.
    return { from: day(condition.from), to: day(condition.to === null ? null : condition.to - 1) }
  }
  if (condition.kind === 'day') return { from: condition.from, to: condition.to }
  // Amounts are kept in hundredths.
  const figure = (value: number | null): string | null =>
    value === null ? null : formats.number(condition.column === 'spend' ? value / 100 : value)
  return { from: figure(condition.from), to: figure(condition.to) }
}

/** The day of a moment in this machine's time zone, as `2026-11-20`. */
export function dayOf(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The first moment of a day in this machine's time zone, `daysLater` days after it. */
export function beginOf(day: string, daysLater: number): number {
  const [year = 1970, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + daysLater).getTime()
}
