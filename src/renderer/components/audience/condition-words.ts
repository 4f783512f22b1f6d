import type {
  AnniversaryCondition,
  Condition,
  DateCondition,
  EventsCondition,
  MembershipCondition,
  PlaceCondition,
  PurchasesCondition,
  TimeWindow,
} from '../../../shared/domain/segment-rule.ts'
import { fieldLabel, listed, operatorWords, type RuleWords, timesWords } from './rule-words.ts'

/** What a condition asks about, as it stands before its operator: "City", "Number of orders". */
export function subjectWords(condition: Condition, words: RuleWords): string {
  const { t } = words
  switch (condition.kind) {
    case 'text':
    case 'number':
    case 'date':
    case 'boolean':
    case 'values':
      return fieldLabel(words, condition.field)
    case 'membership':
      return t(`rules.${condition.of}`)
    case 'place':
      return t('rules.place')
    case 'anniversary':
      return t('rules.anniversary', { field: fieldLabel(words, condition.field) })
    case 'purchases':
      return t(`rules.purchases_${condition.measure}`)
    case 'purchase_date':
      return t(`rules.purchase_${condition.which}`)
    case 'events':
      return condition.event === 'custom'
        ? t('rules.event_named', { name: condition.name || t('rules.gap') })
        : t(`rules.event_${condition.event}`)
    case 'score':
      return t(`rules.score_${condition.score}`)
    case 'consent':
      return t('rules.consent', { channel: t(`common.channel_${condition.channel}`) })
    case 'suppressed':
      return t('rules.suppressed', { channel: t(`common.channel_${condition.channel}`) })
    case 'external':
      return t('rules.external')
  }
}

/** The same beside editors that name the channel or the event themselves, so that nothing is said twice. */
export function rowWords(condition: Condition, words: RuleWords): string {
  switch (condition.kind) {
    case 'consent':
      return words.t('rules.consent_any')
    case 'suppressed':
      return words.t('rules.suppressed_any')
    case 'events':
      return words.t(`rules.event_${condition.event}`)
    default:
      return subjectWords(condition, words)
  }
}

/** A condition as a clause: "City is Rome"; "not: …" in front where it is turned around. What is missing is a gap. */
export function conditionWords(condition: Condition, words: RuleWords): string {
  const clause = clauseWords(condition, words)
  return condition.negated ? words.t('rules.not', { what: clause }) : clause
}

function clauseWords(condition: Condition, words: RuleWords): string {
  // These two have a verb of their own; all others read as subject and predicate.
  if (condition.kind === 'membership') return membership(condition, words)
  if (condition.kind === 'place') return place(condition, words)
  return [subjectWords(condition, words), ...predicate(condition, words)].filter(part => part !== '').join(' ')
}

function predicate(condition: Condition, words: RuleWords): readonly string[] {
  const { t } = words
  switch (condition.kind) {
    case 'text':
    case 'values': {
      const hasValue = condition.operator !== 'is_empty' && condition.operator !== 'is_not_empty'
      const operator = operatorWords(t, condition.operator)
      // Owners are named by their ids.
      const values = condition.values.map(value => words.names.get(value) ?? value)
      return hasValue ? [operator, listed(t, values)] : [operator]
    }
    case 'number':
    case 'score':
      return compared(condition, words)
    case 'date':
    case 'purchase_date':
      return dated(condition, words)
    case 'boolean':
      return [operatorWords(t, condition.operator)]
    case 'membership':
    case 'place':
      return []
    case 'anniversary':
      return anniversary(condition, words)
    case 'purchases':
      return purchases(condition, words)
    case 'events':
      return events(condition, words)
    case 'consent':
      return [t(`rules.consent_${condition.status}`)]
    case 'suppressed':
      return []
    case 'external':
      return [condition.source || t('rules.anywhere')]
  }
}

interface Compared {
  readonly operator: string
  readonly value: number | null
  readonly to: number | null
}

function compared({ operator, value, to }: Compared, words: RuleWords, unit = ''): readonly string[] {
  const { t } = words
  if (operator === 'is_empty' || operator === 'is_not_empty') return [operatorWords(t, operator)]
  const a = number(value, words)
  const amount = operator === 'between' ? t('rules.pair', { a, b: number(to, words) }) : a
  return [operatorWords(t, operator), unit === '' ? amount : `${amount} ${unit}`]
}

type Dated = Pick<DateCondition, 'operator' | 'date' | 'until' | 'n' | 'unit'>

function dated({ operator, date, until, n, unit }: Dated, { t }: RuleWords): readonly string[] {
  const word = operatorWords(t, operator)
  const gap = t('rules.gap')
  switch (operator) {
    case 'before':
    case 'after':
    case 'on':
      return [word, date ?? gap]
    case 'between':
      return [word, t('rules.pair', { a: date ?? gap, b: until ?? gap })]
    case 'within_last':
    case 'more_than_ago':
    case 'within_next':
      return [word, n === null ? `${gap} ${t(`rules.units_${unit}`)}` : t(`rules.unit_${unit}`, { count: n })]
    case 'is_today':
    case 'is_empty':
    case 'is_not_empty':
      return [word]
  }
}

function membership(condition: MembershipCondition, words: RuleWords): string {
  const { t } = words
  const { of, operator, ids } = condition
  const what = listed(
    t,
    ids.map(id => words.names.get(id) ?? id),
  )
  const form = ids.length === 1 ? (operator === 'has_none' ? 'not' : 'single') : operator
  const statuses = of === 'lists' ? condition.statuses.map(status => t(`rules.status_${status}`)) : []
  const clause = t(`rules.${of}_${form}`, { what })
  return statuses.length > 0 ? `${clause} (${statuses.join(', ')})` : clause
}

function place(condition: PlaceCondition, words: RuleWords): string {
  const isKnown = condition.latitude !== null && condition.longitude !== null
  const spot = isKnown ? `${condition.latitude}, ${condition.longitude}` : words.t('rules.gap')
  const radius = `${number(condition.radius, words)} ${condition.unit}`
  return words.t(`rules.place_${condition.operator}`, { radius, place: condition.label || spot })
}

function anniversary(condition: AnniversaryCondition, { t }: RuleWords): readonly string[] {
  const word = operatorWords(t, condition.operator)
  if (condition.operator === 'is_today') return [word]
  return [
    word,
    condition.days === null
      ? `${t('rules.gap')} ${t('rules.units_days')}`
      : t('rules.unit_days', { count: condition.days }),
  ]
}

function purchases(condition: PurchasesCondition, words: RuleWords): readonly string[] {
  const { t } = words
  const unit = condition.measure === 'count' ? '' : (condition.currency ?? words.currency)
  const of = condition.of ? `${t(`rules.of_${condition.of.by}`)} ${listed(t, condition.of.values)}` : ''
  return [...compared(condition, words, unit), of, windowWords(condition.window, words)]
}

function events(condition: EventsCondition, words: RuleWords): readonly string[] {
  const { t } = words
  const campaign =
    condition.campaignId === null
      ? ''
      : t('rules.inCampaign', { name: words.names.get(condition.campaignId) ?? condition.campaignId })
  const properties = condition.properties.map(
    ({ name, operator, value }) =>
      `${name} ${operatorWords(t, operator)}${operator === 'is_present' ? '' : ` ${String(value)}`}`,
  )
  return [
    times(condition, words),
    campaign,
    properties.length > 0 ? `(${properties.join(', ')})` : '',
    windowWords(condition.window, words),
  ]
}

function times({ operator, value, to }: Compared, words: RuleWords): string {
  const { t } = words
  if (operator === '=' && value === 0) return t('rules.op_never')
  const word = timesWords(t, operator)
  if (operator === 'between') {
    return `${word} ${t('rules.pair', { a: number(value, words), b: t('rules.times', { count: to ?? 0 }) })}`
  }
  return `${word} ${value === null ? t('rules.gap') : t('rules.times', { count: value })}`
}

/** A part of time in words: "in the last 90 days"; nothing for always. */
export function windowWords(window: TimeWindow, { t }: Pick<RuleWords, 't'>): string {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'within_last':
      return t('rules.window_last', { span: t(`rules.unit_${window.unit}`, { count: window.n }) })
    case 'between': {
      const { from, to } = window
      if (from !== null && to !== null) return t('rules.window_days', { from, to })
      if (from !== null) return t('rules.window_from', { from })
      return to === null ? '' : t('rules.window_until', { to })
    }
  }
}

function number(value: number | null, { t }: RuleWords): string {
  return value === null ? t('rules.gap') : String(value)
}
