import { expect, test } from 'vitest'
import { searchTerms } from '../../../../src/main/contacts/search-terms.ts'

test('every word is looked for, with the signs of LIKE taken literally', () => {
  expect(searchTerms('  ann 50%_ ')).toEqual([
    { patterns: ['%ann%'], digits: null },
    { patterns: ['%50\\%\\_%'], digits: null },
  ])
})

test('letters beyond ASCII are looked for in both cases', () => {
  expect(searchTerms('éLODIE')[0]?.patterns).toEqual(['%éLODIE%', '%élodie%', '%ÉLODIE%', '%Élodie%'])
})

test('a number is one thing, however it is grouped, and two digits are none', () => {
  expect(searchTerms('+1 (202) 555-0123')).toEqual([{ patterns: ['%+1(202)555-0123%'], digits: '12025550123' }])
  expect(searchTerms('12')[0]?.digits).toBeNull()
})
