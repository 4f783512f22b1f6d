import { fc, test as property } from '@fast-check/vitest'
import { expect } from 'vitest'
import { windowsOf } from '../../../src/main/sending/throttle.ts'
import { createSendWorld, type SendWorld } from './send-world.ts'

const limitsArbitrary = fc.record({
  perSecond: fc.option(fc.constantFrom(0.5, 1, 2.5, 4, 10)),
  perMinute: fc.option(fc.integer({ min: 10, max: 60 })),
  perHour: fc.option(fc.integer({ min: 20, max: 100 })),
  perDay: fc.option(fc.integer({ min: 20, max: 100 })),
  concurrency: fc.integer({ min: 1, max: 8 }),
  families: fc.constant([]),
  warmUp: fc.constant(null),
})

property.prop([limitsArbitrary, fc.array(fc.integer({ min: 200, max: 40_000 }), { minLength: 1, maxLength: 4 })], {
  numRuns: 8,
})('keeps to every limit whatever happens, and leaves no place unused while messages are due', async (limits, runs) => {
  let world: SendWorld = await createSendWorld()
  const folders = [world]
  const begun: number[] = []
  try {
    await world.limits(limits)
    await world.people(150)
    await world.launch()
    for (const [n, ms] of runs.entries()) {
      await world.advance(ms)
      begun.push(...world.sent.splice(0).map(one => one.at))
      if (n === runs.length - 1) break
      // The process dies and is started again at once: what it sent still counts.
      world = await world.kill()
      folders.push(world)
    }
    const windows = windowsOf(limits)
    for (const { limit, ms } of windows) {
      for (let i = limit; i < begun.length; i++)
        expect((begun[i] ?? 0) - (begun[i - limit] ?? 0)).toBeGreaterThanOrEqual(ms)
    }
    // With everything due all the time, an attempt begins at most a second after the limits allowed it.
    for (let i = 1; i < begun.length; i++) {
      const allowedAt = Math.max(
        begun[i - 1] ?? 0,
        ...windows.map(({ limit, ms }) => (i >= limit ? (begun[i - limit] ?? 0) + ms : 0)),
      )
      expect((begun[i] ?? 0) - allowedAt).toBeLessThanOrEqual(1000)
    }
    expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
  } finally {
    for (const one of folders) await one[Symbol.asyncDispose]()
  }
})
