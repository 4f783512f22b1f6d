import { expect, test } from 'vitest'
import { fieldsStep } from '../../../../../src/main/contacts/bulk/resolve-action.ts'
import { AppError } from '../../../../../src/shared/contract/failure.ts'

const RULES = {
  country: 'US',
  owners: new Set<string>(),
  customFields: [
    { key: 'size', label: 'Size', type: 'number' as const },
    { key: 'colour', label: 'Colour', type: 'text' as const },
  ],
}

test('values are put into their normal form, and empty ones take away what is there', () => {
  const fields = { city: ' Köln ', country: 'de', timeZone: null, custom: { size: '42', colour: '' } }
  expect(fieldsStep(fields, RULES)).toEqual({
    kind: 'set_fields',
    columns: [
      { name: 'city', value: 'Köln' },
      { name: 'country', value: 'DE' },
      { name: 'time_zone', value: null },
    ],
    customPatch: '{"size":42,"colour":null}',
  })
})

test('only what was given is set', () => {
  expect(fieldsStep({ company: 'Acme' }, RULES)).toEqual({
    kind: 'set_fields',
    columns: [{ name: 'company', value: 'Acme' }],
    customPatch: null,
  })
})

test.each([
  ['nothing to set', {}],
  ['a field that there is not', { custom: { shoe: '1' } }],
  ['a value of another type', { custom: { size: 'large' } }],
  ['a time zone that there is not', { timeZone: 'Mars/Base' }],
])('refuses %s', (_what, fields) => {
  expect(() => fieldsStep(fields, RULES)).toThrow(AppError)
})
