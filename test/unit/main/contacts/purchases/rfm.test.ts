import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fifthsOf, fixedSteps, rfmGroup, scoreBySteps } from '../../../../../src/main/contacts/purchases/rfm.ts'
import { levelAfter } from '../../../../../src/main/contacts/scores/threshold-crossings.ts'
import {
  engagementHeat,
  engagementScore,
  heatForScore,
  scoreOfHeat,
} from '../../../../../src/shared/domain/engagement-score.ts'

test.each([
  [5, [1, 2, 3, 4]],
  [7, [2, 4, 5, 6]],
  [10, [2, 4, 6, 8]],
  [2357, [472, 944, 1415, 1886]],
])('the fifths of %d customers begin at %j', (count, places) => {
  expect(fifthsOf(count)).toEqual(places)
})

test.each([
  [5, 5, 5, 'champions'],
  [2, 4, 1, 'loyal'],
  [5, 1, 5, 'new'],
  [2, 3, 5, 'at_risk'],
  [1, 1, 1, 'hibernating'],
  [3, 2, 5, 'big_spenders'],
  [3, 3, 3, 'others'],
])('R%d F%d M%d is in the group %s', (recency, frequency, monetary, group) => {
  expect(rfmGroup(recency, frequency, monetary)).toBe(group)
})

test('fixed thresholds count in units of the currency', () => {
  expect(scoreBySteps(100_000, fixedSteps('USD').monetary)).toBe(5)
  expect(scoreBySteps(1000, fixedSteps('JPY').monetary)).toBe(5)
  expect(scoreBySteps(-31, fixedSteps('USD').recency)).toBe(4)
})

test('heat orders contacts as their scores do at any later time', () => {
  const raw = fc.double({ min: 0.001, max: 1000, noNaN: true })
  const at = fc.integer({ min: 1.7e12, max: 1.8e12 })
  fc.assert(
    fc.property(raw, at, raw, at, fc.integer({ min: 0, max: 1e11 }), (rawA, atA, rawB, atB, later) => {
      const now = Math.max(atA, atB) + later
      const [a, b] = [engagementHeat(rawA, atA), engagementHeat(rawB, atB)]
      const direct = engagementScore(rawA * 0.5 ** ((now - atA) / 2_592_000_000))
      expect(scoreOfHeat(a, now)).toBeCloseTo(direct, 6)
      if (
        a !== null &&
        b !== null &&
        Math.abs(a - b) > 1e-6 &&
        scoreOfHeat(b, now) > 1e-6 &&
        scoreOfHeat(a, now) < 99.9
      ) {
        expect(a > b).toBe(scoreOfHeat(a, now) > scoreOfHeat(b, now))
      }
    }),
  )
})

test('a contact is at a score exactly when her heat reaches that of the score', () => {
  const now = 1_790_000_000_000
  for (const score of [5, 25, 60, 99]) {
    expect(scoreOfHeat(heatForScore(score, now), now)).toBeCloseTo(score, 9)
  }
})

test('a threshold is crossed once up, and down only five points lower', () => {
  let level = 0
  const told: string[] = []
  for (const score of [40, 50, 49, 51, 46, 45, 44, 47, 50, 120, 20]) {
    const after = levelAfter(level, score, [50, 100])
    level = after.level
    told.push(...after.crossings.map(({ index, direction }) => `${score}: ${direction} ${index}`))
  }
  expect(told).toEqual(['50: up 0', '44: down 0', '50: up 0', '120: up 1', '20: down 1', '20: down 0'])
})
