import type { Rule, RuleGroup } from '../../../shared/domain/segment-rule.ts'

/** Rules to begin a segment with; each asks what shops ask most often. */
export const STARTERS = [
  'bought90',
  'openedNothing',
  'birthdayWeek',
  'nearPlace',
  'bigSpenders',
  'lapsed',
  'onceOnly',
  'newcomers',
] as const
export type Starter = (typeof STARTERS)[number]

/** Whether a word of the address names a starter. */
export function isStarter(word: string | undefined): word is Starter {
  return STARTERS.some(starter => starter === word)
}

/** A rule without conditions. */
export function emptyRule(): RuleGroup {
  return { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] }
}

/** The rule of a starter. */
export function ruleOf(starter: Starter): RuleGroup {
  return { ...emptyRule(), rules: [...partsOf(starter)] }
}

const AFFIRMED = { negated: false } as const
const PURCHASES = { kind: 'purchases', ...AFFIRMED, of: null, currency: null, to: null } as const
const MESSAGES = { kind: 'events', ...AFFIRMED, name: '', campaignId: null, to: null } as const
const SIX_MONTHS = { kind: 'within_last', n: 6, unit: 'months' } as const
const NO_DAYS = { date: null, until: null } as const

function partsOf(starter: Starter): readonly Rule[] {
  switch (starter) {
    case 'bought90':
      return [
        {
          ...PURCHASES,
          id: 'p1',
          measure: 'count',
          window: { kind: 'within_last', n: 90, unit: 'days' },
          operator: '>=',
          value: 1,
        },
      ]
    case 'openedNothing':
      return [
        { ...MESSAGES, properties: [], id: 'p1', event: 'sent', window: SIX_MONTHS, operator: '>=', value: 1 },
        { ...MESSAGES, properties: [], id: 'p2', event: 'opened', window: SIX_MONTHS, operator: '=', value: 0 },
      ]
    case 'birthdayWeek':
      return [{ kind: 'anniversary', id: 'p1', ...AFFIRMED, field: 'birthday', operator: 'within_next', days: 7 }]
    case 'nearPlace':
      return [
        {
          kind: 'place',
          id: 'p1',
          ...AFFIRMED,
          operator: 'within',
          latitude: null,
          longitude: null,
          label: '',
          radius: 50,
          unit: 'km',
        },
      ]
    case 'bigSpenders':
      return [{ ...PURCHASES, id: 'p1', measure: 'spend', window: { kind: 'ever' }, operator: '>=', value: 500 }]
    case 'lapsed':
      return [
        {
          kind: 'purchase_date',
          id: 'p1',
          ...AFFIRMED,
          which: 'last',
          operator: 'more_than_ago',
          ...NO_DAYS,
          n: 6,
          unit: 'months',
        },
      ]
    case 'onceOnly':
      return [{ ...PURCHASES, id: 'p1', measure: 'count', window: { kind: 'ever' }, operator: '=', value: 1 }]
    case 'newcomers':
      return [
        {
          kind: 'date',
          id: 'p1',
          ...AFFIRMED,
          field: 'createdAt',
          operator: 'within_last',
          ...NO_DAYS,
          n: 30,
          unit: 'days',
        },
      ]
  }
}
