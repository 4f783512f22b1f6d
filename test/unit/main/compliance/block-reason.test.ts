import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { strongestReasons } from '../../../../src/main/compliance/block-reason.ts'
import { SUPPRESSION_PRECEDENCE } from '../../../../src/main/compliance/index.ts'

test('a suppression is stronger than a refusal of consent', () => {
  const reasons = strongestReasons([
    { contactId: 'a', suppression: null },
    { contactId: 'a', suppression: 'manual' },
    { contactId: 'b', suppression: null },
  ])
  expect([...reasons]).toEqual([
    ['a', 'suppressed'],
    ['b', 'consent_denied'],
  ])
})

property.prop([fc.shuffledSubarray([...SUPPRESSION_PRECEDENCE], { minLength: 1 })])(
  'the order in which reasons are found does not matter',
  found => {
    const reasons = strongestReasons(found.map(({ reason }) => ({ contactId: 'a', suppression: reason })))
    const strongest = SUPPRESSION_PRECEDENCE.find(row => found.includes(row))
    expect(reasons.get('a')).toBe(strongest?.skip)
  },
)
