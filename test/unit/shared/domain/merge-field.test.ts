import { describe, expect, test } from 'vitest'
import {
  customFieldName,
  isMissing,
  mergeFieldName,
  STANDARD_FIELDS,
  standardName,
} from '../../../../src/shared/domain/merge-field.ts'

describe('merge fields', () => {
  test.each(['first_name', 'firstName', 'name', 'contact.first_name', 'contact.name'])(
    '%s means first_name',
    written => {
      expect(mergeFieldName(written)).toBe('first_name')
    },
  )

  test('no two fields share a name or an alias', () => {
    const all = STANDARD_FIELDS.flatMap(field => [field.name, ...field.aliases])
    expect(new Set(all).size).toBe(all.length)
  })

  test('a custom field is used by its key, with or without "custom."', () => {
    expect(mergeFieldName('plan')).toBe('plan')
    expect(mergeFieldName('custom.plan')).toBe('plan')
    expect(standardName('plan')).toBeNull()
  })

  test('a custom field with the name of a standard one keeps its prefix', () => {
    expect(customFieldName('city')).toBe('custom.city')
    expect(mergeFieldName('custom.city')).toBe('custom.city')
    expect(mergeFieldName('city')).toBe('city')
  })

  test.each([undefined, null, '', '  ', []])('%o is missing', value => {
    expect(isMissing(value)).toBe(true)
  })

  test.each([0, false, 'x', ['x']])('%o is a value', value => {
    expect(isMissing(value)).toBe(false)
  })
})
