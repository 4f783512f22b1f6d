import type { z } from 'zod'
import type { PartOutcome, Seen } from '../../../shared/contract/segments.ts'
import type { Condition, Rule } from '../../../shared/domain/segment-rule.ts'
import { distanceM } from './distance.ts'
import { engagementScore } from './engagement.ts'
import type { ContactFacts } from './facts.ts'
import { averageOf, dayIn, eventsMeant, holds, numberIn, ordersMeant, textIn } from './holds.ts'
import { windowMeant } from './period.ts'
import { daySource, instantColumn, METRES, minorDigits, numberSource, readRule, textSource } from './read-rule.ts'
import type { RuleSetting } from './setting.ts'

type Outcome = z.infer<typeof PartOutcome>
type SeenValue = z.infer<typeof Seen>

const NOTHING: SeenValue = { kind: 'nothing' }

/** For every part of a rule whether it holds for a contact, and what was seen; groups before what is in them. */
export function outcomesOf(
  rule: Rule,
  facts: ContactFacts,
  setting: RuleSetting & { readonly names: ReadonlyMap<string, string> },
): readonly Outcome[] {
  const own: Outcome = {
    nodeId: rule.id,
    holds: holds(readRule(rule, setting), facts),
    seen: rule.kind === 'group' ? NOTHING : seenFor(rule, facts, setting),
  }
  return rule.kind === 'group' ? [own, ...rule.rules.flatMap(child => outcomesOf(child, facts, setting))] : [own]
}

type NamedSetting = Parameters<typeof outcomesOf>[2]

function seenFor(condition: Condition, facts: ContactFacts, setting: NamedSetting): SeenValue {
  switch (condition.kind) {
    case 'text':
      return text(textIn(textSource(condition.field), facts))
    case 'values':
      return text(textIn({ kind: 'custom', key: condition.field.slice('custom:'.length) }, facts))
    case 'number':
      return number(numberIn(numberSource(condition.field), facts))
    case 'boolean': {
      const value = facts.custom[condition.field.slice('custom:'.length)]
      return typeof value === 'boolean' ? { kind: 'boolean', value } : NOTHING
    }
    case 'date': {
      const column = instantColumn(condition.field)
      if (column !== null) return instant(facts.instants[column])
      return day(dayIn(daySource(condition.field), facts))
    }
    case 'anniversary':
      return day(dayIn(daySource(condition.field), facts))
    case 'membership':
      return membershipSeen(condition, facts, setting)
    case 'place': {
      const { latitude, longitude, unit } = condition
      if (facts.latitude === null || facts.longitude === null || latitude === null || longitude === null) return NOTHING
      const away = distanceM({ latitude, longitude }, { latitude: facts.latitude, longitude: facts.longitude })
      return { kind: 'distance', amount: Math.round((away / METRES[unit]) * 10) / 10, unit }
    }
    case 'purchases':
      return purchasesSeen(condition, facts, setting)
    case 'purchase_date': {
      const times = facts.orders.map(order => order.at)
      if (times.length === 0) return NOTHING
      return instant(condition.which === 'first' ? Math.min(...times) : Math.max(...times))
    }
    case 'events': {
      const ask = readRule({ ...condition, negated: false }, setting)
      const leaf = ask.kind === 'not' ? ask.ask : ask
      return leaf.kind === 'events' ? number(eventsMeant(leaf, facts.events).length) : NOTHING
    }
    case 'score':
      return number(condition.score === 'lead' ? facts.leadScore : engagementScore(facts.heat, setting.today.now))
    case 'consent':
      return text(facts.consents.get(condition.channel) ?? '')
    case 'suppressed':
      return { kind: 'boolean', value: facts.suppressed.has(condition.channel) }
    case 'external':
      return facts.sources.size === 0 ? NOTHING : { kind: 'texts', texts: [...facts.sources].sort() }
  }
}

function membershipSeen(
  { of, ids }: Extract<Condition, { kind: 'membership' }>,
  facts: ContactFacts,
  setting: NamedSetting,
): SeenValue {
  const texts = ids.flatMap(id => {
    const name = setting.names.get(id) ?? id
    if (of === 'tags') return facts.tags.has(setting.tags.get(id) ?? -1) ? [name] : []
    if (of === 'lists') {
      const status = facts.lists.get(setting.lists.get(id) ?? -1)
      return status === undefined ? [] : [`${name} (${status})`]
    }
    const segment = setting.segments.get(id)
    if (!segment) return []
    const isIn =
      segment.kind === 'static' ? facts.segments.has(segment.no) : holds(readRule(segment.rule, setting), facts)
    return isIn ? [name] : []
  })
  return texts.length === 0 ? NOTHING : { kind: 'texts', texts }
}

function purchasesSeen(
  condition: Extract<Condition, { kind: 'purchases' }>,
  facts: ContactFacts,
  setting: NamedSetting,
): SeenValue {
  const ask = readRule({ ...condition, negated: false }, setting)
  const leaf = ask.kind === 'not' ? ask.ask : ask
  if (leaf.kind !== 'orders') return NOTHING
  const values = ordersMeant({ ...leaf, ...windowMeant(condition.window, setting.today) }, facts.orders)
  if (condition.measure === 'count') return number(values.length)
  const currency = leaf.currency ?? setting.currency
  const sum = values.reduce((total, value) => total + value, 0)
  if (condition.measure === 'average' && values.length === 0) return NOTHING
  const minor = condition.measure === 'average' ? averageOf(sum, values.length) : sum
  return { kind: 'money', amount: minor / 10 ** minorDigits(currency), currency }
}

function text(value: string): SeenValue {
  return value === '' ? NOTHING : { kind: 'text', text: value }
}

function number(value: number | null): SeenValue {
  return value === null ? NOTHING : { kind: 'number', number: value }
}

function instant(at: number | null): SeenValue {
  return at === null ? NOTHING : { kind: 'instant', at }
}

function day(value: string | null): SeenValue {
  return value === null ? NOTHING : { kind: 'day', day: value }
}
