import { expect, test } from 'vitest'
import { seededRandom } from '../../../../src/main/kernel/random.ts'
import { samplePeople } from '../../../../src/main/workspace/sample/people.ts'
import { readEmail } from '../../../../src/shared/domain/email-address.ts'

const people = samplePeople(seededRandom(1), 240)

test('made-up people have addresses that reach nobody, each its own', () => {
  const emails = people.flatMap(person => (person.email === null ? [] : [person.email]))
  expect(emails.every(email => /^[a-z.]+@example\.(org|com|net)$/.test(email))).toBe(true)
  expect(emails.every(email => readEmail(email).kind === 'address')).toBe(true)
  expect(new Set(emails).size).toBe(emails.length)
  const phones = people.flatMap(person => (person.phone === null ? [] : [person.phone]))
  expect(phones.every(phone => /^\+1\d{3}55501\d{2}$/.test(phone))).toBe(true)
  expect(new Set(phones).size).toBe(phones.length)
})

test('everybody can be reached somehow, and some only by phone', () => {
  expect(people.every(person => person.email !== null || person.phone !== null)).toBe(true)
  expect(people.filter(person => person.email === null)).toHaveLength(6)
})

test('names have accents and other scripts, and some first names are missing', () => {
  const names = people.map(person => person.firstName).join(' ')
  expect(names).toMatch(/\p{Script=Han}|\p{Script=Hangul}/u)
  expect(names).toMatch(/\p{Script=Arabic}/u)
  expect(names).toMatch(/[éöñřŁ]/u)
  expect(people.some(person => person.firstName === '')).toBe(true)
})

test('the same chance makes the same people', () => {
  expect(samplePeople(seededRandom(1), 240)).toEqual(people)
})
