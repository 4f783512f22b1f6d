import fc from 'fast-check'
import { expect, test } from 'vitest'
import { GROUP_MATCHES, matchOf, withMatch } from '../../../../../src/renderer/components/audience/group-match.ts'
import { partFromText, partToText } from '../../../../../src/renderer/components/audience/rule-clipboard.ts'
import { changed, historyOf, redone, undone } from '../../../../../src/renderer/components/audience/rule-history.ts'
import { stepTo } from '../../../../../src/renderer/components/audience/rule-steps.ts'
import {
  duplicatePart,
  findPart,
  insertPart,
  movePart,
  partsInOrder,
  placeOf,
  removePart,
  replacePart,
  unwrapGroup,
  withFreshIds,
  wrapPart,
} from '../../../../../src/renderer/components/audience/rule-tree.ts'
import { conditionsOf, type Rule, type RuleGroup, SegmentRule } from '../../../../../src/shared/domain/segment-rule.ts'

interface Shape {
  readonly group: readonly Shape[] | null
  readonly negated: boolean
  readonly word: string
}
const { shape } = fc.letrec<{ shape: Shape }>(tie => ({
  shape: fc.record({
    group: fc.option(fc.array(tie('shape'), { maxLength: 4 }), { nil: null, depthSize: 'small', freq: 2 }),
    negated: fc.boolean(),
    word: fc.constantFrom('Rome', 'Oslo', 'Łódź', ''),
  }),
}))
const aRule: fc.Arbitrary<RuleGroup> = fc.array(shape, { maxLength: 5 }).map(shapes => {
  let next = 0
  const toPart = ({ group, negated, word }: Shape): Rule => {
    next += 1
    const id = `p${next}`
    return group
      ? { kind: 'group', id, match: negated ? 'any' : 'all', negated, rules: group.map(toPart) }
      : { kind: 'text', id, negated, field: 'city', operator: 'equals', values: [word] }
  }
  return { kind: 'group', id: 'root', match: 'all', negated: false, rules: shapes.map(toPart) }
})
/** A rule, and numbers that choose parts of it. */
const picks = fc.tuple(aRule, fc.nat(), fc.nat(), fc.nat({ max: 6 }))

const ids = (rule: RuleGroup): string[] => partsInOrder(rule).map(({ part }) => part.id)
const pick = <T>(from: readonly T[], at: number): T => {
  const chosen = from[at % from.length]
  if (chosen === undefined) throw new Error('there is nothing to pick from')
  return chosen
}
const contents = (rule: RuleGroup): string[] =>
  conditionsOf(rule)
    .map(condition => JSON.stringify(condition))
    .toSorted()

test('moving never loses, doubles or changes a part', () => {
  fc.assert(
    fc.property(picks, ([rule, which, where, index]) => {
      const id = pick(ids(rule), which)
      const moved = movePart(rule, id, { groupId: pick(ids(rule), where), index })
      expect(ids(moved).toSorted()).toEqual(ids(rule).toSorted())
      expect(contents(moved)).toEqual(contents(rule))
    }),
  )
})

test('a part that moves stands before what stood at the place', () => {
  fc.assert(
    fc.property(picks, ([rule, which, where, at]) => {
      const id = pick(ids(rule), which)
      const part = findPart(rule, id)
      const group = findPart(rule, pick(ids(rule), where))
      fc.pre(part !== null && group?.kind === 'group' && id !== 'root' && findPart(part, group.id) === null)
      if (group?.kind !== 'group') return
      const index = at % (group.rules.length + 1)
      const next = group.rules.slice(index).find(one => one.id !== id)
      const moved = movePart(rule, id, { groupId: group.id, index })
      const place = placeOf(moved, id)
      const now = findPart(moved, group.id)
      expect(place?.groupId).toBe(group.id)
      if (now?.kind !== 'group' || !place) throw new Error('the group is gone')
      expect(now.rules[place.index + 1]?.id).toBe(next?.id)
    }),
  )
})

test('nothing moves into itself', () => {
  const inner: RuleGroup = { kind: 'group', id: 'inner', match: 'any', negated: false, rules: [] }
  const outer: RuleGroup = { kind: 'group', id: 'outer', match: 'any', negated: false, rules: [inner] }
  const root: RuleGroup = { kind: 'group', id: 'root', match: 'all', negated: false, rules: [outer] }
  expect(movePart(root, 'outer', { groupId: 'inner', index: 0 })).toBe(root)
  expect(movePart(root, 'root', { groupId: 'inner', index: 0 })).toBe(root)
})

test('ids stay unique whatever is put in, copied, wrapped or taken apart', () => {
  fc.assert(
    fc.property(picks, aRule, ([rule, which, where, index], other) => {
      const id = pick(ids(rule), which)
      const groups = partsInOrder(rule).filter(({ part }) => part.kind === 'group')
      const groupId = pick(groups, where).part.id
      const results = [
        duplicatePart(rule, id).rule,
        wrapPart(rule, id),
        unwrapGroup(rule, id),
        removePart(rule, id),
        insertPart(rule, withFreshIds(other, rule), { groupId, index }),
      ]
      for (const result of results) {
        expect(new Set(ids(result)).size).toBe(ids(result).length)
        expect(SegmentRule.safeParse(result).success || partsInOrder(result).length > 290).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})

test('wrapping and taking apart keep every condition; removing takes just the part', () => {
  fc.assert(
    fc.property(picks, ([rule, which]) => {
      const id = pick(ids(rule), which)
      fc.pre(id !== 'root')
      expect(contents(wrapPart(rule, id))).toEqual(contents(rule))
      expect(contents(unwrapGroup(rule, id))).toEqual(contents(rule))
      const part = findPart(rule, id)
      const gone = part ? conditionsOf(part).length : 0
      expect(conditionsOf(removePart(rule, id))).toHaveLength(conditionsOf(rule).length - gone)
      expect(duplicatePart(rule, id).id).not.toBe(id)
    }),
  )
})

test('a step down and a step up visit every place and come back', () => {
  fc.assert(
    fc.property(picks, ([rule, which]) => {
      const id = pick(ids(rule), which)
      for (const step of ['up', 'down', 'in', 'out'] as const) {
        const place = stepTo(rule, id, step)
        if (!place) continue
        const moved = movePart(rule, id, place)
        expect(ids(moved).toSorted()).toEqual(ids(rule).toSorted())
        expect(moved).not.toEqual(rule)
      }
      let walked = rule
      for (let steps = 0; steps < 100; steps++) {
        const place = stepTo(walked, id, 'down')
        if (!place) break
        walked = movePart(walked, id, place)
      }
      if (id !== 'root') expect(placeOf(walked, id)).toMatchObject({ groupId: 'root' })
    }),
    { numRuns: 60 },
  )
})

test('what is copied is pasted alike, and other text is not', () => {
  fc.assert(
    fc.property(picks, ([rule, which]) => {
      const part = findPart(rule, pick(ids(rule), which))
      if (!part) throw new Error('the part is gone')
      const pasted = partFromText(partToText(part))
      const isWrapping = part.kind === 'group' && part.match === 'all' && !part.negated && part.rules.length === 1
      expect(pasted).toEqual(isWrapping ? part.rules[0] : part)
    }),
  )
  expect(partFromText('Rome')).toBeNull()
  expect(partFromText('{"kind":"text"}')).toBeNull()
})

test('undoing comes back to every state, and redoing goes forth again', () => {
  fc.assert(
    fc.property(fc.array(aRule, { maxLength: 12 }), rules => {
      const first: RuleGroup = { kind: 'group', id: 'root', match: 'any', negated: true, rules: [] }
      const done = rules.reduce((history, rule, at) => changed(history, rule, null, at), historyOf(first))
      let back = done
      for (const _ of rules) back = undone(back)
      expect(back.rule).toBe(first)
      let forth = back
      for (const _ of rules) forth = redone(forth)
      expect(forth.rule).toBe(done.rule)
    }),
  )
})

test('letters typed in a row are undone together', () => {
  const rule = (word: string): RuleGroup => ({
    kind: 'group',
    id: 'root',
    match: 'all',
    negated: false,
    rules: [{ kind: 'text', id: 'p1', negated: false, field: 'city', operator: 'equals', values: [word] }],
  })
  const start = historyOf(rule(''))
  const typed = changed(changed(start, rule('R'), 'p1', 100), rule('Ro'), 'p1', 300)
  const later = changed(typed, rule('Rom'), 'p1', 5000)
  expect(undone(later).rule).toEqual(rule('Ro'))
  expect(undone(undone(later)).rule).toEqual(rule(''))
})

test('replacing keeps the place, and a condition never becomes the root', () => {
  const condition: Rule = { kind: 'suppressed', id: 'p1', negated: false, channel: 'email' }
  const root: RuleGroup = { kind: 'group', id: 'root', match: 'all', negated: false, rules: [condition] }
  expect(replacePart(root, 'root', condition)).toBe(root)
  expect(replacePart(root, 'p1', { ...condition, channel: 'sms' }).rules).toEqual([{ ...condition, channel: 'sms' }])
})

test('the four ways to read a group come back from how they are kept', () => {
  const group: RuleGroup = { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] }
  expect(GROUP_MATCHES.map(match => matchOf(withMatch(group, match)))).toEqual([...GROUP_MATCHES])
})
