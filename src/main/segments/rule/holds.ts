import { elementsText, foldText } from '../../../shared/domain/segment-text.ts'
import type { Ask, DaySource, NumberSource, PropertyAsk, TextSource } from './ask.ts'
import { haversine, haversineOf } from './distance.ts'
import type { ContactFacts, EventFact, OrderFact } from './facts.ts'
import { isInRange } from './range.ts'

/** Whether a contact is who is asked for. Gives the same answer as the SQL of the question, from what was loaded. */
export function holds(ask: Ask, facts: ContactFacts): boolean {
  switch (ask.kind) {
    case 'all':
      return ask.asks.every(one => holds(one, facts))
    case 'any':
      return ask.asks.some(one => holds(one, facts))
    case 'not':
      return !holds(ask.ask, facts)
    case 'text':
      return textHolds(textIn(ask.of, facts), ask.test, ask.values)
    case 'has_text':
      return textIn(ask.of, facts) !== ''
    case 'number': {
      const number = numberIn(ask.of, facts)
      return number !== null && isInRange(number, ask.range)
    }
    case 'has_number':
      return numberIn(ask.of, facts) !== null
    case 'instant':
      return isWithin(facts.instants[ask.column], ask.from, ask.to)
    case 'day': {
      const day = dayIn(ask.of, facts)
      return day !== null && (ask.from === null || day >= ask.from) && (ask.to === null || day <= ask.to)
    }
    case 'month_day': {
      const day = dayIn(ask.of, facts)
      return day !== null && ask.monthDays.includes(day.slice(5))
    }
    case 'flag':
      return facts.custom[ask.key] === ask.value
    case 'has_flag':
      return typeof facts.custom[ask.key] === 'boolean'
    case 'element': {
      const elements = elementsText(customText(ask.key, facts))
      return ask.values.some(value => elements.includes(`,${value},`))
    }
    case 'tagged':
      return ask.nos.some(no => facts.tags.has(no))
    case 'listed':
      return ask.nos.some(no => ask.statuses.includes(facts.lists.get(no) ?? ''))
    case 'held':
      return ask.nos.some(no => facts.segments.has(no))
    case 'near': {
      const { latitude, longitude } = facts
      if (latitude === null || longitude === null) return false
      return haversine(ask, { latitude, longitude }) <= haversineOf(ask.metres)
    }
    case 'orders':
      return ordersHold(ask, facts.orders)
    case 'order_date': {
      const times = facts.orders.map(order => order.at)
      if (times.length === 0) return false
      return isWithin(ask.which === 'first' ? Math.min(...times) : Math.max(...times), ask.from, ask.to)
    }
    case 'events': {
      const number = eventsMeant(ask, facts.events).length
      return number > 0 && isInRange(number, ask.range)
    }
    case 'heat':
      return facts.heat !== null && isInRange(facts.heat, ask.range)
    case 'consent': {
      const status = facts.consents.get(ask.channel)
      return status !== undefined && (ask.status === 'any' || status === ask.status)
    }
    case 'suppressed':
      return facts.suppressed.has(ask.channel)
    case 'external':
      return ask.source === '' ? facts.sources.size > 0 : facts.sources.has(ask.source)
  }
}

/** The text of a field; empty when there is none. */
export function textIn(of: TextSource, facts: ContactFacts): string {
  switch (of.kind) {
    case 'column':
      return facts.texts[of.column] ?? ''
    case 'domain': {
      const email = facts.texts.email_key ?? ''
      return email.slice(email.indexOf('@') + 1)
    }
    case 'custom':
      return customText(of.key, facts)
    case 'social': {
      const handle = facts.socials[of.network]
      return typeof handle === 'string' ? handle : ''
    }
  }
}

function customText(key: string, facts: ContactFacts): string {
  const value = facts.custom[key]
  return typeof value === 'string' ? value : ''
}

function textHolds(
  text: string,
  test: 'one_of' | 'contains' | 'starts_with' | 'ends_with',
  values: readonly string[],
): boolean {
  const folded = foldText(text)
  if (folded === '') return false
  switch (test) {
    case 'one_of':
      return values.includes(folded)
    case 'contains':
      return values.some(value => folded.includes(value))
    case 'starts_with':
      return values.some(value => folded.startsWith(value))
    case 'ends_with':
      return values.some(value => folded.endsWith(value))
  }
}

/** The number of a field; null when there is none. */
export function numberIn(of: NumberSource, facts: ContactFacts): number | null {
  if (of.kind === 'custom') {
    const value = facts.custom[of.key]
    return typeof value === 'number' ? value : null
  }
  if (of.column === 'lead_score') return facts.leadScore
  return facts[of.column]
}

/** The day of a field as YYYY-MM-DD; null when there is none. */
export function dayIn(of: DaySource, facts: ContactFacts): string | null {
  if (of.kind === 'birthday') return facts.birthday
  const text = customText(of.key, facts)
  return text === '' ? null : text.slice(0, 10)
}

function isWithin(instant: number | null, from: number | null, to: number | null): boolean {
  return instant !== null && (from === null || instant >= from) && (to === null || instant < to)
}

type OrdersAsk = Extract<Ask, { kind: 'orders' }>

/** The paid orders that a question is about, with what counts of them in minor units. */
export function ordersMeant(
  { of, currency, from, to }: Pick<OrdersAsk, 'of' | 'currency' | 'from' | 'to'>,
  orders: readonly OrderFact[],
): readonly number[] {
  return orders.flatMap(order => {
    if ((currency !== null && order.currency !== currency) || !isWithin(order.at, from, to)) return []
    if (of === null) return [order.valueMinor]
    const items = order.items.filter(item => of.values.includes(of.by === 'sku' ? item.sku : foldText(item[of.by])))
    return items.length === 0 ? [] : [items.reduce((sum, item) => sum + item.valueMinor, 0)]
  })
}

function ordersHold(ask: OrdersAsk, orders: readonly OrderFact[]): boolean {
  const values = ordersMeant(ask, orders)
  if (values.length === 0) return false
  if (ask.measure === 'count') return isInRange(values.length, ask.range)
  const sum = values.reduce((total, value) => total + value, 0)
  return isInRange(ask.measure === 'spend' ? sum : averageOf(sum, values.length), ask.range)
}

/** The average of orders in whole minor units; halves go away from zero, as in SQL. */
export function averageOf(sum: number, orders: number): number {
  return Math.sign(sum) * Math.round(Math.abs(sum) / orders)
}

type EventsAsk = Extract<Ask, { kind: 'events' }>

/** The events that a question is about. */
export function eventsMeant(
  ask: Omit<EventsAsk, 'range' | 'kind'>,
  events: readonly EventFact[],
): readonly EventFact[] {
  return events.filter(
    event =>
      event.kind === ask.event &&
      event.name === ask.name &&
      (ask.campaignId === null || event.campaignId === ask.campaignId) &&
      isWithin(event.at, ask.from, ask.to) &&
      ask.properties.every(property => propertyHolds(property, event.properties)),
  )
}

/** A property is compared as a number where a number is asked for, otherwise as text; what is not there never holds. */
function propertyHolds({ name, operator, value }: PropertyAsk, properties: Readonly<Record<string, unknown>>): boolean {
  const found = Object.hasOwn(properties, name) ? properties[name] : undefined
  if (typeof found !== 'string' && typeof found !== 'number') return false
  if (operator === 'is_present') return true
  if (typeof value === 'number') {
    if (typeof found !== 'number') return false
    return compare(operator, found, value)
  }
  if (typeof found === 'number' && !Number.isSafeInteger(found)) return false
  const text = typeof found === 'string' ? foldText(found) : String(found)
  if (operator === 'contains') return text.includes(value)
  return operator === 'equals' ? text === value : operator === 'not_equals' && text !== value
}

function compare(operator: PropertyAsk['operator'], found: number, value: number): boolean {
  switch (operator) {
    case 'equals':
      return found === value
    case 'not_equals':
      return found !== value
    case '<':
      return found < value
    case '<=':
      return found <= value
    case '>':
      return found > value
    case '>=':
      return found >= value
    default:
      return false
  }
}
