import { expect, test } from 'vitest'
import { detectReading } from '../../../../../src/main/contacts/import/reading/file-reading.ts'

const read = (text: string, corrected = {}) => detectReading([Buffer.from(text)], corrected)

test.each([
  ['a,b\n1,2\n', ','],
  ['a;b\n1,5;2,5\n3,5;4,5\n', ';'],
  ['a\tb\nx, y\tz\n', '\t'],
  ['a|b\n1|2\n', '|'],
  ['"a,b";c\n"d,e";f\n', ';'],
  ['email\na.b@example.org\nc.d@example.org\n', ','],
  ['name;text\nAnn;one, two, three, four\nBob;five\n', ';'],
  ['sep=|\na|b,c,d\n', '|'],
])('finds the delimiter of %j', (text, delimiter) => {
  expect(read(text).reading.delimiter).toBe(delimiter)
})

test.each([
  ['Name,Email\nAnn,ann@example.org\n', true],
  ['Ann,ann@example.org\nBob,bob@example.org\n', false],
  ['Foo,Bar\n1,2020-01-01\n', true],
  ['one,two\nthree,four\n', false],
  ['Name,Name\nAnn,Lee\n', true],
  ['Email\n', true],
])('finds out whether %j begins with names', (text, hasHeader) => {
  expect(read(text).reading.hasHeader).toBe(hasHeader)
})

test('leaves what a person corrected', () => {
  const { reading, why } = read('a,b\n1,2\n', { delimiter: ';', hasHeader: false, encoding: 'windows-1250' })
  expect(reading).toMatchObject({ encoding: 'windows-1250', delimiter: ';', hasHeader: false })
  expect(why).toMatch(/as you chose/)
})
