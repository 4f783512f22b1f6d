import { describe, expect, test } from 'vitest'
import type { CheckedRow } from '../../../../../src/main/contacts/import/checks/checked-row.ts'
import { createRowCheck } from '../../../../../src/main/contacts/import/checks/row-check.ts'
import { type ColumnMapping, ImportOptions } from '../../../../../src/shared/contract/imports.ts'

const OPTIONS = ImportOptions.parse({ country: 'US', dateOrder: 'dmy' })

function check(
  cells: Readonly<Record<string, string>>,
  options: Partial<ImportOptions> = {},
  type: ColumnMapping['type'] = 'text',
): CheckedRow {
  const mapping = Object.keys(cells).map((target, column) => ({
    column,
    name: `The ${target}`,
    target,
    label: '',
    type,
  }))
  return createRowCheck(mapping, { ...OPTIONS, ...options })({ line: 7, cells: Object.values(cells), fault: null })
}

function contact(
  cells: Readonly<Record<string, string>>,
  options: Partial<ImportOptions> = {},
  type: ColumnMapping['type'] = 'text',
) {
  const checked = check(cells, options, type)
  if (checked.kind === 'rejected') throw new Error(checked.reason)
  return checked.contact
}

const problemsOf = (checked: CheckedRow): string[] =>
  checked.problems.map(({ kind, severity }) => `${kind} ${severity}`)

describe('addresses', () => {
  test('an e-mail address is kept as written and compared without case', () => {
    expect(contact({ email: ' Ann.Lee@Example.ORG ' })).toMatchObject({
      email: 'Ann.Lee@example.org',
      emailKey: 'ann.lee@example.org',
      ident: 'eann.lee@example.org',
    })
  })

  test('a bad e-mail address rejects the row and names the column', () => {
    expect(check({ email: 'ann at example.org', phone: '+12025550123' })).toMatchObject({
      kind: 'rejected',
      field: 'The email',
    })
  })

  test('a bad phone beside a good address is left out with a warning', () => {
    const checked = check({ email: 'ann@example.org', phone: '123' })
    expect(checked).toMatchObject({ kind: 'contact', contact: { phone: null } })
    expect(problemsOf(checked)).toEqual(['bad_phone drops_value'])
  })

  test('a row without any address is rejected', () => {
    expect(check({ email: '', phone: '', firstName: 'Ann' })).toMatchObject({ kind: 'rejected' })
    expect(problemsOf(check({ email: '', firstName: 'Ann' }))).toEqual(['no_address rejects_row'])
  })

  test.each([
    ['US', '(202) 555-0123', '+12025550123'],
    ['US', '+44 20 7946 0958', '+442079460958'],
    ['US', '00442079460958', '+442079460958'],
    ['DE', '030 901820', '+4930901820'],
    ['IT', '06 6982', '+39066982'],
    ['US', '442079460958', '+442079460958'],
    ['US', 'tel:+12025550123', '+12025550123'],
  ])('a phone in %s: %s is %s', (country, written, e164) => {
    expect(contact({ phone: written }, { country }).phone).toBe(e164)
  })

  test('the country of the row says where its phone is dialled', () => {
    expect(contact({ phone: '030 901820', country: 'Germany' })).toMatchObject({ phone: '+4930901820', country: 'DE' })
  })

  test('mistyped domains and addresses of functions are pointed out', () => {
    expect(problemsOf(check({ email: 'ann@gmial.com' }))).toEqual(['typo_domain warning'])
    expect(problemsOf(check({ email: 'Info@example.org' }))).toEqual(['role_address warning'])
  })

  test('a phone that a spreadsheet cut short is told apart', () => {
    expect(problemsOf(check({ phone: '9.19877E+11' }))).toEqual(['mangled_phone rejects_row'])
    expect(problemsOf(check({ email: 'ann@example.org', phone: '1,23457E+10' }))).toEqual(['mangled_phone drops_value'])
  })
})

describe('values', () => {
  const email = 'ann@example.org'

  test('a bad date or number is left out and the row stays', () => {
    const checked = check({ email, birthday: '31.02.1980', latitude: 'north' })
    expect(checked).toMatchObject({ kind: 'contact', contact: { birthday: null, latitude: null } })
    expect(problemsOf(checked)).toEqual(['bad_date drops_value', 'bad_number drops_value'])
  })

  test.each([
    ['Ann Lee', 'Ann', 'Lee'],
    ['Lee, Ann', 'Ann', 'Lee'],
    ['Ludwig van Beethoven', 'Ludwig', 'van Beethoven'],
    ['María José de la Cruz', 'María José', 'de la Cruz'],
    ['Ann Lee, Jr.', 'Ann', 'Lee, Jr.'],
    ['Ann Lee Jr.', 'Ann', 'Lee Jr.'],
    ['Cher', 'Cher', ''],
  ])('the name %s', (fullName, firstName, lastName) => {
    expect(contact({ email, fullName })).toMatchObject({ firstName, lastName })
  })

  test('tags are split and each is kept once', () => {
    expect(contact({ email, tags: 'VIP; press ;VIP;; ' }).tags).toEqual(['VIP', 'press'])
    expect(contact({ email, tags: 'a, b' }).tags).toEqual(['a', 'b'])
    expect(contact({ email, tags: 'New York, NY; b' }).tags).toEqual(['New York, NY', 'b'])
  })

  test('custom fields have their types', () => {
    expect(contact({ email, 'custom:size': '1.234,5' }, {}, 'number').custom).toEqual({ size: 1234.5 })
    expect(contact({ email, 'custom:since': '3/4/2020' }, { dateOrder: 'mdy' }, 'date').custom).toEqual({
      since: '2020-03-04',
    })
    expect(contact({ email, 'custom:member': 'Ja' }, {}, 'boolean').custom).toEqual({ member: true })
    expect(problemsOf(check({ email, 'custom:size': 'big' }, {}, 'number'))).toEqual(['bad_number drops_value'])
  })

  test('ids of other systems and social handles are kept under their names', () => {
    expect(contact({ email, 'external:CRM': 'A-1', 'social:mastodon': '@ann' })).toMatchObject({
      externalIds: [['CRM', 'A-1']],
      socials: { mastodon: '@ann' },
    })
  })

  test('line breaks become blanks where the field has one line, and stay in notes', () => {
    expect(contact({ email, street: 'Main St. 1\r\nBack', note: 'one\ntwo' })).toMatchObject({
      street: 'Main St. 1 Back',
      note: 'one\ntwo',
    })
  })

  test('the apostrophe that guards a formula is taken off, others stay', () => {
    expect(contact({ email, company: "'=1+1" }).company).toBe('=1+1')
    expect(contact({ email, company: "'s Graven" }).company).toBe("'s Graven")
  })

  test('what is too long for the field is left out and reported', () => {
    const checked = check({ email, city: 'x'.repeat(201), 'custom:story': 'x'.repeat(4001) })
    expect(problemsOf(checked)).toEqual(['too_long drops_value', 'too_long drops_value'])
  })

  test('garbled letters are pointed out and kept', () => {
    const checked = check({ email, firstName: 'JosÃ©' })
    expect(problemsOf(checked)).toEqual(['mojibake warning'])
    expect(problemsOf(check({ email, firstName: 'Ângela' }))).toEqual([])
  })

  test('zones and languages that do not exist are nothing', () => {
    expect(contact({ email, timeZone: 'europe/berlin', language: 'pt_br' })).toMatchObject({
      timeZone: 'Europe/Berlin',
      language: 'pt-BR',
    })
    expect(contact({ email, timeZone: 'Mars/Base', language: '???' })).toMatchObject({ timeZone: null, language: null })
  })

  test('fields beyond the columns are pointed out', () => {
    const mapping = [{ column: 0, name: 'Email', target: 'email', label: '', type: 'text' as const }]
    const checked = createRowCheck(mapping, OPTIONS)({ line: 2, cells: [email, '', 'more'], fault: null })
    expect(problemsOf(checked)).toEqual(['ragged_row warning'])
    expect(problemsOf(createRowCheck(mapping, OPTIONS)({ line: 2, cells: [email, '', ''], fault: null }))).toEqual([])
  })
})
