import { expect, test } from 'vitest'
import { createMutex, type Priority } from '../../../../src/main/storage/mutex.ts'

test('one at a time, sending first, bulk work last, and within a priority in the order of asking', async () => {
  const mutex = createMutex()
  const order: string[] = []
  let inside = 0
  const take = async (name: string, priority: Priority): Promise<void> => {
    await mutex.lock(priority)
    inside += 1
    expect(inside).toBe(1)
    order.push(name)
    await Promise.resolve()
    inside -= 1
    mutex.unlock()
  }
  await mutex.lock('normal')
  const all = Promise.all([
    take('bulk 1', 'bulk'),
    take('normal 1', 'normal'),
    take('sending 1', 'sending'),
    take('normal 2', 'normal'),
    take('sending 2', 'sending'),
  ])
  mutex.unlock()
  await all
  expect(order).toEqual(['sending 1', 'sending 2', 'normal 1', 'normal 2', 'bulk 1'])
})
