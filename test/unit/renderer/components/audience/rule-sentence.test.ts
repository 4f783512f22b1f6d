import { expect, test } from 'vitest'
import {
  conditionCatalogue,
  searchCatalogue,
} from '../../../../../src/renderer/components/audience/condition-catalogue.ts'
import { conditionWords } from '../../../../../src/renderer/components/audience/condition-words.ts'
import { ruleSentence } from '../../../../../src/renderer/components/audience/rule-sentence.ts'
import type { RuleWords } from '../../../../../src/renderer/components/audience/rule-words.ts'
import { seenWords } from '../../../../../src/renderer/components/audience/seen-words.ts'
import { createFormats } from '../../../../../src/renderer/lib/formats.ts'
import { createTexts } from '../../../../../src/renderer/locales/texts.ts'
import { fieldCatalogue } from '../../../../../src/shared/domain/segment-fields.ts'
import { Condition, type Rule, type RuleGroup } from '../../../../../src/shared/domain/segment-rule.ts'

const { t } = await createTexts()
const shoe = { key: 'shoe_size', label: 'Shoe size', type: 'number', options: [] } as const
const words: RuleWords = {
  t,
  formats: createFormats('en-GB'),
  fields: fieldCatalogue([shoe], ['mastodon']),
  names: new Map([
    ['t1', 'VIP'],
    ['t2', 'Gold'],
    ['c1', 'Spring news'],
  ]),
  currency: 'EUR',
}
const city: Rule = { kind: 'text', id: 'a', negated: false, field: 'city', operator: 'equals', values: ['Rome'] }
const tags: Rule = {
  kind: 'membership',
  id: 'b',
  negated: false,
  of: 'tags',
  operator: 'has_any',
  ids: ['t1', 't2'],
  statuses: [],
}
const orders: Rule = {
  kind: 'purchases',
  id: 'c',
  negated: false,
  measure: 'spend',
  of: null,
  currency: null,
  window: { kind: 'within_last', n: 90, unit: 'days' },
  operator: '>=',
  value: 100,
  to: null,
}
const opened: Rule = {
  kind: 'events',
  id: 'd',
  negated: false,
  event: 'opened',
  name: '',
  campaignId: 'c1',
  properties: [],
  window: { kind: 'ever' },
  operator: '=',
  value: 0,
  to: null,
}
const group = (match: 'all' | 'any', rules: Rule[], negated = false): RuleGroup => ({
  kind: 'group',
  id: `g${rules.length}${match}`,
  match,
  negated,
  rules,
})

test('a rule reads as a sentence, inner groups in brackets', () => {
  expect(ruleSentence(group('all', [city, group('any', [tags, orders])]), words)).toBe(
    'Everyone where City is Rome and (she has any of the tags VIP, Gold or Money spent is at least 100 EUR in the last 90 days).',
  )
})

test('what is turned around says so', () => {
  expect(ruleSentence(group('all', [{ ...city, negated: true }, group('any', [tags, opened], true)]), words)).toBe(
    'Everyone where not: City is Rome and (none of these holds: she has any of the tags VIP, Gold; Opened a message never in “Spring news”).',
  )
  expect(ruleSentence(group('all', [city, tags], true), words)).toContain('not all of this holds: City is Rome;')
})

test('an empty rule teaches, an empty group is named', () => {
  expect(ruleSentence(group('all', []), words)).toBe('A rule begins with a condition.')
  expect(ruleSentence(group('all', [city, group('any', [])]), words)).toContain('(an empty group)')
})

test('every entry of the catalogue makes a condition that reads without a missing text', () => {
  const entries = conditionCatalogue(t, words.fields, ['Signed up'])
  expect(new Set(entries.map(entry => entry.key)).size).toBe(entries.length)
  for (const entry of entries) {
    const condition = entry.make('p1')
    expect(Condition.safeParse(condition).error).toBeUndefined()
    expect(`${entry.label} ${entry.group} ${conditionWords(condition, words)}`).not.toMatch(/rules\.|undefined/)
  }
})

test('the catalogue is searched by the words of a label, what begins so first', () => {
  const entries = conditionCatalogue(t, words.fields, [])
  expect(searchCatalogue(entries, 'ci')[0]?.label).toBe('City')
  expect(searchCatalogue(entries, 'shoe').map(entry => entry.key)).toEqual(['custom:shoe_size'])
  expect(searchCatalogue(entries, 'order num').map(entry => entry.key)).toEqual(['purchases_count'])
  expect(searchCatalogue(entries, 'zzz')).toEqual([])
})

test('what was seen in a contact is said in words', () => {
  const seen = [
    { kind: 'nothing' },
    { kind: 'texts', texts: ['VIP', 'Gold'] },
    { kind: 'money', amount: 320.5, currency: 'EUR' },
    { kind: 'boolean', value: false },
    { kind: 'distance', amount: 12.4, unit: 'km' },
  ] as const
  const plain = seen.map(one => seenWords(one.kind === 'texts' ? { ...one, texts: [...one.texts] } : one, words))
  expect(plain).toEqual(['nothing', 'VIP, Gold', '€320.50', 'no', '12 km away'])
})
