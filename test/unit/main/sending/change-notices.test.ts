import { expect, test } from 'vitest'
import { createEventBus } from '../../../../src/main/kernel/event-bus.ts'
import { createIds } from '../../../../src/main/kernel/ids.ts'
import type { Kernel } from '../../../../src/main/kernel/kernel.ts'
import { silentLog } from '../../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../../src/main/kernel/random.ts'
import { createChangeNotices } from '../../../../src/main/sending/change-notices.ts'
import type { AppEvent } from '../../../../src/shared/contract/events.ts'
import { TestClock } from '../../../support/test-clock.ts'

function arrange() {
  const clock = new TestClock(1_000_000)
  const random = seededRandom(1)
  const events = createEventBus<AppEvent>(error => {
    throw error
  })
  const kernel: Kernel = {
    clock,
    random,
    events,
    log: silentLog,
    ids: createIds(clock, random),
    background: () => undefined,
  }
  const told: { at: number; ids: readonly string[] }[] = []
  events.subscribe(event => {
    if (event.kind === 'changed' && event.entity === 'campaign') told.push({ at: clock.now(), ids: event.ids })
  })
  return { clock, told, notices: createChangeNotices(kernel) }
}

test('tells at most four times a second, however often something changes, and the last change too', async () => {
  const { clock, told, notices } = arrange()
  for (let n = 0; n < 1000; n++) {
    notices.changed(['a'])
    await clock.advance(1, async () => undefined)
  }
  notices.changed(['b'])
  await clock.advance(1000, async () => undefined)
  for (let n = 1; n < told.length; n++) expect((told[n]?.at ?? 0) - (told[n - 1]?.at ?? 0)).toBeGreaterThanOrEqual(250)
  expect(told.length).toBeLessThanOrEqual(6)
  expect(told.at(-1)?.ids).toContain('b')
})

test('says nothing when nothing changed', async () => {
  const { clock, told, notices } = arrange()
  notices.changed([])
  await clock.advance(1000, async () => undefined)
  notices.stop()
  expect(told).toEqual([])
})
