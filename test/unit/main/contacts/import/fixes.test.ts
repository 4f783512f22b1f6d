import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import type { CheckedRow } from '../../../../../src/main/contacts/import/checks/checked-row.ts'
import { joinStreet } from '../../../../../src/main/contacts/import/checks/join-street.ts'
import { readMangled } from '../../../../../src/main/contacts/import/checks/mangled-number.ts'
import { findMojibake, garble, repairMojibake } from '../../../../../src/main/contacts/import/checks/mojibake.ts'
import { isInCapitals, nameCase } from '../../../../../src/main/contacts/import/checks/name-case.ts'
import { splitName } from '../../../../../src/main/contacts/import/checks/person-name.ts'
import { createCountryReader } from '../../../../../src/main/contacts/import/checks/read-country.ts'
import { ambiguousDate, notInFuture } from '../../../../../src/main/contacts/import/checks/read-date.ts'
import { decimalSignOf, readNumber } from '../../../../../src/main/contacts/import/checks/read-number.ts'
import { repairEmail } from '../../../../../src/main/contacts/import/checks/repair-email.ts'
import { createRowCheck } from '../../../../../src/main/contacts/import/checks/row-check.ts'
import type { ImportFix } from '../../../../../src/shared/contract/import-checks.ts'
import { ImportOptions } from '../../../../../src/shared/contract/imports.ts'

describe('names in capitals', () => {
  test.each([
    ['MCDONALD', 'McDonald'],
    ["O'NEIL", "O'Neil"],
    ['O’NEIL', 'O’Neil'],
    ["D'ANGELO", "D'Angelo"],
    ['VAN DER BERG', 'van der Berg'],
    ['DE LA CRUZ', 'de la Cruz'],
    ['MÜLLER-LÜDENSCHEIDT', 'Müller-Lüdenscheidt'],
    ['GROß', 'Groß'],
    ['ANNA MARIA', 'Anna Maria'],
    ['MACDONALD', 'MacDonald'],
    ['MACIAS', 'Macias'],
    ['SMITH JR', 'Smith Jr'],
    ['SMITH III', 'Smith III'],
    ['J. R. EWING', 'J. R. Ewing'],
    ['LE', 'Le'],
    ['İPEK', 'Ipek'],
    ['ИВАНОВ', 'Иванов'],
  ])('%s is written %s', (capitals, written) => {
    expect(isInCapitals(capitals)).toBe(true)
    expect(nameCase(capitals)).toBe(written)
  })

  test.each(['Ann', 'McDonald', 'J.', 'A', '', 'van der Berg', '李', 'J. R.', 'Ann MARIE'])('%s is left alone', name =>
    expect(isInCapitals(name)).toBe(false),
  )
})

describe('garbled letters', () => {
  test.each([
    ['JosÃ©', 'José'],
    ['Itâ€™s', 'It’s'],
    ['Ä°stanbul', 'İstanbul'],
    ['MÃ¼ller', 'Müller'],
    ['MÃƒÂ¼ller', 'Müller'],
    ['Ð˜Ð²Ð°Ð½', 'Иван'],
    ['10 â‚¬', '10 €'],
  ])('%s is %s', (garbled, meant) => expect(findMojibake(garbled)).toEqual({ meant }))

  test.each(['José', 'Ângela', 'São Paulo', 'naïve', '東京', 'Çelik', 'Ñuñoa', 'Ð'])('%s is right as it is', text =>
    expect(findMojibake(text)).toBeNull(),
  )

  test('what cannot be repaired without a loss is only pointed out', () => {
    expect(findMojibake('JosÃ© 東京')).toEqual({ meant: null })
  })

  property.prop([fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 })])(
    'every garbled text comes back',
    text => {
      const once = garble(text)
      if (once === text || garble(once) === once) return
      // A text that is garbled in itself comes back further; anything else comes back as it was.
      if (findMojibake(text) === null) expect(repairMojibake(once)).toBe(text)
    },
  )
})

test.each([
  ['ann @example.org', 'ann@example.org'],
  ['ann@example,org', 'ann@example.org'],
  ['ann@@example.org', 'ann@example.org'],
  ['ann@example..org', 'ann@example.org'],
  ['ann(at)example.org', 'ann@example.org'],
  ['ann [at] example [dot] org', 'ann@example.org'],
  ['ann..lee@example.org', 'ann.lee@example.org'],
  ['ann at example.org', 'ann@example.org'],
  ['ann at work', null],
  ['ann.example.org', null],
  ['a@b@c.org', null],
  ['ann@localhost', null],
])('the address %s is meant as %s', (written, meant) => expect(repairEmail(written)).toBe(meant))

test.each([
  ['1.23457E+10', { digits: null }],
  ['4.915112345678E+12', { digits: '4915112345678' }],
  ['1,2025550123e10', { digits: '12025550123' }],
  ['+12025550123', null],
  ['Extension 12', null],
])('the number %s of a spreadsheet', (written, read) => expect(readMangled(written)).toEqual(read))

test.each([
  ['Garcia Lopez, Ana', 'Ana', 'Garcia Lopez'],
  ['Dr. Ana M. Garcia Jr.', 'Ana M.', 'Garcia Jr.'],
  ['Prof. Dr. Karl von der Heide', 'Karl', 'von der Heide'],
  ['Herr Schmidt', '', 'Schmidt'],
  ['Don Smith', 'Don', 'Smith'],
  ['Yo-Yo Ma', 'Yo-Yo', 'Ma'],
  ['Lee, Dr. Ann', 'Ann', 'Lee'],
  ['Ann Lee, PhD', 'Ann', 'Lee, PhD'],
])('the name %s is %s and %s', (full, first, last) => expect(splitName(full)).toEqual({ first, last }))

test.each([
  [['Main St.', '12'], 'Main St. 12'],
  [['12', 'Main St.'], '12 Main St.'],
  [['Hauptstr.', '12', 'a'], 'Hauptstr. 12a'],
  [['205 4th Ave.', 'Suite 104'], '205 4th Ave., Suite 104'],
  [['Hauptstr.', '12-14', 'Hinterhaus'], 'Hauptstr. 12-14, Hinterhaus'],
])('the address parts %j make %s', (parts, line) => expect(parts.reduce(joinStreet, '')).toBe(line))

test('the decimal sign of a file is taken from numbers that say it', () => {
  expect(decimalSignOf(['1.234', '12,5', '1.234,50 €'])).toBe('comma')
  expect(decimalSignOf(['1,234', '12.5'])).toBe('point')
  expect(decimalSignOf(['1.234', '12', '1,234'])).toBe('any')
  expect(decimalSignOf(['12,5', '12.5'])).toBe('any')
  expect([readNumber('1.234', 'comma'), readNumber('1.234', 'point'), readNumber('1,234', 'comma')]).toEqual([
    1234, 1.234, 1.234,
  ])
})

test('dates that can be read in two ways are found, and years of two digits do not lie ahead', () => {
  expect(ambiguousDate(['', '2020-01-02', '13/04/2005', '03/04/05'])).toBe('03/04/05')
  expect(ambiguousDate(['04/04/2005', '1.2.2003'])).toBe('')
  expect(notInFuture('2028-05-01', '1/5/28', '2026-11-20')).toBe('1928-05-01')
  expect(notInFuture('2028-05-01', '2028-05-01', '2026-11-20')).toBe('2028-05-01')
})

describe('in a row', () => {
  const check = (cells: Readonly<Record<string, string>>, fixes: ImportFix[] = [], more: object = {}): CheckedRow => {
    const mapping = Object.keys(cells).map((target, column) => ({
      column,
      name: target,
      target: target.replace(/\d$/, ''),
      label: '',
      type: 'text' as const,
    }))
    const options = ImportOptions.parse({ country: 'US', dateOrder: 'dmy', asOf: '2026-11-20', fixes, ...more })
    return createRowCheck(mapping, options)({ line: 2, cells: Object.values(cells), fault: null })
  }
  const contact = (...given: Parameters<typeof check>) => {
    const checked = check(...given)
    if (checked.kind === 'rejected') throw new Error(checked.reason)
    return checked.contact
  }
  const told = (...given: Parameters<typeof check>) =>
    check(...given).problems.map(({ kind, severity, becomes = '' }) => `${kind} ${severity} ${becomes}`.trim())
  const email = 'ann@example.org'

  test('a mistyped domain is corrected only when that was chosen', () => {
    expect(contact({ email: 'Ann@gmial.com' }).email).toBe('Ann@gmial.com')
    expect(told({ email: 'Ann@gmial.com' })).toEqual(['typo_domain warning Ann@gmail.com'])
    expect(contact({ email: 'Ann@gmial.com' }, ['typo_domain'])).toMatchObject({
      email: 'Ann@gmail.com',
      emailKey: 'ann@gmail.com',
      ident: 'eann@gmail.com',
    })
  })

  test('an address with a typing mistake is repaired only when that was chosen', () => {
    expect(check({ email: 'ann @example,org' })).toMatchObject({ kind: 'rejected' })
    expect(contact({ email: 'ann @example,org' }, ['repair_email']).email).toBe(email)
  })

  test('an address in another column is taken from there', () => {
    const shifted = { firstName: email, lastName: 'Lee', email: 'Ann' }
    expect(told(shifted)).toEqual(['misplaced_email rejects_row'])
    expect(contact(shifted, ['take_misplaced_email'])).toMatchObject({ email, firstName: 'Ann', lastName: 'Lee' })
    expect(contact({ email: '(202) 555-0123', phone: email }, ['take_misplaced_email'])).toMatchObject({
      email,
      phone: '+12025550123',
    })
  })

  test('addresses of functions and of throw-away services are tagged or left out', () => {
    expect(contact({ email: 'info@example.org' }, ['tag_role']).tags).toEqual(['function address'])
    expect(check({ email: 'info@example.org' }, ['skip_role'])).toMatchObject({ kind: 'rejected' })
    expect(told({ email: 'ann@mailinator.com' })).toEqual(['disposable_address warning'])
    expect(check({ email: 'ann@mailinator.com' }, ['skip_disposable'])).toMatchObject({ kind: 'rejected' })
  })

  test('names in capitals are written as names when that was chosen', () => {
    const row = { email, firstName: 'ANN', lastName: 'NG' }
    expect(contact(row)).toMatchObject({ firstName: 'ANN', lastName: 'NG' })
    expect(told(row)).toEqual(['capitals warning Ann Ng'])
    expect(contact(row, ['name_case'])).toMatchObject({ firstName: 'Ann', lastName: 'Ng' })
    expect(told({ email, firstName: 'AJ', lastName: 'Lee' })).toEqual([])
  })

  test('garbled letters are repaired when that was chosen', () => {
    expect(contact({ email, city: 'KÃ¶ln' }, ['repair_mojibake']).city).toBe('Köln')
    expect(contact({ email, city: 'KÃ¶ln' }).city).toBe('KÃ¶ln')
  })

  test('birthdays in the future are pointed out, or left out when that was chosen', () => {
    expect(contact({ email, birthday: '2031-01-01' }).birthday).toBe('2031-01-01')
    expect(contact({ email, birthday: '2031-01-01' }, ['drop_future_date']).birthday).toBeNull()
    expect(contact({ email, birthday: '1.2.28' }).birthday).toBe('1928-02-01')
  })

  test('swapped coordinates are left out, or swapped back when that was chosen', () => {
    const row = { email, latitude: '-118.24', longitude: '34.05' }
    expect(contact(row)).toMatchObject({ latitude: null, longitude: null })
    expect(contact(row, ['swap_coordinates'])).toMatchObject({ latitude: 34.05, longitude: -118.24 })
  })

  test('a phone with all its digits is recovered from the notation of a spreadsheet', () => {
    expect(contact({ email, phone: '1.2025550123E+10' }).phone).toBe('+12025550123')
    expect(told({ email, phone: '1.20256E+10' })).toEqual(['mangled_phone drops_value'])
  })

  test('what stands around an address is cleaned and said', () => {
    expect(contact({ email: 'Ann Lee <Ann@example.org>' }).email).toBe('Ann@example.org')
    expect(told({ email: 'mailto:ann@example.org' })).toEqual([`cleaned_email corrected ${email}`])
    expect(told({ email: ' ann@example.org ' })).toEqual(['extra_blanks corrected'])
    expect(told({ email: 'Ann@Example.ORG' })).toEqual([])
  })

  test('constants stand in where a row has nothing, and the country also for the phone', () => {
    const constants = { country: 'DE', language: 'de', leadStatus: 'new' }
    expect(contact({ email, phone: '030 901820', city: 'Berlin' }, [], { constants })).toMatchObject({
      phone: '+4930901820',
      country: 'DE',
      language: 'de',
      leadStatus: 'new',
    })
    expect(contact({ email, country: 'France', leadStatus: 'old' }, [], { constants })).toMatchObject({
      country: 'FR',
      leadStatus: 'old',
    })
  })

  test('several columns for the street make one line', () => {
    expect(contact({ email, street1: 'Hauptstr.', street2: '5', street3: 'b' }).street).toBe('Hauptstr. 5b')
    expect(contact({ email, firstName1: 'Ann', firstName2: 'Marie' }).firstName).toBe('Ann Marie')
  })
})

test.each([
  ['France', 'FR'],
  ['United Kingdom', 'GB'],
  ['UK', 'GB'],
  ['Russia', 'RU'],
  ['Serbia', 'RS'],
  ['Deutschland', 'DE'],
  ['Allemagne', 'DE'],
  ['deu', 'DE'],
  ['Vereinigte Staaten', 'US'],
  ['de', 'DE'],
  ['Atlantis', null],
  ['FX', null],
])('the country %s is %s', (written, code) => expect(createCountryReader()(written)).toBe(code))
