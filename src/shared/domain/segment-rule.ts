import { z } from 'zod'
import { PERSON_CHANNELS } from './channels.ts'

/** The most groups inside each other, the root included. */
export const DEEPEST_RULE = 12
/** The most conditions and groups of one rule. */
export const LARGEST_RULE = 300

const NodeId = z.string().min(1).max(64).describe('Stable name of the condition or group; unique in the rule')
const Id = z.string().min(1).max(64)
const Text = z
  .string()
  .max(500)
  .refine(text => !/[\r\n\0]|\p{Cs}/u.test(text), 'must be one line')
const Texts = z.array(Text).max(1000)
const FieldName = z
  .string()
  .regex(/^(?:[a-zA-Z]{1,30}|custom:[a-z][a-z0-9_]{0,58}|social:[a-z0-9_.-]{1,40})$/)
  .describe('A name of the field catalogue: city, createdAt, custom:KEY, social:NETWORK')
const Day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const node = { id: NodeId, negated: z.boolean().describe('The exact opposite: whoever the condition does not find') }

export const TextOperator = z.enum([
  'equals',
  'not_equals',
  'contains',
  'not_contains',
  'starts_with',
  'ends_with',
  'in',
  'not_in',
  'is_empty',
  'is_not_empty',
])
export type TextOperator = z.infer<typeof TextOperator>

export const NumberOperator = z.enum(['=', '!=', '<', '<=', '>', '>=', 'between', 'is_empty', 'is_not_empty'])
export type NumberOperator = z.infer<typeof NumberOperator>
/** Comparisons of something that is always known, such as a count. */
export const CountOperator = z.enum(['=', '!=', '<', '<=', '>', '>=', 'between'])
export type CountOperator = z.infer<typeof CountOperator>

export const TimeUnit = z.enum(['hours', 'days', 'weeks', 'months', 'years'])
export type TimeUnit = z.infer<typeof TimeUnit>
export const DateOperator = z.enum([
  'before',
  'after',
  'on',
  'between',
  'within_last',
  'more_than_ago',
  'within_next',
  'is_today',
  'is_empty',
  'is_not_empty',
])
export type DateOperator = z.infer<typeof DateOperator>

/** A part of time: always, the last n units up to now, or whole days in the workspace's zone (both included). */
export const TimeWindow = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ever') }),
  z.object({ kind: z.literal('within_last'), n: z.number().int().min(1).max(10_000), unit: TimeUnit }),
  z.object({ kind: z.literal('between'), from: Day.nullable(), to: Day.nullable() }),
])
export type TimeWindow = z.infer<typeof TimeWindow>

const dates = {
  operator: DateOperator,
  date: Day.nullable().describe('For before, after, on, and the beginning of between; null while it is not chosen'),
  until: Day.nullable().describe('The last day of between'),
  n: z
    .number()
    .int()
    .min(0)
    .max(10_000)
    .nullable()
    .describe('How many units, for within_last, more_than_ago, within_next'),
  unit: TimeUnit,
}
const counted = {
  operator: CountOperator,
  value: z.number().nullable(),
  to: z.number().nullable().describe('The end of between'),
}

export const TextCondition = z.object({
  kind: z.literal('text'),
  ...node,
  field: FieldName,
  operator: TextOperator,
  values: Texts.describe('One value, or several for in and not_in'),
})
export type TextCondition = z.infer<typeof TextCondition>

export const NumberCondition = z.object({
  kind: z.literal('number'),
  ...node,
  field: FieldName,
  ...counted,
  operator: NumberOperator,
})
export type NumberCondition = z.infer<typeof NumberCondition>

export const DateCondition = z.object({ kind: z.literal('date'), ...node, field: FieldName, ...dates })
export type DateCondition = z.infer<typeof DateCondition>

export const BooleanCondition = z.object({
  kind: z.literal('boolean'),
  ...node,
  field: FieldName,
  operator: z.enum(['is_true', 'is_false', 'is_empty', 'is_not_empty']),
})
export type BooleanCondition = z.infer<typeof BooleanCondition>

/** A custom field that holds several values, written with commas, semicolons or bars between them. */
export const ValuesCondition = z.object({
  kind: z.literal('values'),
  ...node,
  field: FieldName,
  operator: z.enum(['has_any', 'has_all', 'has_none', 'is_empty', 'is_not_empty']),
  values: Texts,
})
export type ValuesCondition = z.infer<typeof ValuesCondition>

export const ListStatus = z.enum(['active', 'removed', 'bounced', 'unsubscribed'])
export const MembershipCondition = z.object({
  kind: z.literal('membership'),
  ...node,
  of: z.enum(['tags', 'lists', 'segments']),
  operator: z.enum(['has_any', 'has_all', 'has_none']),
  ids: z.array(Id).max(200),
  statuses: z.array(ListStatus).max(4).describe('For lists: which kinds of membership count; empty means active'),
})
export type MembershipCondition = z.infer<typeof MembershipCondition>

export const PlaceCondition = z.object({
  kind: z.literal('place'),
  ...node,
  operator: z.enum(['within', 'outside']),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  label: Text.describe('What the place is called'),
  radius: z.number().positive().max(25_000).nullable(),
  unit: z.enum(['km', 'mi']),
})
export type PlaceCondition = z.infer<typeof PlaceCondition>

/** The day of the year of a date. 29 February is kept on 28 February in years that have none. */
export const AnniversaryCondition = z.object({
  kind: z.literal('anniversary'),
  ...node,
  field: FieldName,
  operator: z.enum(['is_today', 'within_next', 'within_last']),
  days: z
    .number()
    .int()
    .min(0)
    .max(366)
    .nullable()
    .describe('Today is counted too: within the next 7 days is today and the 7 after it'),
})
export type AnniversaryCondition = z.infer<typeof AnniversaryCondition>

/** Paid orders. Without orders the count and the spend are 0, and there is no average. */
export const PurchasesCondition = z.object({
  kind: z.literal('purchases'),
  ...node,
  measure: z.enum(['count', 'spend', 'average']),
  of: z
    .object({ by: z.enum(['sku', 'name', 'category']), values: Texts })
    .nullable()
    .describe('Only what was bought of these; spend is then the value of those items'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullable()
    .describe('null: the currency of the workspace for money, every currency for counts'),
  window: TimeWindow,
  ...counted,
})
export type PurchasesCondition = z.infer<typeof PurchasesCondition>

export const PurchaseDateCondition = z.object({
  kind: z.literal('purchase_date'),
  ...node,
  which: z.enum(['first', 'last']),
  ...dates,
})
export type PurchaseDateCondition = z.infer<typeof PurchaseDateCondition>

export const EventName = z.enum([
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'unsubscribed',
  'complained',
  'custom',
])
export type EventName = z.infer<typeof EventName>
export const EventsCondition = z.object({
  kind: z.literal('events'),
  ...node,
  event: EventName,
  name: Text.describe('The name of a custom event; empty for the others'),
  campaignId: Id.nullable().describe('null: whichever campaign'),
  properties: z
    .array(
      z.object({
        name: z.string().regex(/^[\p{L}\p{N}_ .-]{1,60}$/u),
        operator: z.enum(['equals', 'not_equals', 'contains', '<', '<=', '>', '>=', 'is_present']),
        value: z.union([Text, z.number()]),
      }),
    )
    .max(5)
    .describe('All of them must hold for the same event'),
  window: TimeWindow,
  ...counted,
})
export type EventsCondition = z.infer<typeof EventsCondition>

/** Scores are whole numbers from 0 to 100 (engagement), or whatever the rules add up to (lead). */
export const ScoreCondition = z.object({
  kind: z.literal('score'),
  ...node,
  score: z.enum(['engagement', 'lead']),
  ...counted,
})
export type ScoreCondition = z.infer<typeof ScoreCondition>

export const ConsentCondition = z.object({
  kind: z.literal('consent'),
  ...node,
  channel: z.enum(PERSON_CHANNELS),
  status: z.enum(['granted', 'denied', 'withdrawn', 'unknown']).describe('unknown: nothing was ever recorded'),
})
export type ConsentCondition = z.infer<typeof ConsentCondition>

export const SuppressedCondition = z.object({
  kind: z.literal('suppressed'),
  ...node,
  channel: z.enum(PERSON_CHANNELS),
})
export type SuppressedCondition = z.infer<typeof SuppressedCondition>

export const ExternalCondition = z.object({
  kind: z.literal('external'),
  ...node,
  source: Text.describe('Where the id comes from, such as salesforce; empty means anywhere'),
})
export type ExternalCondition = z.infer<typeof ExternalCondition>

export const Condition = z.discriminatedUnion('kind', [
  TextCondition,
  NumberCondition,
  DateCondition,
  BooleanCondition,
  ValuesCondition,
  MembershipCondition,
  PlaceCondition,
  AnniversaryCondition,
  PurchasesCondition,
  PurchaseDateCondition,
  EventsCondition,
  ScoreCondition,
  ConsentCondition,
  SuppressedCondition,
  ExternalCondition,
])
/** One thing that is asked of a contact. Without a value a contact is never found, so the opposite (not_equals, negated …) finds her. */
export type Condition = z.infer<typeof Condition>

/** Conditions and groups that hold all together, or any of them. */
export interface RuleGroup {
  kind: 'group'
  id: string
  match: 'all' | 'any'
  negated: boolean
  rules: Rule[]
}
/** A tree of groups and conditions. */
export type Rule = RuleGroup | Condition

const RuleNode: z.ZodType<Rule, Rule> = z.lazy(() => z.union([RuleGroupNode, Condition]))
const RuleGroupNode: z.ZodType<RuleGroup, RuleGroup> = z.object({
  kind: z.literal('group'),
  ...node,
  match: z.enum(['all', 'any']),
  rules: z.array(RuleNode).max(LARGEST_RULE),
})

/** A whole rule: the root is a group. Values may still be missing while it is put together; `checkRule` says which. */
export const SegmentRule: z.ZodType<RuleGroup, RuleGroup> = RuleGroupNode.superRefine((rule, context) => {
  const seen = new Set<string>()
  let deepest = 0
  const visit = (one: Rule, depth: number): void => {
    deepest = Math.max(deepest, one.kind === 'group' ? depth : depth - 1)
    if (seen.has(one.id)) context.addIssue({ code: 'custom', message: `two parts have the id ${one.id}` })
    seen.add(one.id)
    if (one.kind === 'group' && depth <= DEEPEST_RULE) for (const child of one.rules) visit(child, depth + 1)
  }
  visit(rule, 1)
  if (deepest > DEEPEST_RULE) {
    context.addIssue({ code: 'custom', message: `groups can be ${DEEPEST_RULE} deep; take some apart` })
  }
  if (seen.size > LARGEST_RULE) {
    context.addIssue({ code: 'custom', message: `a rule can have ${LARGEST_RULE} parts; make two segments of it` })
  }
})
export type SegmentRule = RuleGroup

/** Every condition of a rule, in the order in which it is read. */
export function conditionsOf(rule: Rule): readonly Condition[] {
  return rule.kind === 'group' ? rule.rules.flatMap(conditionsOf) : [rule]
}

/** The rule without one of its parts; null when nothing is left of it. Groups that become empty go too. */
export function withoutPart(rule: Rule, id: string): Rule | null {
  if (rule.id === id) return null
  if (rule.kind !== 'group') return rule
  const rules = rule.rules.flatMap(child => withoutPart(child, id) ?? [])
  return rules.length === 0 && rule.rules.length > 0 ? null : { ...rule, rules }
}
