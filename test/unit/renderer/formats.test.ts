import { describe, expect, test } from 'vitest'
import { createFormats } from '../../../src/renderer/lib/formats.ts'

const formats = createFormats('en-GB')

describe('durations', () => {
  test.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [200, '3 min 20 s'],
    [3600, '1 h'],
    [7500, '2 h 5 min'],
    [200_000, '2 d 7 h'],
  ])('%s seconds are written as %s', (seconds, text) => {
    expect(formats.duration(seconds)).toBe(text)
  })
})

test('numbers and shares follow the language', () => {
  expect(formats.number(1312)).toBe('1,312')
  expect(createFormats('de-DE').number(1312)).toBe('1.312')
  expect(formats.percent(0.1234)).toBe('12.3%')
  expect(formats.percent(null)).toBe('–')
})

test('money is given in hundredths and may have a fraction', () => {
  expect(formats.money(1234.5, 'EUR')).toBe('€12.35')
})

test('sizes are written in powers of ten', () => {
  expect([999, 327_141, 2_500_000].map(formats.bytes)).toEqual(['999 B', '327 kB', '2.5 MB'])
})
