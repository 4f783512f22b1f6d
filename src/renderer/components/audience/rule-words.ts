import type { TFunction } from 'i18next'
import type { SegmentField } from '../../../shared/domain/segment-fields.ts'
import type { Formats } from '../../lib/formats.ts'

/** What the ids and names in a rule are called, and how numbers are written. */
export interface RuleWords {
  readonly t: TFunction
  readonly formats: Formats
  readonly fields: ReadonlyMap<string, SegmentField>
  /** Tags, lists, segments, campaigns and members by id. */
  readonly names: ReadonlyMap<string, string>
  /** The currency that amounts without one are in. */
  readonly currency: string
}

/** What a field is called: a built-in one as the window's language says, any other as its owner named it. */
export function fieldLabel(words: Pick<RuleWords, 't' | 'fields'>, name: string): string {
  const label = words.fields.get(name)?.label ?? name
  return name.includes(':') ? label : words.t(`rules.field_${name}`, { defaultValue: label })
}

const SIGNS = new Map([
  ['=', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
])

/** An operator in words: "is at least". */
export function operatorWords(t: TFunction, operator: string): string {
  return t(`rules.op_${SIGNS.get(operator) ?? operator}`)
}

/** A comparison of how often something happened, in words: "at least". */
export function timesWords(t: TFunction, operator: string): string {
  return t(`rules.op_times_${SIGNS.get(operator) ?? operator}`)
}

const MOST_LISTED = 6

/** Values with commas between them; a long row ends with how many more there are, an empty one is a gap. */
export function listed(t: TFunction, values: readonly string[]): string {
  if (values.length === 0) return t('rules.gap')
  const shown = values.slice(0, MOST_LISTED).join(', ')
  return values.length > MOST_LISTED ? `${shown} +${values.length - MOST_LISTED}` : shown
}
