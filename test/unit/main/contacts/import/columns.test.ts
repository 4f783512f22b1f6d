import { expect, test } from 'vitest'
import { columnNames, suggestColumns } from '../../../../../src/main/contacts/import/mapping/columns.ts'

const targets = (names: readonly string[], rows: readonly (readonly string[])[] = []): string[] =>
  suggestColumns(names, rows).map(column => column.suggestion)

test.each([
  [
    ['Vorname', 'Nachname', 'E-Mail-Adresse', 'Handynummer', 'Straße', 'PLZ', 'Ort', 'Geburtsdatum'],
    ['firstName', 'lastName', 'email', 'phone', 'street', 'postalCode', 'city', 'birthday'],
  ],
  [
    ['Prénom', 'Nom', 'Courriel', 'Téléphone', 'Société', 'Code postal', 'Ville', 'Pays'],
    ['firstName', 'lastName', 'email', 'phone', 'company', 'postalCode', 'city', 'country'],
  ],
  [
    ['Nombre', 'Apellidos', 'Correo electrónico', 'Móvil', 'Dirección', 'Ciudad', 'Provincia'],
    ['firstName', 'lastName', 'email', 'phone', 'street', 'city', 'region'],
  ],
  [
    ['first_name', 'LAST-NAME', 'emailAddress', 'phoneNumber', 'ZipCode'],
    ['firstName', 'lastName', 'email', 'phone', 'postalCode'],
  ],
  [
    ['Имя', 'Фамилия', 'Телефон', 'Город'],
    ['firstName', 'lastName', 'phone', 'city'],
  ],
])('knows the columns %j', (names, expected) => {
  const row = names.map(() => 'x')
  expect(targets(names, [row])).toEqual(expected)
})

test('finds the address by its values where the name says nothing', () => {
  const rows = Array.from({ length: 30 }, (_, n) => [`Person ${n}`, `p${n}@example.org`, `+1 202 555 01${10 + n}`])
  expect(targets(['A', 'B', 'C'], rows)).toEqual(['custom:a', 'email', 'phone'])
})

test('gives a field to the better of two columns and keeps the other as a field of its own', () => {
  const rows = [
    ['ann@example.org', '+12025550123', '+12025550124'],
    ['bob@example.org', '', '+12025550125'],
  ]
  expect(targets(['Email', 'Work phone number', 'Phone'], rows)).toEqual(['email', 'custom:work_phone_number', 'phone'])
})

test('does not take a fax, an opt-in or a type for the number itself', () => {
  const rows = [['+12025550123', 'yes', 'mobile', 'ann@example.org']]
  expect(targets(['Fax', 'Email opt-in', 'Phone type', 'Email'], rows)).toEqual([
    'custom:fax',
    'custom:email_opt_in',
    'custom:phone_type',
    'email',
  ])
})

test('a name whose values are addresses is the address', () => {
  expect(targets(['Name'], [['ann@example.org'], ['bob@example.org'], ['cid@example.org']])).toEqual(['email'])
})

test('a column of different ids is an id of another system', () => {
  const rows = Array.from({ length: 20 }, (_, n) => [`p${n}@example.org`, `C-${n}`])
  expect(targets(['Email', 'Customer ID'], rows)).toEqual(['email', 'external:Customer ID'])
})

test('"Name" beside "Vorname" is the family name', () => {
  expect(targets(['Name', 'Vorname', 'Email'], [['Lee', 'Ann', 'a@example.org']])).toEqual([
    'lastName',
    'firstName',
    'email',
  ])
})

test('knows the types of new fields', () => {
  const rows = Array.from({ length: 40 }, (_, n) => [
    String(n * 1.5),
    `2020-01-${String((n % 28) + 1).padStart(2, '0')}`,
    n % 2 ? 'yes' : 'no',
    ['red', 'blue'][n % 2] ?? '',
    `0${1000 + n}`,
    `word ${n}`,
  ])
  const found = suggestColumns(['Score', 'Joined', 'Member', 'Colour', 'Code', 'Motto'], rows)
  expect(found.map(column => column.type)).toEqual(['number', 'date', 'boolean', 'choice', 'text', 'text'])
  expect(found.every(column => column.suggestion.startsWith('custom:'))).toBe(true)
})

test('says why, for people', () => {
  const [email] = suggestColumns(['E-mail'], [['ann@example.org']])
  expect(email?.why).toBe('Named “E-mail”, and the values look like it')
})

test('names every column once', () => {
  expect(columnNames(['Email', '', 'email', ' Two\nlines '], 5)).toEqual([
    'Email',
    'Column 2',
    'email (2)',
    'Two lines',
    'Column 5',
  ])
  expect(columnNames(null, 2)).toEqual(['Column 1', 'Column 2'])
})

test('columns without names are known by their values', () => {
  const people = ['Anna Maria', 'John', 'Klaus', 'Sophie', 'Pierre', 'Linda', 'Carlos', 'Lisa', 'Peter', 'Emma']
  const rows = people.map((first, n) => [
    first.split(' ')[0] ?? '',
    ['Lee', 'Müller', "O'Neil", 'Garcia', 'Berg'][n % 5] ?? '',
    `p${n}@example.org`,
    ['Germany', 'FR', 'España', 'USA'][n % 4] ?? '',
    String(10_115 + n * 37),
    `${10 + n}.0${(n % 9) + 1}.19${60 + n * 3}`,
    `5${n % 5}.123${n}4`,
    `13${n}.40${n}12`,
  ])
  const names = rows[0]?.map((_, n) => `Column ${n + 1}`) ?? []
  expect(targets(names, rows)).toEqual([
    'firstName',
    'lastName',
    'email',
    'country',
    'postalCode',
    'birthday',
    'latitude',
    'longitude',
  ])
})

test('full names are known by their values, in either order', () => {
  const rows = ['Garcia, Ana', 'Lee, John', 'Miller, Emma', 'Berg, Klaus', 'Ray, Lisa'].map((name, n) => [
    name,
    `p${n}@example.org`,
  ])
  expect(targets(['A', 'B'], rows)).toEqual(['fullName', 'email'])
})

test('of two columns of addresses the fuller one is taken', () => {
  const rows = Array.from({ length: 10 }, (_, n) => [n === 0 ? 'x@example.org' : '', `p${n}@example.org`])
  expect(targets(['Email', 'Email address (work)'], rows)).toEqual(['custom:email', 'email'])
})

test('columns with swapped contents get what their values are', () => {
  const rows = ['Anna', 'John', 'Klaus', 'Sophie', 'Pierre'].map((first, n) => [`p${n}@example.org`, first])
  expect(targets(['First name', 'Email'], rows)).toEqual(['email', 'firstName'])
})

test('house numbers, suites and middle names are joined to what they belong to', () => {
  const row = ['Hauptstr.', '12', 'Hinterhaus', 'Ann', 'Marie', 'ann@example.org']
  expect(targets(['Straße', 'Hausnummer', 'Adresszusatz', 'Vorname', 'Middle name', 'Email'], [row])).toEqual([
    'street',
    'street',
    'street',
    'firstName',
    'firstName',
    'email',
  ])
  expect(targets(['Suite', 'Email'], [['100', 'ann@example.org']])).toEqual(['custom:suite', 'email'])
})

test('a column of several entries a cell is a list, and a choice offers its values', () => {
  const rows = Array.from({ length: 40 }, (_, n) => [`p${n}@example.org`, n % 2 ? 'a;b' : 'c', n % 3 ? 'red' : 'blue'])
  const [, list, choice] = suggestColumns(['Email', 'Likes', 'Colour'], rows)
  expect([list?.type, list?.choices]).toEqual(['list', []])
  expect([choice?.type, choice?.choices]).toEqual(['choice', ['red', 'blue']])
})
