import { expect, test } from 'vitest'
import { ruleChanges } from '../../../../../src/renderer/components/audience/rule-changes.ts'
import type { Condition, Rule, RuleGroup } from '../../../../../src/shared/domain/segment-rule.ts'

const city = (id: string, value: string): Condition => ({
  kind: 'text',
  id,
  negated: false,
  field: 'city',
  operator: 'equals',
  values: [value],
})
const group = (id: string, match: 'all' | 'any', ...rules: Rule[]): RuleGroup => ({
  kind: 'group',
  id,
  match,
  negated: false,
  rules,
})
const told = (before: RuleGroup, after: RuleGroup): readonly string[] =>
  ruleChanges(before, after).map(change => `${change.kind} ${change.part.id}`)

test('the same rule has no changes, also when every part of it has a new id', () => {
  const before = group('root', 'all', city('a', 'Rome'), group('g', 'any', city('b', 'Oslo')))
  const copied = group('other', 'all', city('x', 'Rome'), group('y', 'any', city('z', 'Oslo')))
  expect(told(before, before)).toEqual([])
  expect(told(before, copied)).toEqual([])
})

test('what was added, taken out, edited and joined in another way is told once each', () => {
  const before = group('root', 'all', city('a', 'Rome'), city('b', 'Oslo'))
  const after = group('root', 'any', city('a', 'Bari'), city('c', 'Wien'))
  expect(told(before, after)).toEqual(['rejoined root', 'edited a', 'added c', 'removed b'])
})

test('a whole group that comes or goes is told of as one', () => {
  const before = group('root', 'all', city('a', 'Rome'))
  const after = group('root', 'all', city('a', 'Rome'), group('g', 'any', city('b', 'Oslo'), city('c', 'Bari')))
  expect(told(before, after)).toEqual(['added g'])
  expect(told(after, before)).toEqual(['removed g'])
})

test('a condition that is put into a new group is moved, not new', () => {
  const before = group('root', 'all', city('a', 'Rome'), city('b', 'Oslo'))
  const after = group('root', 'all', group('g', 'any', city('a', 'Rome'), city('b', 'Oslo')))
  expect(told(before, after)).toEqual(['added g', 'moved a', 'moved b'])
})
