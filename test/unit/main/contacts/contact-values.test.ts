import { expect, test } from 'vitest'
import { applyChanges, EMPTY_CONTACT } from '../../../../src/main/contacts/contact-values.ts'

const RULES = {
  country: 'US',
  owners: new Set(['anna']),
  customFields: [{ key: 'size', label: 'Shoe size', type: 'number' as const }],
}

test('a number is read by the country of the contact, else by that of the workspace', () => {
  const inGermany = applyChanges(EMPTY_CONTACT, { phone: '030 901820', country: 'de' }, RULES)
  expect([inGermany.phone, inGermany.country]).toEqual(['+4930901820', 'DE'])
  expect(applyChanges(EMPTY_CONTACT, { phone: '(202) 555-0123' }, RULES).phone).toBe('+12025550123')
  expect(applyChanges(EMPTY_CONTACT, { phone: '202 555 0123', country: 'Wonderland' }, RULES).phone).toBe(
    '+12025550123',
  )
})

test('what did not change is not judged again', () => {
  const stored = { ...EMPTY_CONTACT, email: 'ann@example.org', phone: '+10000000000', timeZone: 'Old/Zone' }
  const changes = { ...stored, city: ' Oslo ' }
  expect(applyChanges(stored, changes, RULES)).toEqual({ ...stored, city: 'Oslo' })
})

test('a contact keeps at least one way to be reached', () => {
  const stored = { ...EMPTY_CONTACT, email: 'ann@example.org', phone: '+12025550123' }
  expect(applyChanges(stored, { email: '' }, RULES).email).toBeNull()
  expect(() => applyChanges(stored, { email: '', phone: null }, RULES)).toThrow('at least one')
})

test('custom values are merged, and an empty one is taken out', () => {
  const stored = { ...EMPTY_CONTACT, email: 'ann@example.org', custom: { size: 40, old: 'kept' } }
  expect(applyChanges(stored, { custom: { size: '41' } }, RULES).custom).toEqual({ size: 41, old: 'kept' })
  expect(applyChanges(stored, { custom: { size: null } }, RULES).custom).toEqual({ old: 'kept' })
})
