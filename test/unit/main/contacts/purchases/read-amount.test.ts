import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  decimalSignOf,
  readDecimal,
  times,
  toMinor,
} from '../../../../../src/main/contacts/purchases/import/read-amount.ts'

function minor(cell: string, decimal: 'point' | 'comma' = 'point', digits = 2): number | null {
  const read = readDecimal(cell, decimal)
  return read === null ? null : (toMinor(read, digits)?.minor ?? null)
}

describe('an amount is read exactly', () => {
  test.each([
    ['29.33', 2933],
    ['0.1', 10],
    ['.5', 50],
    ['7', 700],
    ['1,234.56', 123_456],
    ['12,34,567.80', 123_456_780],
    ["1'234.50", 123_450],
    ['$1 234.50', 123_450],
    ['USD 12.00', 1200],
    ['12.00 EUR', 1200],
    ['(3.20)', -320],
    ['3.20-', -320],
    ['−3.20', -320],
    ['1.005', 101],
    ['-1.005', -101],
    ['0.004', 0],
    ['90071992547.40', 9_007_199_254_740],
  ])('%s is %d cents', (cell, cents) => {
    expect(minor(cell)).toBe(cents)
  })

  test.each(['', 'abc', '12,5', '1,23', '1.2.3', '12,34', '1e3', '--1', '99999999999999.00'])(
    '%s is no amount',
    cell => {
      expect(minor(cell)).toBeNull()
    },
  )

  test('a comma is a decimal sign where the file says so', () => {
    expect(minor('1.249,00', 'comma')).toBe(124_900)
    expect(minor('1.249', 'comma')).toBe(124_900)
    expect(minor('1.24', 'comma')).toBeNull()
  })

  test('a currency without cents has none, and one with thousandths has three', () => {
    expect(minor('1250', 'point', 0)).toBe(1250)
    expect(minor('1.5', 'point', 3)).toBe(1500)
  })

  test('a price times a quantity is rounded once, at the end', () => {
    const price = readDecimal('0.333', 'point')
    expect(price && toMinor(times(price, 3), 2)).toEqual({ minor: 100, isRounded: true })
  })

  test('every amount of cents comes back as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), cents => {
        const size = Math.abs(cents)
        const text = `${cents < 0 ? '-' : ''}${Math.floor(size / 100)}.${String(size % 100).padStart(2, '0')}`
        expect(minor(text)).toBe(cents === 0 ? 0 : cents)
        const grouped = text.replace(/\B(?=(\d{3})+(?=\.))/g, ',')
        expect(minor(grouped)).toBe(cents === 0 ? 0 : cents)
        expect(
          minor(
            grouped.replace(/[.,]/g, sign => (sign === '.' ? ',' : '.')),
            'comma',
          ),
        ).toBe(cents === 0 ? 0 : cents)
      }),
    )
  })
})

test.each([
  [['1.234,50', '3,20'], 'comma'],
  [['1,234.50', '3.20'], 'point'],
  [['1.234', '2.500'], 'point'],
  [['1.234', '19,90'], 'comma'],
  [['1.234.567', '12'], 'comma'],
  [['12', ''], 'point'],
] as const)('the decimal sign of %j is the %s', (cells, sign) => {
  expect(decimalSignOf(cells)).toBe(sign)
})
