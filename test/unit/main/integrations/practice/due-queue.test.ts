import { fc, test as prop } from '@fast-check/vitest'
import { expect } from 'vitest'
import { createDueQueue } from '../../../../../src/main/integrations/practice/due-queue.ts'

prop.prop([fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 }), fc.integer({ min: 1, max: 7 })])(
  'everything comes out once, never early and never more than a quarter of a second late',
  (times, most) => {
    const queue = createDueQueue<number>()
    for (const at of times) queue.add(at, at)
    const out: number[] = []
    for (let now = queue.earliest(); now !== null; now = queue.earliest()) {
      const taken = queue.take(now, most)
      expect(taken.length).toBeGreaterThan(0)
      expect(taken.length).toBeLessThanOrEqual(most)
      for (const at of taken) {
        expect(at).toBeLessThanOrEqual(now)
        expect(now - at).toBeLessThan(250)
      }
      out.push(...taken)
    }
    expect([...out].sort((a, b) => a - b)).toEqual([...times].sort((a, b) => a - b))
  },
)
