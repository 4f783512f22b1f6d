import { expect, test } from 'vitest'
import { holdUp, limitPerSecond, type Situation, secondsLeft } from '../../../../src/main/sending/outlook.ts'
import { createThrottle } from '../../../../src/main/sending/throttle.ts'

const NOW = 1_000_000_000

function aSituation(changes: Partial<Situation> = {}): Situation {
  return {
    now: NOW,
    status: 'running',
    statusReason: '',
    planning: false,
    account: { name: 'Office', state: 'running', stateReason: '', backingOffUntil: null },
    pending: 100,
    retrying: 0,
    ratePerSecond: 0,
    windows: [],
    throttle: createThrottle([], []),
    firstDueAt: NOW,
    lastDueAt: NOW,
    ...changes,
  }
}
const clockTime = (at: number): string => `+${at - NOW}`

test('goes by the present rate without limits, and does not guess before there is one', () => {
  expect(secondsLeft(aSituation({ ratePerSecond: 10 }))).toBe(10)
  expect(secondsLeft(aSituation())).toBeNull()
})

test('goes by the limit where that is slower', () => {
  expect(secondsLeft(aSituation({ windows: [{ limit: 1, ms: 1000 }], ratePerSecond: 50 }))).toBe(99)
  const hourly = { limit: 30, ms: 3_600_000 }
  expect(secondsLeft(aSituation({ windows: [hourly], ratePerSecond: 50 }))).toBe(3 * 3600)
})

test('waits for the last retry that is due', () => {
  const situation = aSituation({ pending: 1, retrying: 1, lastDueAt: NOW + 300_000, firstDueAt: NOW + 300_000 })
  expect(secondsLeft(situation)).toBe(300)
  expect(holdUp(situation, clockTime)).toContain('next at +300000')
})

test('says nothing about the end while somebody has to act first', () => {
  const paused = aSituation({ account: { name: 'Office', state: 'paused', stateReason: '', backingOffUntil: null } })
  expect(secondsLeft(paused)).toBeNull()
  expect(holdUp(paused, clockTime)).toBe('The account “Office” is paused. Resume it to go on.')
  expect(secondsLeft(aSituation({ status: 'paused' }))).toBeNull()
})

test('names a limit that is reached, not the ordinary pace', () => {
  const full = createThrottle([{ limit: 1, ms: 3_600_000 }], [NOW])
  expect(holdUp(aSituation({ throttle: full }), clockTime)).toBe(
    'The limit of the account “Office” is reached. Next at +3600000.',
  )
  expect(holdUp(aSituation({ throttle: createThrottle([{ limit: 1, ms: 1000 }], [NOW]) }), clockTime)).toBe('')
})

test('is over when the campaign is', () => {
  expect(secondsLeft(aSituation({ status: 'completed', pending: 0 }))).toBe(0)
  expect(holdUp(aSituation({ status: 'completed', pending: 0 }), clockTime)).toBe('')
})

test('shows the tightest of the short limits', () => {
  const limits = { perSecond: 5, perMinute: 60, perHour: 10, perDay: 10, concurrency: 1, families: [], warmUp: null }
  expect(limitPerSecond(limits, null)).toBe(1)
  expect(limitPerSecond(limits, 0.5)).toBe(0.5)
  expect(limitPerSecond({ ...limits, perSecond: null, perMinute: null }, null)).toBeNull()
})
