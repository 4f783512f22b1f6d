import type { SegmentField } from './segment-fields.ts'
import { conditionKindOf } from './segment-fields.ts'
import type { Condition, Rule } from './segment-rule.ts'

/** What must be changed before a rule can be used. */
export interface RuleFault {
  readonly nodeId: string
  readonly code: 'empty_group' | 'missing_value' | 'unknown_field' | 'wrong_kind' | 'not_a_day' | 'backwards'
  /** What to do, for a person. */
  readonly text: string
}

type Found = Omit<RuleFault, 'nodeId'> | null

/** What is wrong in a rule by itself, in the order in which it is read. Whether tags, lists and segments exist is not looked at. */
export function checkRule(rule: Rule, fields: ReadonlyMap<string, Pick<SegmentField, 'kind'>>): readonly RuleFault[] {
  if (rule.kind === 'group') {
    if (rule.rules.length > 0) return rule.rules.flatMap(child => checkRule(child, fields))
    return [{ nodeId: rule.id, code: 'empty_group', text: 'Add a condition to the group, or take it out.' }]
  }
  const found = faultOf(rule, fields)
  return found ? [{ nodeId: rule.id, ...found }] : []
}

const missing = (text: string): Found => ({ code: 'missing_value', text })

function faultOf(condition: Condition, fields: ReadonlyMap<string, Pick<SegmentField, 'kind'>>): Found {
  switch (condition.kind) {
    case 'text':
    case 'values':
      return fieldFault(condition, fields) ?? valuesFault(condition)
    case 'number':
      return fieldFault(condition, fields) ?? (isPresence(condition.operator) ? null : numberFault(condition))
    case 'boolean':
      return fieldFault(condition, fields)
    case 'date':
      return fieldFault(condition, fields) ?? datesFault(condition)
    case 'anniversary':
      return anniversaryFault(condition, fields)
    case 'purchase_date':
      return datesFault(condition)
    case 'membership':
      return condition.ids.length === 0 ? missing(`Choose at least one of the ${condition.of}.`) : null
    case 'place':
      if (condition.latitude === null || condition.longitude === null) return missing('Choose a place.')
      return condition.radius === null ? missing('Say how far from the place.') : null
    case 'purchases':
      if (condition.of !== null && !condition.of.values.some(isText)) return missing('Say what was bought.')
      return windowFault(condition.window) ?? numberFault(condition)
    case 'events':
      if (condition.event === 'custom' && !isText(condition.name)) return missing('Choose which event.')
      if (condition.properties.some(isHalf)) return missing('Say what the property must be.')
      return windowFault(condition.window) ?? numberFault(condition)
    case 'score':
      return numberFault(condition)
    case 'consent':
    case 'suppressed':
    case 'external':
      return null
  }
}

function fieldFault(
  condition: { readonly kind: Condition['kind']; readonly field: string },
  fields: ReadonlyMap<string, Pick<SegmentField, 'kind'>>,
): Found {
  const field = fields.get(condition.field)
  if (!field) return { code: 'unknown_field', text: `There is no field "${condition.field}". Choose another.` }
  if (conditionKindOf(field.kind) === condition.kind) return null
  return { code: 'wrong_kind', text: `"${condition.field}" is a field of another kind. Choose the field again.` }
}

function anniversaryFault(
  condition: Extract<Condition, { kind: 'anniversary' }>,
  fields: ReadonlyMap<string, Pick<SegmentField, 'kind'>>,
): Found {
  const field = fields.get(condition.field)
  if (!field) return { code: 'unknown_field', text: `There is no field "${condition.field}". Choose another.` }
  if (field.kind !== 'day')
    return { code: 'wrong_kind', text: 'Choose a field that holds a date, such as the birthday.' }
  return condition.operator !== 'is_today' && condition.days === null ? missing('Say how many days.') : null
}

function valuesFault({ operator, values }: { readonly operator: string; readonly values: readonly string[] }): Found {
  return isPresence(operator) || values.some(isText) ? null : missing('Type a value.')
}

function numberFault({
  operator,
  value,
  to,
}: {
  readonly operator: string
  readonly value: number | null
  readonly to: number | null
}): Found {
  if (value === null) return missing('Type a number.')
  if (operator !== 'between') return null
  if (to === null) return missing('Type the second number.')
  return to < value ? { code: 'backwards', text: 'The second number must not be below the first.' } : null
}

function datesFault(dates: Pick<Extract<Condition, { kind: 'date' }>, 'operator' | 'date' | 'until' | 'n'>): Found {
  switch (dates.operator) {
    case 'before':
    case 'after':
    case 'on':
      return dates.date === null ? missing('Choose a date.') : daysFault(dates.date, dates.date)
    case 'between':
      if (dates.date === null || dates.until === null) return missing('Choose both dates.')
      return daysFault(dates.date, dates.until)
    case 'within_last':
    case 'more_than_ago':
    case 'within_next':
      return dates.n === null ? missing('Say how long.') : null
    case 'is_today':
    case 'is_empty':
    case 'is_not_empty':
      return null
  }
}

function windowFault(window: Extract<Condition, { kind: 'events' }>['window']): Found {
  if (window.kind !== 'between') return null
  if (window.from === null && window.to === null) return missing('Choose at least one of the dates.')
  return daysFault(window.from ?? window.to ?? '', window.to ?? window.from ?? '')
}

function daysFault(from: string, to: string): Found {
  if (!isDay(from) || !isDay(to)) return { code: 'not_a_day', text: 'That day does not exist. Choose another.' }
  return to < from ? { code: 'backwards', text: 'The second date must not be before the first.' } : null
}

function isDay(text: string): boolean {
  // 31 February becomes 3 March when it is read, so a day is real when it comes back as it was written.
  const read = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(read.getTime()) && read.toISOString().startsWith(text)
}

/** Text is not in any order that people would agree on, so that only numbers are compared by size. */
function isHalf({ operator, value }: Extract<Condition, { kind: 'events' }>['properties'][number]): boolean {
  if (operator === 'is_present') return false
  return typeof value === 'string' && (!isText(value) || /[<>]/.test(operator))
}

function isPresence(operator: string): boolean {
  return operator === 'is_empty' || operator === 'is_not_empty'
}

function isText(text: string): boolean {
  return text.trim() !== ''
}
