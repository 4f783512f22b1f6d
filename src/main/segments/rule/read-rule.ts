import { AppError } from '../../../shared/contract/failure.ts'
import type {
  AnniversaryCondition,
  Condition,
  DateCondition,
  EventsCondition,
  MembershipCondition,
  NumberCondition,
  PurchasesCondition,
  Rule,
  ScoreCondition,
  TextCondition,
} from '../../../shared/domain/segment-rule.ts'
import { foldText } from '../../../shared/domain/segment-text.ts'
import type { Ask, DaySource, InstantColumn, NumberSource, TextColumn, TextSource } from './ask.ts'
import { monthDays } from './day.ts'
import { engagementHeat } from './engagement.ts'
import { daysMeant, instantsMeant, windowMeant } from './period.ts'
import { invert, isInRange, mapRange, type Range, rangeOf } from './range.ts'
import type { RuleSetting } from './setting.ts'

/**
 * What a rule asks, with names, dates and units resolved. Only for rules without problems (`problemsOf`); anything that
 * cannot be resolved throws, nothing is left out.
 */
export function readRule(rule: Rule, setting: RuleSetting): Ask {
  const ask = rule.kind === 'group' ? readGroup(rule.match, rule.rules, setting) : readCondition(rule, setting)
  return rule.negated ? not(ask) : ask
}

function readGroup(match: 'all' | 'any', rules: readonly Rule[], setting: RuleSetting): Ask {
  if (rules.length === 0) throw unreadable('a group is empty')
  return { kind: match, asks: rules.map(rule => readRule(rule, setting)) }
}

function not(ask: Ask): Ask {
  return ask.kind === 'not' ? ask.ask : { kind: 'not', ask }
}

const any = (asks: readonly Ask[]): Ask => ({ kind: 'any', asks })
const all = (asks: readonly Ask[]): Ask => ({ kind: 'all', asks })

function unreadable(what: string): AppError {
  return new AppError('invalid_input', `The rule cannot be used: ${what}.`)
}

function readCondition(condition: Condition, setting: RuleSetting): Ask {
  switch (condition.kind) {
    case 'text':
      return readText(condition)
    case 'number':
      return readNumber(condition)
    case 'date':
      return readDate(condition, setting)
    case 'boolean':
      return readBoolean(condition)
    case 'values':
      return readValues(condition)
    case 'membership':
      return readMembership(condition, setting)
    case 'place': {
      const { latitude, longitude, radius, unit, operator } = condition
      if (latitude === null || longitude === null || radius === null) throw unreadable('a place is missing')
      const near: Ask = { kind: 'near', latitude, longitude, metres: radius * METRES[unit] }
      return operator === 'outside' ? not(near) : near
    }
    case 'anniversary':
      return readAnniversary(condition, setting)
    case 'purchases':
      return readPurchases(condition, setting)
    case 'purchase_date': {
      const { which, operator } = condition
      const ask: Ask = { kind: 'order_date', which, ...(instantsMeant(condition, setting.today) ?? ALWAYS) }
      return operator === 'is_empty' ? not(ask) : ask
    }
    case 'events':
      return readEvents(condition, setting)
    case 'score':
      return readScore(condition, setting)
    case 'consent': {
      const { channel, status } = condition
      return status === 'unknown'
        ? not({ kind: 'consent', channel, status: 'any' })
        : { kind: 'consent', channel, status }
    }
    case 'suppressed':
      return { kind: 'suppressed', channel: condition.channel }
    case 'external':
      return { kind: 'external', source: condition.source }
  }
}

/** A mile is 1,609.344 m (international mile). */
export const METRES = { km: 1000, mi: 1609.344 } as const
const ALWAYS = { from: null, to: null } as const

const TEXT_COLUMNS: Readonly<Record<string, TextColumn>> = {
  firstName: 'first_name',
  lastName: 'last_name',
  company: 'company',
  email: 'email_key',
  phone: 'phone',
  language: 'language',
  timeZone: 'time_zone',
  street: 'street',
  city: 'city',
  region: 'region',
  postalCode: 'postal_code',
  country: 'country',
  source: 'source',
  leadStatus: 'lead_status',
  leadQuality: 'lead_quality',
  owner: 'owner_id',
}

/** Where the text of a field lies. */
export function textSource(field: string): TextSource {
  if (field === 'emailDomain') return { kind: 'domain' }
  const [prefix, name] = split(field)
  if (prefix === 'custom') return { kind: 'custom', key: name }
  if (prefix === 'social') return { kind: 'social', network: name }
  const column = Object.hasOwn(TEXT_COLUMNS, field) ? TEXT_COLUMNS[field] : undefined
  if (column === undefined) throw unreadable(`there is no text field "${field}"`)
  return { kind: 'column', column }
}

function split(field: string): readonly [string, string] {
  const colon = field.indexOf(':')
  return colon < 0 ? ['', field] : [field.slice(0, colon), field.slice(colon + 1)]
}

function readText({ field, operator, values }: TextCondition): Ask {
  const of = textSource(field)
  const folded = values.filter(value => value.trim() !== '').map(value => foldText(value.normalize('NFC').trim()))
  const test = (kind: 'one_of' | 'contains' | 'starts_with' | 'ends_with', wanted: readonly string[]): Ask => {
    if (wanted.length === 0) throw unreadable('a value is missing')
    return { kind: 'text', of, test: kind, values: wanted }
  }
  switch (operator) {
    case 'equals':
      return test('one_of', folded.slice(0, 1))
    case 'not_equals':
      return not(test('one_of', folded.slice(0, 1)))
    case 'in':
      return test('one_of', folded)
    case 'not_in':
      return not(test('one_of', folded))
    case 'contains':
      return test('contains', folded.slice(0, 1))
    case 'not_contains':
      return not(test('contains', folded.slice(0, 1)))
    case 'starts_with':
      return test('starts_with', folded.slice(0, 1))
    case 'ends_with':
      return test('ends_with', folded.slice(0, 1))
    case 'is_empty':
      return not({ kind: 'has_text', of })
    case 'is_not_empty':
      return { kind: 'has_text', of }
  }
}

/** Where the number of a field lies. */
export function numberSource(field: string): NumberSource {
  const [prefix, name] = split(field)
  if (prefix === 'custom') return { kind: 'custom', key: name }
  if (field === 'latitude' || field === 'longitude') return { kind: 'column', column: field }
  throw unreadable(`there is no number "${field}"`)
}

function readNumber({ field, operator, value, to }: NumberCondition): Ask {
  const of = numberSource(field)
  if (operator === 'is_empty') return not({ kind: 'has_number', of })
  if (operator === 'is_not_empty') return { kind: 'has_number', of }
  const { range, negated } = upright(rangeOf(operator, given(value), to ?? given(value)))
  const ask: Ask = { kind: 'number', of, range }
  return negated ? not(ask) : ask
}

/** The opposite of a number is what has no such number, also who has none at all. */
function upright(range: Range): { readonly range: Range; readonly negated: boolean } {
  return range.inverted ? { range: invert(range), negated: true } : { range, negated: false }
}

function given(value: number | null): number {
  if (value === null) throw unreadable('a number is missing')
  return value
}

const INSTANTS: Readonly<Record<string, InstantColumn>> = {
  createdAt: 'created_at',
  updatedAt: 'updated_at',
  lastActivityAt: 'last_activity_at',
}

/** The column of an instant; null when the field is a day. */
export function instantColumn(field: string): InstantColumn | null {
  return (Object.hasOwn(INSTANTS, field) ? INSTANTS[field] : undefined) ?? null
}

/** Where the day of a field lies. */
export function daySource(field: string): DaySource {
  const [prefix, name] = split(field)
  if (prefix === 'custom') return { kind: 'custom', key: name }
  if (field === 'birthday') return { kind: 'birthday' }
  throw unreadable(`there is no date "${field}"`)
}

function readDate(condition: DateCondition, { today }: RuleSetting): Ask {
  const column = instantColumn(condition.field)
  const ask: Ask =
    column === null
      ? { kind: 'day', of: daySource(condition.field), ...(daysMeant(condition, today) ?? ALWAYS) }
      : { kind: 'instant', column, ...(instantsMeant(condition, today) ?? ALWAYS) }
  return condition.operator === 'is_empty' ? not(ask) : ask
}

function readAnniversary({ field, operator, days }: AnniversaryCondition, { today }: RuleSetting): Ask {
  const n = days ?? 0
  const within =
    operator === 'within_next' ? monthDays(today, 0, n) : monthDays(today, operator === 'is_today' ? 0 : n, 0)
  return { kind: 'month_day', of: daySource(field), monthDays: within }
}

function readBoolean({ field, operator }: Extract<Condition, { kind: 'boolean' }>): Ask {
  const [, key] = split(field)
  switch (operator) {
    case 'is_true':
      return { kind: 'flag', key, value: true }
    case 'is_false':
      return { kind: 'flag', key, value: false }
    case 'is_empty':
      return not({ kind: 'has_flag', key })
    case 'is_not_empty':
      return { kind: 'has_flag', key }
  }
}

function readValues({ field, operator, values }: Extract<Condition, { kind: 'values' }>): Ask {
  const [, key] = split(field)
  const folded = values.filter(value => value.trim() !== '').map(value => foldText(value.normalize('NFC').trim()))
  const element = (wanted: readonly string[]): Ask => ({ kind: 'element', key, values: wanted })
  const present: Ask = { kind: 'has_text', of: { kind: 'custom', key } }
  switch (operator) {
    case 'is_empty':
      return not(present)
    case 'is_not_empty':
      return present
    case 'has_any':
      return element(folded)
    case 'has_none':
      return not(element(folded))
    case 'has_all':
      return all(folded.map(value => element([value])))
  }
}

function readMembership({ of, operator, ids, statuses }: MembershipCondition, setting: RuleSetting): Ask {
  const asks = ids.map(id => memberOf(of, id, statuses, setting))
  if (asks.length === 0) throw unreadable(`none of the ${of} is chosen`)
  switch (operator) {
    case 'has_any':
      return joined(asks)
    case 'has_none':
      return not(joined(asks))
    case 'has_all':
      return all(asks)
  }
}

function memberOf(
  of: MembershipCondition['of'],
  id: string,
  statuses: MembershipCondition['statuses'],
  setting: RuleSetting,
): Ask {
  if (of === 'segments') {
    const segment = setting.segments.get(id)
    if (!segment) throw unreadable(`there is no segment ${id}`)
    return segment.kind === 'static' ? { kind: 'held', nos: [segment.no] } : readRule(segment.rule, setting)
  }
  const no = (of === 'tags' ? setting.tags : setting.lists).get(id)
  if (no === undefined) throw unreadable(`one of the ${of} is gone`)
  return of === 'tags'
    ? { kind: 'tagged', nos: [no] }
    : { kind: 'listed', nos: [no], statuses: statuses.length === 0 ? ['active'] : [...new Set(statuses)].sort() }
}

/** Several of one kind are asked about together. */
function joined(asks: readonly Ask[]): Ask {
  const tagged = asks.flatMap(ask => (ask.kind === 'tagged' ? ask.nos : []))
  if (tagged.length === asks.length) return { kind: 'tagged', nos: tagged }
  const held = asks.flatMap(ask => (ask.kind === 'held' ? ask.nos : []))
  if (held.length === asks.length) return { kind: 'held', nos: held }
  const listed = asks.flatMap(ask => (ask.kind === 'listed' ? ask.nos : []))
  const first = asks[0]
  if (listed.length === asks.length && first?.kind === 'listed') return { ...first, nos: listed }
  return any(asks)
}

function readPurchases(condition: PurchasesCondition, { currency: own, today }: RuleSetting): Ask {
  const { measure, of, window, operator, value, to } = condition
  const currency = condition.currency ?? (measure === 'count' ? null : own)
  const plain = rangeOf(operator, given(value), to ?? given(value))
  const digits = measure === 'count' || currency === null ? 0 : minorDigits(currency)
  // The product of two decimal fractions is not exact: 19.99 × 100 is 1998.9999999999998.
  const range = mapRange(plain, end => Math.round(end * 10 ** digits * 1000) / 1000)
  const wanted =
    of === null ? null : { by: of.by, values: of.values.filter(text => text.trim() !== '').map(textOf(of.by)) }
  const ask = (asked: Range): Ask => ({
    kind: 'orders',
    measure,
    of: wanted,
    currency,
    ...windowMeant(window, today),
    range: asked,
  })
  if (measure !== 'average') return withoutZero(range, ask)
  return range.inverted ? not(ask(invert(range))) : ask(range)
}

/** Skus are compared exactly, words as text. */
function textOf(by: 'sku' | 'name' | 'category'): (text: string) => string {
  return text => (by === 'sku' ? text.trim() : foldText(text.normalize('NFC').trim()))
}

/** Who has nothing of it has 0: a range with 0 in it is asked as the opposite of the rest. */
function withoutZero(range: Range, ask: (range: Range) => Ask): Ask {
  return isInRange(0, range) ? not(ask(invert(range))) : ask(range)
}

/** How many decimals a currency has (ISO 4217). */
export function minorDigits(currency: string): number {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
}

function readEvents(condition: EventsCondition, { today }: RuleSetting): Ask {
  const { event, campaignId, window, operator, value, to } = condition
  const properties = condition.properties.map(one => ({
    name: one.name,
    operator: one.operator,
    value: typeof one.value === 'string' ? foldText(one.value.normalize('NFC').trim()) : one.value,
  }))
  return withoutZero(rangeOf(operator, given(value), to ?? given(value)), range => ({
    kind: 'events',
    event,
    name: event === 'custom' ? condition.name.trim() : '',
    campaignId,
    properties,
    ...windowMeant(window, today),
    range,
  }))
}

function readScore({ score, operator, value, to }: ScoreCondition, { today }: RuleSetting): Ask {
  const range = rangeOf(operator, given(value), to ?? given(value))
  if (score === 'lead') {
    const asked = upright(range)
    const ask: Ask = { kind: 'number', of: { kind: 'column', column: 'lead_score' }, range: asked.range }
    return asked.negated ? not(ask) : ask
  }
  return withoutZero(range, asked => ({ kind: 'heat', range: engagementHeat(asked, today.now) }))
}
