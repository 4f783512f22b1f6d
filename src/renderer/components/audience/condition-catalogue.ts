import type { TFunction } from 'i18next'
import { conditionKindOf, type SegmentField } from '../../../shared/domain/segment-fields.ts'
import type { Condition, DateCondition, EventName, TimeWindow } from '../../../shared/domain/segment-rule.ts'
import { fieldLabel } from './rule-words.ts'

/** Something a condition can ask about, as it is found in the menu that adds conditions. */
export interface CatalogueEntry {
  readonly key: string
  readonly group: string
  readonly label: string
  /** A new condition about it, with what is most often asked. */
  readonly make: (id: string) => Condition
}

const EVER: TimeWindow = { kind: 'ever' }
const LAST_90_DAYS: TimeWindow = { kind: 'within_last', n: 90, unit: 'days' }
const EVENTS: readonly EventName[] = [
  'opened',
  'clicked',
  'sent',
  'delivered',
  'replied',
  'bounced',
  'unsubscribed',
  'complained',
]
const FIELD_GROUPS = ['person', 'address', 'lead', 'dates', 'custom', 'social'] as const

/** Everything that conditions can ask about, in the order of the menu. */
export function conditionCatalogue(
  t: TFunction,
  fields: ReadonlyMap<string, SegmentField>,
  eventNames: readonly string[],
): readonly CatalogueEntry[] {
  const ofFields = (group: SegmentField['group']): CatalogueEntry[] =>
    [...fields.values()]
      .filter(field => field.group === group)
      .map(field => ({
        key: field.name,
        group: t(`rules.group_${group}`),
        label: fieldLabel({ t, fields }, field.name),
        make: id => fieldCondition(field, id),
      }))
  const [person, address, lead, dates, custom, social] = FIELD_GROUPS.map(ofFields)
  return [
    ...(person ?? []),
    ...(address ?? []),
    { key: 'place', group: t('rules.group_address'), label: t('rules.place'), make: placeCondition },
    ...membershipEntries(t),
    ...purchaseEntries(t),
    ...eventEntries(t, eventNames),
    ...(dates ?? []),
    ...anniversaryEntries(t, fields),
    ...(lead ?? []),
    ...scoreEntries(t),
    ...reachEntries(t),
    ...(custom ?? []),
    ...(social ?? []),
  ]
}

/** The entries whose label or group holds every word that was typed. */
export function searchCatalogue(entries: readonly CatalogueEntry[], typed: string): readonly CatalogueEntry[] {
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean)
  const begins = (entry: CatalogueEntry): boolean => entry.label.toLowerCase().startsWith(typed.trim().toLowerCase())
  const found = entries.filter(entry => {
    const text = `${entry.label} ${entry.group}`.toLowerCase()
    return wanted.every(word => text.includes(word))
  })
  // What begins with the typed letters comes first, without losing the order of the menu.
  return [...found.filter(begins), ...found.filter(entry => !begins(entry))]
}

function fieldCondition(field: SegmentField, id: string): Condition {
  const node = { id, negated: false, field: field.name }
  const kind = conditionKindOf(field.kind)
  switch (kind) {
    case 'number':
      return { kind, ...node, operator: '>=', value: null, to: null }
    case 'date':
      return { kind, ...node, ...dates('within_last', 30) }
    case 'boolean':
      return { kind, ...node, operator: 'is_true' }
    case 'values':
      return { kind, ...node, operator: 'has_any', values: [] }
    default:
      return {
        kind: 'text',
        ...node,
        operator: field.options.length > 0 || field.name === 'owner' ? 'in' : 'equals',
        values: [],
      }
  }
}

function dates(operator: DateCondition['operator'], n: number | null) {
  return { operator, date: null, until: null, n, unit: 'days' as const }
}

function placeCondition(id: string): Condition {
  const centre = { latitude: null, longitude: null, label: '' }
  return { kind: 'place', id, negated: false, operator: 'within', ...centre, radius: 50, unit: 'km' }
}

function membershipEntries(t: TFunction): CatalogueEntry[] {
  return (['tags', 'lists', 'segments'] as const).map(of => ({
    key: of,
    group: t('rules.group_membership'),
    label: t(`rules.${of}`),
    make: id => ({ kind: 'membership', id, negated: false, of, operator: 'has_any', ids: [], statuses: [] }),
  }))
}

function purchaseEntries(t: TFunction): CatalogueEntry[] {
  const group = t('rules.group_purchases')
  const common = { negated: false, currency: null, of: null, to: null, operator: '>=' } as const
  return [
    {
      key: 'purchases_count',
      group,
      label: t('rules.purchases_count'),
      make: id => ({ kind: 'purchases', id, measure: 'count', window: LAST_90_DAYS, value: 1, ...common }),
    },
    {
      key: 'purchases_spend',
      group,
      label: t('rules.purchases_spend'),
      make: id => ({ kind: 'purchases', id, measure: 'spend', window: EVER, value: null, ...common }),
    },
    {
      key: 'purchases_average',
      group,
      label: t('rules.purchases_average'),
      make: id => ({ kind: 'purchases', id, measure: 'average', window: EVER, value: null, ...common }),
    },
    {
      key: 'purchased',
      group,
      label: t('rules.purchased'),
      make: id => ({
        kind: 'purchases',
        id,
        measure: 'count',
        window: EVER,
        value: 1,
        ...common,
        of: { by: 'name', values: [] },
      }),
    },
    ...(['first', 'last'] as const).map(
      (which): CatalogueEntry => ({
        key: `purchase_${which}`,
        group,
        label: t(`rules.purchase_${which}`),
        make: id => ({ kind: 'purchase_date', id, negated: false, which, ...dates('within_last', 90) }),
      }),
    ),
  ]
}

function eventEntries(t: TFunction, names: readonly string[]): CatalogueEntry[] {
  const group = t('rules.group_events')
  const make = (event: EventName, name: string) => (id: string) => ({
    kind: 'events' as const,
    id,
    negated: false,
    event,
    name,
    campaignId: null,
    properties: [],
    window: LAST_90_DAYS,
    operator: '>=' as const,
    value: 1,
    to: null,
  })
  return [
    ...EVENTS.map(event => ({ key: event, group, label: t(`rules.event_${event}`), make: make(event, '') })),
    ...names.map(name => ({
      key: `event:${name}`,
      group,
      label: t('rules.event_named', { name }),
      make: make('custom', name),
    })),
    { key: 'custom', group, label: t('rules.event_custom'), make: make('custom', '') },
  ]
}

function anniversaryEntries(t: TFunction, fields: ReadonlyMap<string, SegmentField>): CatalogueEntry[] {
  return [...fields.values()]
    .filter(field => field.kind === 'day' || field.kind === 'instant')
    .map(field => ({
      key: `anniversary:${field.name}`,
      group: t('rules.group_dates'),
      label: t('rules.anniversary', { field: fieldLabel({ t, fields }, field.name) }),
      make: id => ({
        kind: 'anniversary',
        id,
        negated: false,
        field: field.name,
        operator: 'within_next',
        days: 7,
      }),
    }))
}

function scoreEntries(t: TFunction): CatalogueEntry[] {
  return (['engagement', 'lead'] as const).map(score => ({
    key: `score_${score}`,
    group: t('rules.group_scores'),
    label: t(`rules.score_${score}`),
    make: id => ({ kind: 'score', id, negated: false, score, operator: '>=', value: 50, to: null }),
  }))
}

function reachEntries(t: TFunction): CatalogueEntry[] {
  const group = t('rules.group_reachability')
  return [
    {
      key: 'consent',
      group,
      label: t('rules.consent_any'),
      make: id => ({ kind: 'consent', id, negated: false, channel: 'email', status: 'granted' }),
    },
    {
      key: 'suppressed',
      group,
      label: t('rules.suppressed_any'),
      make: id => ({ kind: 'suppressed', id, negated: false, channel: 'email' }),
    },
    {
      key: 'external',
      group,
      label: t('rules.external'),
      make: id => ({ kind: 'external', id, negated: false, source: '' }),
    },
  ]
}
