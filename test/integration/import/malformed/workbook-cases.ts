import { packedFile } from '../../../support/packed-file.ts'
import { type WorkbookCell, type WorkbookSketch, workbookFile } from '../../../support/workbook-file.ts'
import type { MalformedCases } from './malformed-case.ts'

const HEADER: readonly WorkbookCell[] = ['Name', 'Email', 'Phone']

// Stored and not compressed: the same bytes from every version of zlib.
const stored = (sketch: WorkbookSketch): Uint8Array =>
  workbookFile({ ...sketch, faults: { isStored: true, ...sketch.faults } })
const people = (...rows: readonly (readonly WorkbookCell[])[]): Uint8Array =>
  stored({ sheets: { People: [HEADER, ...rows] } })
const sheet = (xml: string): Uint8Array =>
  stored({ sheets: { People: [] }, parts: { 'xl/worksheets/sheet1.xml': xml } })
const good = people(['Ann', 'ann@example.org', null])

/** Workbooks, whole and broken. */
export const WORKBOOK_CASES: MalformedCases = {
  'a workbook with phones as numbers and errors in cells': {
    file: people(
      ['Ann', 'ann@example.org', { xml: '<c><v>1.2025550123E10</v></c>' }],
      ['Bob', { xml: '<c t="e"><v>#N/A</v></c>' }, 12025550124],
      [{ xml: '<c t="e"><v>#REF!</v></c>' }, { xml: '<c t="e"><v>#N/A</v></c>' }, { xml: '<c t="e"><v>#N/A</v></c>' }],
      ['Cid', null, null],
    ),
    kind: 'xlsx',
    rows: 3,
    created: 2,
    rejects: [[5, /neither/]],
    has: { first_name: 'Ann', phone: '+12025550123' },
  },
  'a workbook of the 1904 system': {
    file: stored({
      sheets: {
        A: [
          ['Email', 'Birthday'],
          ['ann@example.org', { date: 27818 }],
        ],
      },
      is1904: true,
    }),
    kind: 'xlsx',
    rows: 1,
    created: 1,
    has: { birthday: '1980-02-29' },
  },
  'a workbook with the day that never was': {
    file: stored({
      sheets: {
        A: [
          ['Email', 'Birthday'],
          ['ann@example.org', { date: 60 }],
          ['bob@example.org', { date: 61 }],
        ],
      },
    }),
    kind: 'xlsx',
    rows: 2,
    created: 2,
    has: { birthday: '1900-03-01' },
  },
  'a workbook with titles, two header rows, gaps and totals': {
    file: stored({
      sheets: {
        Report: [
          ['Members'],
          [],
          ['Person', null, 'Contact'],
          ['First name', 'Last name', 'Email'],
          ['Ann', 'Lee', 'ann@example.org'],
          [],
          ['Bob', 'Ray', 'bob@example.org'],
          ['Total', null, 2],
        ],
      },
    }),
    kind: 'xlsx',
    rows: 2,
    created: 2,
    has: { first_name: 'Bob', last_name: 'Ray' },
  },
  'a workbook with several sheets, the largest hidden': {
    file: stored({
      sheets: {
        'Read me': [['Fill in the next sheet']],
        People: [HEADER, ['Ann', 'ann@example.org', null], ['Bob', 'bob@example.org', null]],
        Lists: [HEADER, ...Array.from({ length: 9 }, (_, i): WorkbookCell[] => ['x', `x${i}@example.org`, null])],
      },
      hidden: ['Lists'],
    }),
    kind: 'xlsx',
    rows: 2,
    created: 2,
  },
  'a workbook with codes that begin with zeros': {
    file: stored({
      sheets: {
        A: [
          ['Email', 'Postal code'],
          ['ann@example.org', { xml: '<c s="3"><v>1234</v></c>' }],
        ],
      },
    }),
    kind: 'xlsx',
    rows: 1,
    created: 1,
    has: { postal_code: '01234' },
  },
  'a workbook whose rows and cells say nothing about their place': {
    file: sheet(
      '<worksheet><sheetData><row><c t="str"><v>Name</v></c><c t="str"><v>Email</v></c></row><row><c t="inlineStr"><is><r><t>A</t></r><r><t>nn</t></r></is></c><c t="str"><f>LOWER(X)</f><v>ann@example.org</v></c></row></sheetData></worksheet>',
    ),
    kind: 'xlsx',
    rows: 1,
    created: 1,
    has: { first_name: 'Ann' },
  },
  'a workbook whose rows all say that they are the first': {
    file: sheet(
      `<worksheet><sheetData><row r="1"><c t="str"><v>Name</v></c><c t="str"><v>Email</v></c></row>${['Ann', 'Bob'].map(name => `<row r="1"><c t="str"><v>${name}</v></c></row>`).join('')}<row r="1"><c t="str"><v>Cid</v></c><c t="str"><v>cid@example.org</v></c></row></sheetData></worksheet>`,
    ),
    kind: 'xlsx',
    rows: 3,
    created: 1,
    rejects: [
      [2, /neither/],
      [3, /neither/],
    ],
  },
  'a workbook that refers to texts it does not have': {
    file: sheet(
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Name</v></c><c r="B1" t="str"><v>Email</v></c></row><row r="2"><c r="A2" t="s"><v>99</v></c><c r="B2" t="str"><v>ann@example.org</v></c></row></sheetData></worksheet>',
    ),
    kind: 'xlsx',
    rows: 1,
    created: 1,
    has: { first_name: '' },
  },
  'a workbook with a value in its last column': {
    file: sheet(
      '<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Email</v></c></row><row r="1048576"><c r="A1048576" t="str"><v>ann@example.org</v></c><c r="XFD1048576" t="str"><v>far</v></c></row></sheetData></worksheet>',
    ),
    kind: 'xlsx',
    rows: 1,
    created: 1,
  },
  'a workbook with nothing in it': { file: stored({ sheets: { A: [] } }), kind: 'xlsx', refused: /no rows/ },
  'a workbook cut short': { file: good.subarray(0, good.length - 60), kind: 'xlsx', refused: /damaged/ },
  'a workbook cut in the middle': { file: good.subarray(0, 900), kind: 'xlsx', refused: /damaged/ },
  'a workbook whose parts are locked': {
    file: stored({ sheets: { A: [HEADER] }, faults: { isEncrypted: true } }),
    kind: 'xlsx',
    refused: /password/,
  },
  'a workbook with entities that grow': {
    file: sheet(
      '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><worksheet><sheetData><row><c t="str"><v>&b;</v></c></row></sheetData></worksheet>',
    ),
    kind: 'xlsx',
    refused: /damaged/,
  },
  'a workbook that breaks off in a tag': {
    file: sheet('<worksheet><sheetData><row r="1"><c r="A1" t="str"><v>Email</v></c></row><row r="2"><c r='),
    kind: 'xlsx',
    refused: /damaged/,
  },
  'a Word document': {
    file: packedFile({ 'word/document.xml': '<w/>' }, { isStored: true }),
    kind: 'other',
    refused: /Word document/,
  },
  'an OpenDocument spreadsheet': {
    file: packedFile({ 'content.xml': '<office/>' }, { isStored: true }),
    kind: 'other',
    refused: /OpenDocument/,
  },
  'a packed table': {
    file: packedFile({ 'people.csv': 'Email\nann@example.org\n' }, { isStored: true }),
    kind: 'other',
    refused: /Unpack/,
  },
}
