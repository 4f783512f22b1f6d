import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { createIdentSet } from '../../../../../src/main/contacts/import/checks/ident-set.ts'

property.prop([fc.array(fc.oneof(fc.string({ maxLength: 12 }), fc.emailAddress()), { maxLength: 300 })])(
  'says of every text what a set of texts says',
  texts => {
    const idents = createIdentSet()
    const exact = new Set<string>()
    for (const text of texts) {
      expect(idents.add(text)).toBe(!exact.has(text))
      exact.add(text)
    }
  },
)

test('keeps two hundred thousand alike addresses apart', () => {
  const idents = createIdentSet()
  let fresh = 0
  for (let n = 0; n < 200_000; n++) if (idents.add(`eperson.${n}@example.org`)) fresh += 1
  expect(fresh).toBe(200_000)
  expect(idents.add('eperson.77@example.org')).toBe(false)
})
