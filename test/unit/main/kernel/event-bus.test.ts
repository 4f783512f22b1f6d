import { expect, test } from 'vitest'
import { createEventBus } from '../../../../src/main/kernel/event-bus.ts'

test('every listener hears an event, in the order of subscription, until it unsubscribes', () => {
  const heard: string[] = []
  const bus = createEventBus<number>(() => undefined)
  const stop = bus.subscribe(event => heard.push(`a${event}`))
  bus.subscribe(event => heard.push(`b${event}`))
  bus.publish(1)
  stop()
  bus.publish(2)
  expect(heard).toEqual(['a1', 'b1', 'b2'])
})

test('a listener that throws is reported, and the others still hear', () => {
  const heard: number[] = []
  const errors: unknown[] = []
  const bus = createEventBus<number>(error => errors.push(error))
  bus.subscribe(() => {
    throw new Error('broken')
  })
  bus.subscribe(event => heard.push(event))
  bus.publish(1)
  expect(heard).toEqual([1])
  expect(errors).toEqual([new Error('broken')])
})

test('a listener may unsubscribe while it hears', () => {
  let heard = 0
  const bus = createEventBus<number>(() => undefined)
  const stop = bus.subscribe(() => {
    heard += 1
    stop()
  })
  bus.publish(1)
  bus.publish(2)
  expect(heard).toBe(1)
})
