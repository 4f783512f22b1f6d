import { expect, test } from 'vitest'
import { glob, matchExpression, partsOf, searchTerms } from '../../../../../src/main/contacts/table/search-terms.ts'

test('every word is looked for, whatever it is written with', () => {
  expect(searchTerms('  ann 50%_ ').map(term => term.word)).toEqual(['ann', '50%_'])
  expect(matchExpression(searchTerms('ann "x"'), 'anywhere')).toBe('"ann" AND """x"""')
})

test('a word of one or two letters begins a word', () => {
  expect(matchExpression(searchTerms('a'), 'anywhere')).toBe('"  a"')
  expect(matchExpression(searchTerms('an'), 'anywhere')).toBe('" an"')
  expect(partsOf({ word: '李', digits: null })).toEqual(['  李'])
})

test('letters match in either case and with any accent', () => {
  expect(glob('zü*')).toMatch(/^\[[^\]]*z[^\]]*\]\[[^\]]*u[^\]]*\]\[\*\]$/)
})

test('a telephone number in several pieces is one thing, looked for by its digits too', () => {
  expect(searchTerms('+1 (202) 555-0123')).toEqual([{ word: '+1(202)555-0123', digits: '12025550123' }])
  expect(matchExpression(searchTerms('(202)'), 'anywhere')).toBe('("(202)" OR "202")')
  expect(searchTerms('12')[0]?.digits).toBeNull()
})
