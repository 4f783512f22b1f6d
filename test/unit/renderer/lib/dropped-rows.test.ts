import { expect, test } from 'vitest'
import { rowsDroppedAt } from '../../../../src/renderer/lib/dropped-rows.ts'

test('a file that is dropped on the import of orders holds orders, anywhere else contacts', () => {
  expect(rowsDroppedAt('/orders/import')).toBe('orders')
  for (const path of ['/', '/imports', '/contacts', '/orders']) expect(rowsDroppedAt(path)).toBe('contacts')
})
