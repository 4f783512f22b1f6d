import type { Condition, Rule, RuleGroup } from '../../src/shared/domain/segment-rule.ts'
import { NOW } from './segment-file.ts'

/** A question in the words of a person, as a rule, and as somebody who knows the tables would write it. */
export interface RuleCase {
  readonly says: string
  readonly rule: RuleGroup
  /** The best SQL by hand: the number as `people`. */
  readonly byHand: string
}

let made = 0
const node = (negated = false): { id: string; negated: boolean } => ({ id: `n${made++}`, negated })
const all = (...rules: Rule[]): RuleGroup => ({ kind: 'group', ...node(), match: 'all', rules })
const any = (...rules: Rule[]): RuleGroup => ({ kind: 'group', ...node(), match: 'any', rules })
const not = (rule: Condition): Condition => ({ ...rule, negated: true })

type TextOperator = Extract<Condition, { kind: 'text' }>['operator']
const text = (field: string, operator: TextOperator, ...values: string[]): Condition => ({
  kind: 'text',
  ...node(),
  field,
  operator,
  values,
})
const atLeast = (value: number) => ({ operator: '>=' as const, value, to: null })
const tag = (id: string): Condition => ({
  kind: 'membership',
  ...node(),
  of: 'tags',
  operator: 'has_any',
  ids: [id],
  statuses: [],
})
const list = (id: string): Condition => ({
  ...tag(id),
  kind: 'membership',
  of: 'lists',
  operator: 'has_any',
  ids: [id],
  statuses: [],
})
const ever = { kind: 'ever' as const }
const last = (n: number) => ({ kind: 'within_last' as const, n, unit: 'days' as const })
const purchases = (
  measure: 'count' | 'spend',
  value: number,
  more: Partial<Extract<Condition, { kind: 'purchases' }>> = {},
): Condition => ({
  kind: 'purchases',
  ...node(),
  measure,
  of: null,
  currency: null,
  window: ever,
  ...atLeast(value),
  ...more,
})
const events = (
  event: 'opened' | 'clicked' | 'custom',
  more: Partial<Extract<Condition, { kind: 'events' }>> = {},
): Condition => ({
  kind: 'events',
  ...node(),
  event,
  name: event === 'custom' ? 'trial' : '',
  campaignId: null,
  properties: [],
  window: ever,
  ...atLeast(1),
  ...more,
})
const dates = { date: null, until: null, n: null, unit: 'days' as const }
const score = (which: 'engagement' | 'lead', value: number): Condition => ({
  kind: 'score',
  ...node(),
  score: which,
  ...atLeast(value),
})
const suppressed: Condition = { kind: 'suppressed', ...node(), channel: 'email' }

const DAY = 86_400_000
// The workspace of the benchmark is in UTC, so that days can be counted here.
const dayStart = (back: number): number => Math.floor(NOW / DAY) * DAY - back * DAY
const heatOf = (whole: number): number => Math.log2(-20 * Math.log(1 - (whole - 0.5) / 100)) + NOW / DAY / 30
const GONE = 'not in (select no from contacts_gone)'

/** Twenty questions that people ask. By hand, rows of deleted contacts are left out in the quickest way there is. */
export const RULE_CASES: readonly RuleCase[] = [
  {
    says: 'lives in City 59',
    rule: all(text('city', 'equals', 'City 59')),
    byHand: `select count(*) as people from contacts where lower(city) = 'city 59'`,
  },
  {
    says: 'US, pro plan, more than 150 seats',
    rule: all(text('country', 'equals', 'US'), text('custom:plan', 'equals', 'pro'), {
      kind: 'number',
      ...node(),
      field: 'custom:seats',
      operator: '>',
      value: 150,
      to: null,
    }),
    byHand: `select count(*) as people from contacts where lower(json_extract(custom, '$.plan')) = 'pro' and country = 'US' and json_extract(custom, '$.seats') > 150`,
  },
  {
    says: 'tagged vip, on the news list, not suppressed',
    rule: all(tag('t1'), list('l1'), not(suppressed)),
    byHand: `select count(*) as people from contact_tags t
      cross join list_members m on m.list_no = 1 and m.contact_no = t.contact_no and m.status = 'active'
      cross join contacts c on c.no = t.contact_no
      where t.tag_no = 1 and not exists (select 1 from suppressions s where s.channel = 'email' and s.address_key = c.email_key)`,
  },
  {
    says: 'spent 2,000 or more',
    rule: all(purchases('spend', 2000)),
    byHand: `select count(*) as people from order_totals where currency = 'EUR' and value_minor >= 200000 and contact_no ${GONE}`,
  },
  {
    says: 'five orders or more, none for 180 days',
    rule: all(purchases('count', 5), not(purchases('count', 1, { window: last(180) }))),
    byHand: `select count(*) as people from order_totals where currency = 'EUR' and orders >= 5 and last_at < ${dayStart(180)} and contact_no ${GONE}`,
  },
  {
    says: 'spent 300 or more in the last 90 days',
    rule: all(purchases('spend', 300, { window: last(90) })),
    byHand: `select count(*) as people from (select contact_no from orders where status = 'paid' and at >= ${dayStart(90)} and currency = 'EUR'
      group by contact_no having sum(value_minor) >= 30000) where contact_no ${GONE}`,
  },
  {
    says: 'bought from Category 7 in the last year',
    rule: all(purchases('count', 1, { of: { by: 'category', values: ['Category 7'] }, window: last(365) })),
    byHand: `select count(distinct o.contact_no) as people from order_items i cross join orders o on o.no = i.order_no
      where i.category collate nocase = 'category 7' and i.category <> '' and o.status = 'paid' and o.at >= ${dayStart(365)} and o.contact_no ${GONE}`,
  },
  {
    says: 'bought SKU-0042 twice or more',
    rule: all(purchases('count', 2, { of: { by: 'sku', values: ['SKU-0042'] } })),
    byHand: `select count(*) as people from (select o.contact_no from order_items i cross join orders o on o.no = i.order_no
      where i.sku = 'SKU-0042' and i.sku <> '' and o.status = 'paid' group by 1 having count(distinct o.no) >= 2) where contact_no ${GONE}`,
  },
  {
    says: 'opened something in the last 30 days',
    rule: all(events('opened', { window: last(30) })),
    byHand: `select count(*) as people from contact_activity where kind = 'opened' and name = '' and last_at >= ${dayStart(30)} and contact_no ${GONE}`,
  },
  {
    says: 'on the news list, opened nothing for 180 days',
    rule: all(list('l1'), not(events('opened', { window: last(180) }))),
    byHand: `select count(*) as people from list_members m where m.list_no = 1 and m.status = 'active'
      and m.contact_no not in (select contact_no from contact_activity where kind = 'opened' and name = '' and last_at >= ${dayStart(180)})`,
  },
  {
    says: 'clicked in campaign 7',
    rule: all(events('clicked', { campaignId: 'k7' })),
    byHand: `select count(distinct contact_no) as people from contact_events where campaign_id = 'k7' and kind = 'clicked' and contact_no ${GONE}`,
  },
  {
    says: 'began a trial of the pro plan in the last year',
    rule: all(
      events('custom', { window: last(365), properties: [{ name: 'plan', operator: 'equals', value: 'pro' }] }),
    ),
    byHand: `select count(distinct contact_no) as people from contact_events where kind = 'custom' and name = 'trial' and at >= ${dayStart(365)}
      and lower(json_extract(properties, '$.plan')) = 'pro' and contact_no ${GONE}`,
  },
  {
    says: 'within 300 km of a place',
    rule: all({
      kind: 'place',
      ...node(),
      operator: 'within',
      latitude: 48.1,
      longitude: 11.5,
      label: 'Munich',
      radius: 300,
      unit: 'km',
    }),
    byHand: `select count(*) as people from contact_places r cross join contacts c on c.no = r.no
      where r.min_latitude >= 45.4 and r.max_latitude <= 50.8 and r.min_longitude >= 7.4 and r.max_longitude <= 15.6
        and 2 * 6371008.8 * asin(sqrt(pow(sin(radians(c.latitude - 48.1) / 2), 2)
          + cos(radians(48.1)) * cos(radians(c.latitude)) * pow(sin(radians(c.longitude - 11.5) / 2), 2))) <= 300000`,
  },
  {
    says: 'birthday within the next 7 days',
    rule: all({ kind: 'anniversary', ...node(), field: 'birthday', operator: 'within_next', days: 7 }),
    byHand: `select count(*) as people from contacts where substr(birthday, 6, 5) in
      (${Array.from({ length: 8 }, (_, n) => `'${new Date(NOW + n * DAY).toISOString().slice(5, 10)}'`).join(', ')})`,
  },
  {
    says: 'hot, with consent for e-mail',
    rule: all(score('engagement', 25), { kind: 'consent', ...node(), channel: 'email', status: 'granted' }),
    byHand: `select count(*) as people from engagement e where e.heat >= ${heatOf(25)}
      and (select status from consents n where n.channel = 'email' and n.contact_no = e.contact_no order by seq desc limit 1) = 'granted'
      and e.contact_no ${GONE}`,
  },
  {
    says: 'first name contains ann',
    rule: all(text('firstName', 'contains', 'ann')),
    byHand: `select count(*) as people from contacts where first_name like '%ann%'`,
  },
  {
    says: 'e-mail at gmail.com, added within the last 60 days',
    rule: all(text('email', 'ends_with', '@gmail.com'), {
      kind: 'date',
      ...node(),
      field: 'createdAt',
      operator: 'within_last',
      ...dates,
      n: 60,
    }),
    byHand: `select count(*) as people from contacts where created_at >= ${dayStart(60)} and created_at < ${NOW + 1} and email_key like '%@gmail.com'`,
  },
  {
    says: 'qualified leads with a score of 80, or tagged press',
    rule: any(all(text('leadStatus', 'equals', 'qualified'), score('lead', 80)), tag('t3')),
    byHand: `select count(*) as people from (
      select no from contacts where lower(lead_status) = 'qualified' and lead_score >= 80 union select contact_no from contact_tags where tag_no = 3)`,
  },
  {
    says: 'Germany, and bought in the last 30 days or opened in the last 7, not tagged webinar',
    rule: all(
      text('country', 'equals', 'DE'),
      any(purchases('count', 1, { window: last(30) }), events('opened', { window: last(7) })),
      not(tag('t2')),
    ),
    byHand: `select count(*) as people from contacts c not indexed where c.no in (
        select contact_no from order_totals where currency = 'EUR' and last_at >= ${dayStart(30)}
        union select contact_no from contact_activity where kind = 'opened' and name = '' and last_at >= ${dayStart(7)})
      and c.country = 'DE' and not exists (select 1 from contact_tags t where t.contact_no = c.no and t.tag_no = 2)`,
  },
  {
    says: 'a third of everybody: France, Italy, or on the news list unless they unsubscribed',
    rule: any(text('country', 'in', 'FR', 'IT'), all(list('l2'), not(suppressed)), tag('t2')),
    byHand: `select count(*) as people from (
      select no from contacts where lower(country) in ('fr', 'it')
      union select m.contact_no from list_members m cross join contacts c on c.no = m.contact_no where m.list_no = 2 and m.status = 'active'
        and not exists (select 1 from suppressions s where s.channel = 'email' and s.address_key = c.email_key)
      union select contact_no from contact_tags where tag_no = 2)`,
  },
]
