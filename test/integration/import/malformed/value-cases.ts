import { H, type MalformedCases } from './malformed-case.ts'

/** Tables whose values are the trouble. */
export const VALUE_CASES: MalformedCases = {
  'bad e-mail addresses of every kind': {
    file: `${H}A,no-at,\nB,two@@example.org,\nC,a b@example.org,\nD,a@nodomain,\nE,a..b@example.org,\nF,${'x'.repeat(65)}@example.org,\n`,
    rows: 6,
    created: 0,
    rejects: [
      [2, /an @/],
      [3, /./],
      [4, /blank/],
      [5, /domain/],
      [6, /./],
      [7, /longer/],
    ],
  },
  'a bad e-mail address beside a good phone': {
    file: `${H}Ann,ann at example.org,+12025550123\n`,
    rows: 1,
    created: 0,
    rejects: [[2, /an @/]],
  },
  'a bad phone beside a good e-mail address': {
    file: `${H}Ann,ann@example.org,12\n`,
    rows: 1,
    created: 1,
    has: { email: 'ann@example.org', phone: null },
  },
  'a bad phone alone': { file: `${H}Ann,,12345\n`, rows: 1, created: 0, rejects: [[2, /no phone number/]] },
  'a phone that a spreadsheet cut short': {
    file: `${H}Ann,,9.19877E+11\nBob,bob@example.org,1.23457E+10\n`,
    rows: 2,
    created: 1,
    rejects: [[2, /spreadsheet/]],
  },
  'addresses dressed up': {
    file: `${H}A,mailto:a@example.org,\nB,Bob Lee <b@EXAMPLE.org>,\nC,  c@example.org ; ,\nD,\u200Bd@example.org,\n`,
    rows: 4,
    created: 4,
    has: { email: 'b@example.org' },
  },
  'an internationalised domain': {
    file: `${H}A,a@bücher.example,\n`,
    rows: 1,
    created: 1,
    has: { email: 'a@xn--bcher-kva.example' },
  },
  'our own guarded cells': {
    file: `Company,Email,Phone\n"'=Sum & Co","ann@example.org","'+12025550123"\n`,
    rows: 1,
    created: 1,
    has: { company: '=Sum & Co', phone: '+12025550123' },
  },
  'error values of a spreadsheet': {
    file: `${H}#N/A,ann@example.org,#REF!\nNULL,bob@example.org,\n`,
    rows: 2,
    created: 2,
    has: { first_name: '', phone: null },
  },
  'the same address in other letters': {
    file: `${H}Ann,Ann@Example.org,\nAnn,ann@example.ORG,\nAnn,ANN@example.org,\n`,
    rows: 3,
    created: 1,
    duplicates: 2,
  },
  'dates in several orders, serial numbers and nonsense': {
    file: 'Email,Birthday\na@example.org,1980-02-29\nb@example.org,29.02.1980\nc@example.org,2/29/1980\nd@example.org,29280\ne@example.org,31.02.1980\n',
    rows: 5,
    created: 5,
    has: { birthday: '1980-02-29' },
  },
  'coordinates out of range': {
    file: 'Email,Latitude,Longitude\na@example.org,91,10\nb@example.org,"48,2","16,37"\n',
    rows: 2,
    created: 2,
    has: { latitude: 48.2, longitude: 16.37 },
  },
  'phones alone, in three spellings': {
    file: 'Name,Phone\nAnn,+1 202-555-0123\nBob,(202) 555-0123\nCid,2025550124\n',
    rows: 3,
    created: 2,
    duplicates: 1,
    has: { phone: '+12025550123', email: null },
  },
  'a name longer than the field': {
    file: `${H}${'x'.repeat(500)},ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { first_name: '' },
  },
  'formulas in cells, kept as the text they are': {
    file: `${H}"=HYPERLINK(""http://evil.example"")",ann@example.org,\n`,
    rows: 1,
    created: 1,
  },
  'blanks that do not break, inside and around': {
    file: `${H}\u00a0Ann\u00a0Lee\u00a0,\u00a0ann@example.org\u00a0,\n`,
    rows: 1,
    created: 1,
    has: { email: 'ann@example.org' },
  },
  'control characters in a name': {
    file: `${H}A\u0007n\u001bn,ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { email: 'ann@example.org' },
  },
}
