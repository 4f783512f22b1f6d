import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { createIds } from '../../../../src/main/kernel/ids.ts'
import { seededRandom, systemRandom } from '../../../../src/main/kernel/random.ts'
import { TestClock } from '../../../support/test-clock.ts'

const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

test('an id is a UUID of version 7 that carries the time (RFC 9562 section 5.7)', () => {
  const clock = new TestClock(0x017f22e279b0)
  const id = createIds(clock, systemRandom()).next()
  expect(id).toMatch(UUID_V7)
  expect(id.startsWith('017f22e2-79b0-7')).toBe(true)
})

test.prop([fc.array(fc.integer({ min: -5000, max: 5000 }), { maxLength: 400 }), fc.integer()])(
  'ids increase in the order in which they were made, also when the clock is moved back',
  (moves, seed) => {
    const clock = new TestClock('2026-03-01T12:00Z')
    const ids = createIds(clock, seededRandom(seed))
    const made = moves.map(move => {
      clock.jump(clock.now() + move)
      return ids.next()
    })
    expect(made).toEqual([...made].sort())
    expect(new Set(made).size).toBe(made.length)
    for (const id of made) expect(id).toMatch(UUID_V7)
  },
)

test('a hundred thousand ids of one millisecond are distinct and in order', () => {
  const ids = createIds(new TestClock(1_800_000_000_000), seededRandom(7))
  let before = ''
  for (let n = 0; n < 100_000; n++) {
    const id = ids.next()
    if (id <= before) throw new Error(`${id} after ${before}`)
    before = id
  }
})
