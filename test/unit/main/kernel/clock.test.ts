import { expect, test } from 'vitest'
import { createBackgroundWork } from '../../../../src/main/kernel/background.ts'
import { delay, systemClock } from '../../../../src/main/kernel/clock.ts'
import { createLog } from '../../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../../src/main/kernel/random.ts'
import { TestClock } from '../../../support/test-clock.ts'

test('timers fire in the order in which they are due, at their own time', async () => {
  const clock = new TestClock(1000)
  const fired: [string, number][] = []
  clock.after(50, () => fired.push(['late', clock.now()]))
  clock.after(10, () => {
    fired.push(['early', clock.now()])
    clock.after(10, () => fired.push(['next', clock.now()]))
  })
  clock.after(5, () => fired.push(['never', clock.now()]))()
  await clock.advance(100)
  expect(fired).toEqual([
    ['early', 1010],
    ['next', 1020],
    ['late', 1050],
  ])
  expect(clock.now()).toBe(1100)
})

test('waiting takes the time of the given clock', async () => {
  const clock = new TestClock(0)
  let isOver = false
  const waiting = delay(clock, 86_400_000).then(() => {
    isOver = true
  })
  await clock.advance(86_399_999)
  expect(isOver).toBe(false)
  await clock.advance(1)
  await waiting
})

test('the clock of the machine can take a timer back', async () => {
  const clock = systemClock()
  let fired = false
  clock.after(1, () => {
    fired = true
  })()
  await delay(clock, 10)
  expect(fired).toBe(false)
})

test('chance from a seed repeats, and lies in [0, 1)', () => {
  const draw = (): number[] => {
    const random = seededRandom(42)
    return Array.from({ length: 100 }, () => random.next())
  }
  expect(draw()).toEqual(draw())
  expect(draw().every(n => n >= 0 && n < 1)).toBe(true)
})

test('background work that fails is logged without addresses, counted, and waited for', async () => {
  const lines: string[] = []
  const work = createBackgroundWork(createLog(new TestClock(0), line => lines.push(line)))
  work.run('mail', Promise.reject(new Error('no route to olga@example.com')))
  work.run('other', Promise.resolve())
  await work.settled()
  expect(work.failures()).toBe(1)
  expect(lines.join()).toContain('no route to [address]')
})
