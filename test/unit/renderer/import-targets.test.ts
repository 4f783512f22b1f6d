import { expect, test } from 'vitest'
import { withFilledConstants } from '../../../src/renderer/pages/imports/filled-constants.ts'
import { customKey, remap } from '../../../src/renderer/pages/imports/targets.ts'
import { type ColumnMapping, ColumnTarget } from '../../../src/shared/contract/imports.ts'

test.each([
  ['Kundennummer', 'kundennummer'],
  ['Straße & Nr.', 'stra_e_nr'],
  ['2nd phone', 'nd_phone'],
  ['電話', 'column_4'],
])('the field for the column %s is called %s', (name, key) => {
  expect(customKey(name, 3, [])).toBe(key)
  expect(ColumnTarget.safeParse(`custom:${key}`).success).toBe(true)
})

test('two columns of the same name get fields of their own', () => {
  expect(customKey('Fax', 7, ['fax'])).toBe('fax_8')
})

test('a target that holds one value leaves the column that had it before', () => {
  const mapping = [aColumn(0, 'email'), aColumn(1, 'ignore'), aColumn(2, 'tags')]
  expect(remap(mapping, 1, { target: 'email' }).map(one => one.target)).toEqual(['ignore', 'email', 'tags'])
})

test('tags and notes may come from several columns', () => {
  const mapping = [aColumn(0, 'tags'), aColumn(1, 'ignore')]
  expect(remap(mapping, 1, { target: 'tags' }).map(one => one.target)).toEqual(['tags', 'tags'])
})

test('parts of a street and of a first name may come from several columns', () => {
  const mapping = [aColumn(0, 'street'), aColumn(1, 'ignore'), aColumn(2, 'firstName')]
  expect(remap(mapping, 1, { target: 'street' }).map(one => one.target)).toEqual(['street', 'street', 'firstName'])
  expect(remap(mapping, 1, { target: 'firstName' }).map(one => one.target)).toEqual([
    'street',
    'firstName',
    'firstName',
  ])
})

test('values for all rows that are not filled in yet are not sent', () => {
  expect(withFilledConstants({ constants: { country: 'DE', source: ' ' }, tags: ['a'] })).toEqual({
    constants: { country: 'DE' },
    tags: ['a'],
  })
  expect(withFilledConstants({})).toEqual({})
})

function aColumn(column: number, target: string): ColumnMapping {
  return { column, name: `Column ${column}`, target, label: '', type: 'text' }
}
