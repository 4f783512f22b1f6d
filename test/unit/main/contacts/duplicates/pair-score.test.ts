import { fc, test as property } from '@fast-check/vitest'
import { expect, test } from 'vitest'
import { createBlocks, PARTS } from '../../../../../src/main/contacts/duplicates/blocks.ts'
import { compareKeys, folded, mailboxOf } from '../../../../../src/main/contacts/duplicates/compare-keys.ts'
import { createFindings } from '../../../../../src/main/contacts/duplicates/findings.ts'
import { jaroWinkler } from '../../../../../src/main/contacts/duplicates/jaro-winkler.ts'
import { scorePair } from '../../../../../src/main/contacts/duplicates/pair-score.ts'
import type { Person } from '../../../../../src/main/contacts/duplicates/person.ts'
import { createGroups } from '../../../../../src/main/contacts/duplicates/union-find.ts'

const NOBODY: Person = {
  no: 1,
  firstName: '',
  lastName: '',
  company: '',
  emailKey: null,
  phone: null,
  street: '',
  postalCode: '',
  city: '',
}
const judge = (one: Partial<Person>, other: Partial<Person>) =>
  scorePair(compareKeys({ ...NOBODY, ...one }), compareKeys({ ...NOBODY, no: 2, ...other }))

test('Jaro–Winkler gives the values of Winkler’s paper', () => {
  expect(jaroWinkler('martha', 'marhta')).toBeCloseTo(0.9611, 4)
  expect(jaroWinkler('dwayne', 'duane')).toBeCloseTo(0.84, 4)
  expect(jaroWinkler('dixon', 'dicksonx')).toBeCloseTo(0.8133, 4)
})

property.prop([fc.string({ maxLength: 12 }), fc.string({ maxLength: 12 })])(
  'Jaro–Winkler is symmetric, between 0 and 1, and 1 for the same text',
  (one, other) => {
    const likeness = jaroWinkler(one, other)
    expect(likeness).toBeGreaterThanOrEqual(0)
    expect(likeness).toBeLessThanOrEqual(1)
    expect(likeness).toBeCloseTo(jaroWinkler(other, one), 12)
    expect(jaroWinkler(one, one)).toBe(1)
  },
)

test('spelling, accents, punctuation and case do not matter for a name', () => {
  expect(folded('  José  O’Neil-Müller ')).toBe('jose oneil muller')
  expect(folded('Straße Łódź Ærø')).toBe('strasse lodz aero')
})

test('a mailbox is read as its provider reads it', () => {
  expect(mailboxOf('ann.lee+news@googlemail.com')).toEqual({ mailbox: 'annlee', domain: 'gmail.com' })
  expect(mailboxOf('ann.lee+news@example.org')).toEqual({ mailbox: 'ann.lee+news', domain: 'example.org' })
})

test('the same person written twice is found', () => {
  expect(
    judge(
      { firstName: 'Ana', lastName: 'García', emailKey: 'ana.garcia@gmail.com', phone: '+13105550100' },
      { firstName: 'GARCIA', lastName: 'Ana', emailKey: 'anagarcia@googlemail.com', phone: '+13105550100' },
    ),
  ).toEqual({ confidence: expect.closeTo(0.991, 2), reasons: ['same_mailbox', 'same_phone', 'same_name'] })
  expect(
    judge(
      { firstName: 'A.', lastName: 'Garcia', street: '12 Main Street', postalCode: '90210' },
      { firstName: 'Ana', lastName: 'Garcia', street: '12 Main St.', postalCode: '90210' },
    ).confidence,
  ).toBeGreaterThan(0.8)
})

test('a couple at one address with one phone stays two people', () => {
  const { confidence } = judge(
    { firstName: 'Ana', lastName: 'Garcia', phone: '+13105550100', street: '12 Main St', postalCode: '90210' },
    { firstName: 'Bruno', lastName: 'Garcia', phone: '+13105550100', street: '12 Main St', postalCode: '90210' },
  )
  expect(confidence).toBeLessThanOrEqual(0.4)
})

test('an office address alone makes nobody the same', () => {
  const { confidence } = judge(
    { company: 'Acme Inc', street: '1 Plaza', city: 'Rome', phone: '+390612345678' },
    { company: 'ACME', street: '1 Plaza', city: 'Rome', phone: '+390612345678' },
  )
  expect(confidence).toBeLessThanOrEqual(0.6)
})

test('pairs become groups, none too large', () => {
  const groups = createGroups(3)
  expect([groups.join(5, 3), groups.join(9, 5), groups.join(20, 21), groups.join(9, 3)]).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(groups.join(21, 9)).toBe(false)
  expect(groups.list()).toEqual([
    [3, 5, 9],
    [20, 21],
  ])
})

test('who shares a key is filed together, unless everybody does', () => {
  const blocks = createBlocks()
  for (let position = 0; position < 100; position++) {
    blocks.file(`pair ${position >> 1}`, position)
    blocks.file('everybody', position)
  }
  const found = Array.from({ length: PARTS }, (_, part) => blocks.sharing(part)).flat()
  expect(found).toHaveLength(50)
  for (const [one = 0, other = 0, ...rest] of found) expect([other - one, rest]).toEqual([1, []])
})

test('a dismissed pair is not found again, and groups are as sure as their weakest link', () => {
  const ann = { ...NOBODY, firstName: 'Ann', lastName: 'Lee', phone: '+13105550100', emailKey: 'ann.lee@gmail.com' }
  const people = [
    compareKeys({ ...ann, no: 1 }),
    compareKeys({ ...ann, no: 2, emailKey: 'annlee@gmail.com' }),
    compareKeys({ ...ann, no: 3, emailKey: null }),
  ]
  const all = createFindings(new Set())
  all.compare(people)
  expect(all.groups()).toMatchObject([{ contacts: [1, 2, 3], confidence: expect.closeTo(0.9125, 3) }])
  const some = createFindings(new Set(['1 3', '2 3']))
  some.compare(people)
  some.compare(people)
  expect(some.groups()).toMatchObject([{ contacts: [1, 2] }])
})
