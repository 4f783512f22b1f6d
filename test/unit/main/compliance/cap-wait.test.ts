import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Caps, capWait, longestWindow } from '../../../../src/main/compliance/frequency/cap-wait.ts'

const HOUR = 3_600_000
const DAILY: Caps = { channel: 'email', ofChannel: [{ most: 1, hours: 24 }], overall: [] }
const email = (at: number) => ({ at, channel: 'email' }) as const
const sms = (at: number) => ({ at, channel: 'sms' }) as const

test('a message counts until exactly the length of the window has passed', () => {
  const past = [email(1000)]
  expect(capWait(past, DAILY, 1000 + 24 * HOUR - 1)).toMatchObject({ until: 1000 + 24 * HOUR, count: 1 })
  expect(capWait(past, DAILY, 1000 + 24 * HOUR)).toBeNull()
})

test('the strictest cap decides, and other channels count only overall', () => {
  const caps: Caps = {
    channel: 'email',
    ofChannel: [
      { most: 1, hours: 24 },
      { most: 2, hours: 168 },
    ],
    overall: [{ most: 3, hours: 48 }],
  }
  const now = 100 * HOUR
  expect(capWait([sms(99 * HOUR), sms(98 * HOUR)], caps, now)).toBeNull()
  expect(capWait([sms(99 * HOUR), sms(98 * HOUR), sms(97 * HOUR)], caps, now)).toMatchObject({
    until: 145 * HOUR,
    isOverall: true,
  })
  expect(capWait([email(10 * HOUR), email(20 * HOUR)], caps, now)).toMatchObject({
    until: 178 * HOUR,
    cap: { most: 2, hours: 168 },
  })
})

test('at the time it names nothing holds back any more, and a moment earlier something does', () => {
  const cap = fc.record({ most: fc.integer({ min: 1, max: 4 }), hours: fc.integer({ min: 1, max: 100 }) })
  const past = fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 200 * HOUR }),
      channel: fc.constantFrom('email' as const, 'sms' as const),
    }),
    { maxLength: 12 },
  )
  fc.assert(
    fc.property(
      fc.array(cap, { maxLength: 3 }),
      fc.array(cap, { maxLength: 2 }),
      past,
      (ofChannel, overall, messages) => {
        const caps: Caps = { channel: 'email', ofChannel, overall }
        const now = 200 * HOUR
        const wait = capWait(messages, caps, now)
        const counts = (at: number): boolean =>
          [...ofChannel.map(one => [one, false] as const), ...overall.map(one => [one, true] as const)].every(
            ([one, all]) =>
              messages.filter(m => (all || m.channel === 'email') && m.at > at - one.hours * HOUR).length < one.most,
          )
        expect(wait === null).toBe(counts(now))
        if (wait === null) return
        expect(wait.until).toBeGreaterThan(now)
        expect(counts(wait.until)).toBe(true)
        expect(counts(wait.until - 1)).toBe(false)
        expect(longestWindow(caps)).toBeGreaterThanOrEqual(wait.cap.hours * HOUR)
      },
    ),
  )
})
