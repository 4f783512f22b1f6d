import { expect, test } from 'vitest'
import { type CustomField, normalCustomValue } from '../../../../src/main/contacts/custom-value.ts'

const field = (type: CustomField['type']): CustomField => ({ key: 'k', label: 'Shoe size', type })

test('values are stored as their field says', () => {
  expect(normalCustomValue(field('number'), ' 12.5 ')).toBe(12.5)
  expect(normalCustomValue(field('boolean'), 'Yes')).toBe(true)
  expect(normalCustomValue(field('boolean'), 0)).toBe(false)
  expect(normalCustomValue(field('date'), '2026-04-23')).toBe('2026-04-23')
  expect(normalCustomValue(field('text'), 7)).toBe('7')
  expect(normalCustomValue(field('number'), '  ')).toBeNull()
})

test('values that do not fit name the field', () => {
  expect(() => normalCustomValue(field('number'), 'big')).toThrow('Shoe size must be a number')
  expect(() => normalCustomValue(field('date'), 'soon')).toThrow('Shoe size must be a date')
  expect(() => normalCustomValue(field('boolean'), 'maybe')).toThrow('Shoe size must be yes or no')
})
