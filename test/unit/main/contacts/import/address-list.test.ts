import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import {
  createAddressList,
  looksLikeAddressList,
} from '../../../../../src/main/contacts/import/reading/address-list.ts'
import { tableOf } from '../../../../support/table-file.ts'

function entriesOf(text: string, size = text.length || 1): string[][] {
  const list = createAddressList()
  const rows = []
  for (let at = 0; at < text.length; at += size) rows.push(...list.push(text.slice(at, at + size)))
  return [...rows, ...list.end()].map(row => row.cells)
}

test.each<[string, string[][]]>([
  [
    'Anna <anna@x.org>, bob@y.org; …',
    [
      ['Anna', 'anna@x.org'],
      ['', 'bob@y.org'],
      ['…', ''],
    ],
  ],
  ['"Lee, Anna" <anna@x.org>', [['Lee, Anna', 'anna@x.org']]],
  [
    'Lee, Anna <anna@x.org>; Ray, Bob <bob@y.org>',
    [
      ['Lee, Anna', 'anna@x.org'],
      ['Ray, Bob', 'bob@y.org'],
    ],
  ],
  [
    'Anna, bob@y.org',
    [
      ['Anna', ''],
      ['', 'bob@y.org'],
    ],
  ],
  [
    'a@x.org b@y.org\tc@z.org\nd@z.org',
    [
      ['', 'a@x.org'],
      ['', 'b@y.org'],
      ['', 'c@z.org'],
      ['', 'd@z.org'],
    ],
  ],
  ['Anna Lee anna@x.org', [['Anna Lee', 'anna@x.org']]],
  [
    'Team: a@x.org, b@y.org;',
    [
      ['', 'a@x.org'],
      ['', 'b@y.org'],
    ],
  ],
  ['mailto:a@x.org', [['', 'mailto:a@x.org']]],
  [
    'Anna <anna@x.org\nBob <bob@y.org>',
    [
      ['Anna', 'anna@x.org'],
      ['Bob', 'bob@y.org'],
    ],
  ],
  [
    '"open, a@x.org\nb@y.org',
    [
      ['"open,', 'a@x.org'],
      ['', 'b@y.org'],
    ],
  ],
  ['<a@x.org>,,;\n\n', [['', 'a@x.org']]],
])('reads %j', (text, entries) => {
  expect(entriesOf(text)).toEqual(entries)
})

property.prop([
  fc.array(fc.constantFrom('a@x.org', 'Ann', ' ', ',', ';', '\n', '<', '>', '"', 'b'), { maxLength: 30 }),
  fc.integer({ min: 1, max: 5 }),
])('gives the same entries however the text is cut into pieces, and loses no address', (parts, size) => {
  const text = parts.join('')
  expect(entriesOf(text, size)).toEqual(entriesOf(text))
  const count = (all: string): number => all.split('@').length
  expect(count(entriesOf(text).flat().join(' '))).toBe(count(text))
})

test.each([
  ['Anna <anna@x.org>, bob@y.org', true],
  ['a@x.org\nb@y.org\n', true],
  ['a@x.org; b@y.org; c@z.org', true],
  ['"Lee, Anna" <anna@x.org>, "Ray, Bob" <bob@y.org>', true],
  ['Lee, Anna <anna@x.org>; Ray, Bob <bob@y.org>', true],
  ['Email\na@x.org\nb@y.org\n', false],
  ['Ann,ann@x.org\nBob,bob@y.org\n', false],
  ['Ann\tann@x.org\nBob\tbob@y.org\n', false],
  ['ann@x.org,Ann,Berlin\nbob@y.org,Bob,Bonn\n', false],
  ['one, two, three', false],
  ['', false],
])('tells whether %j is a list of addresses', (text, isList) => {
  expect(looksLikeAddressList(text)).toBe(isList)
})

test('a pasted list becomes a table of names and addresses, and a person can say that it is one already', async () => {
  const text = 'Anna <anna@x.org>; bob@y.org'
  const list = await tableOf(text)
  expect(list.reading).toMatchObject({ format: 'text', layout: 'addresses' })
  expect(list.why).toMatch(/list of addresses/)
  expect(list.header).toEqual(['Name', 'Email'])
  expect(list.all).toEqual([
    { line: 1, cells: ['Anna', 'anna@x.org'], fault: null },
    { line: 2, cells: ['', 'bob@y.org'], fault: null },
  ])
  expect((await tableOf(text, { layout: 'table' })).all[0]?.cells).toEqual(['Anna <anna@x.org>', ' bob@y.org'])
})
