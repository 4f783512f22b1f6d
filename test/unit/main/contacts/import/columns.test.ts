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
