import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { cleanCell } from '../../../../../src/main/contacts/import/checks/clean-cell.ts'
import { orderOfDates, readDate } from '../../../../../src/main/contacts/import/checks/read-date.ts'
import { readNumber } from '../../../../../src/main/contacts/import/checks/read-number.ts'
import { createPhoneReader } from '../../../../../src/main/contacts/import/checks/read-phone.ts'
import { rangeOf } from '../../../../../src/main/contacts/import/engine/staging/key-ranges.ts'
import { nextStepRows } from '../../../../../src/main/contacts/import/engine/step-size.ts'
import { csvLine } from '../../../../../src/main/contacts/import/reading/csv-line.ts'
import { createCsvParser } from '../../../../../src/main/contacts/import/reading/csv-parser.ts'

test.each([
  ['1980-02-29', 'dmy', '1980-02-29'],
  ['1980/2/9', 'dmy', '1980-02-09'],
  ['19800229', 'dmy', '1980-02-29'],
  ['29.2.1980', 'mdy', '1980-02-29'],
  ['3/4/1980', 'dmy', '1980-04-03'],
  ['3/4/1980', 'mdy', '1980-03-04'],
  ['13/4/1980', 'mdy', '1980-04-13'],
  ['4/13/1980', 'dmy', '1980-04-13'],
  ['03/04/05', 'ymd', '2003-04-05'],
  ['03/04/05', 'dmy', '2005-04-03'],
  ['03/04/65', 'mdy', '1965-03-04'],
  ['22 July 1965', 'dmy', '1965-07-22'],
  ['Jul 22, 1965', 'dmy', '1965-07-22'],
  ['22. März 1965', 'dmy', '1965-03-22'],
  ['1er janvier 1965', 'dmy', null],
  ['23945', 'dmy', '1965-07-22'],
  ['61', 'dmy', null],
  ['1980-02-29T10:00:00Z', 'dmy', '1980-02-29'],
  ['1979-02-29', 'dmy', null],
  ['soon', 'dmy', null],
] as const)('the date %s in %s order is %s', (cell, order, day) => {
  expect(readDate(cell, order)).toBe(day)
})

property.prop([fc.date({ min: new Date('1900-03-02'), max: new Date('2099-12-31'), noInvalidDate: true })])(
  'a day written out is read back in every order',
  date => {
    const day = date.toISOString().slice(0, 10)
    const [y, m, d] = day.split('-')
    expect(readDate(day, 'mdy')).toBe(day)
    expect(readDate(`${d}.${m}.${y}`, 'dmy')).toBe(day)
    expect(readDate(`${m}/${d}/${y}`, 'mdy')).toBe(day)
    expect(readDate(`${d}/${m}/${y}`, 'dmy')).toBe(day)
  },
)

test('the order of a file is known from days above twelve', () => {
  expect(orderOfDates(['3/4/2020', '3/25/2020'])).toBe('mdy')
  expect(orderOfDates(['3/4/2020', '25/3/2020'])).toBe('dmy')
  expect(orderOfDates(['3/4/2020', '2020-03-25', 'x'])).toBeNull()
})

test.each([
  ['1234.5', 1234.5],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1 234,5', 1234.5],
  ['1,234', 1234],
  ['12,5', 12.5],
  ['1.234.567', 1234567],
  ['-7', -7],
  ['$ 1,000', 1000],
  ['12 %', 12],
  ['€9,99', 9.99],
  ['1e3', 1000],
  ['', null],
  ['twelve', null],
  ['1-2', null],
])('the number %s is %s', (cell, value) => {
  expect(readNumber(cell)).toBe(value)
})

test('the memory of the phone reader gives the same answers as asking anew', () => {
  const reader = createPhoneReader()
  const numbers = [
    '+12025550123',
    '+12025550124',
    '+19995550123',
    '+442079460958',
    '+4420794609',
    '+4930901820',
    '(202) 555-0123',
    '+1202555012',
  ]
  for (const number of [...numbers, ...numbers]) {
    expect(reader(number, 'US')).toEqual(createPhoneReader()(number, 'US'))
  }
})

property.prop([fc.array(fc.string({ maxLength: 5 }), { maxLength: 20 }), fc.string({ maxLength: 5 })])(
  'a key lies in the range between two splits',
  (keys, key) => {
    const splits = [...new Set(keys)].sort()
    const range = rangeOf(key, splits)
    expect(splits.slice(0, range).every(split => split <= key)).toBe(true)
    expect(splits.slice(range).every(split => split > key)).toBe(true)
  },
)

property.prop([fc.array(fc.string({ maxLength: 12 }), { minLength: 1, maxLength: 6 })])(
  'what is written for a spreadsheet comes back as it was',
  cells => {
    const plain = cells.map(text => text.replaceAll('\0', '').trim())
    fc.pre(plain.some(text => text !== '') && plain.every(text => !text.startsWith("'") && cleanCell(text) === text))
    const parser = createCsvParser({ delimiter: ',', quote: '"', mostFieldLength: 1000 })
    const [row] = [...parser.push(csvLine(plain)), ...parser.end()]
    expect(row?.cells.map(cleanCell)).toEqual(plain)
    // No cell begins like a formula.
    for (const cell of row?.cells ?? []) expect(cell).not.toMatch(/^[=+\-@\t\r＝＋－＠]/)
  },
)

test('steps get shorter when they hold the store too long, longer when they are quick, within bounds', () => {
  expect(nextStepRows(1000, 60)).toBe(500)
  expect(nextStepRows(1000, 5)).toBe(1500)
  expect(nextStepRows(1000, 30)).toBe(1000)
  expect(nextStepRows(300, 60)).toBe(250)
  expect(nextStepRows(15_900, 1)).toBe(16_000)
})
