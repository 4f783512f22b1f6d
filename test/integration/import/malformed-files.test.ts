import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { z } from 'zod'
import { ImportId } from '../../../src/shared/contract/define.ts'
import type { ImportChoices } from '../../../src/shared/contract/imports.ts'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

interface Case {
  readonly file: string | Uint8Array
  readonly options?: z.infer<typeof ImportChoices>
  readonly rows: number
  readonly created: number
  readonly duplicates?: number
  /** Line, and part of the reason, of each rejected row. */
  readonly rejects?: readonly (readonly [number, RegExp])[]
  /** Values that one of the contacts must have. */
  readonly has?: Readonly<Record<string, unknown>>
}

const iso = (text: string, encoding: string, addBOM = false): Uint8Array => iconv.encode(text, encoding, { addBOM })
const H = 'Name,Email,Phone\n'

const CASES: Readonly<Record<string, Case>> = {
  'a byte order mark before the first name': {
    file: `\uFEFF${H}Ann,ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { first_name: 'Ann' },
  },
  'UTF-16 little endian with tabs, as Excel saves Unicode text': {
    file: iso('Name\tEmail\r\nJosé\tjose@example.org\r\n', 'utf-16le', true),
    rows: 1,
    created: 1,
    has: { first_name: 'José' },
  },
  'UTF-16 big endian': {
    file: iso(`${H}José,jose@example.org,\n`, 'utf-16be', true),
    rows: 1,
    created: 1,
    has: { first_name: 'José' },
  },
  'UTF-16 without a mark': {
    file: iso(`${H}Jose,jose@example.org,\nAnn,ann@example.org,\n`, 'utf-16le'),
    rows: 2,
    created: 2,
  },
  'Windows-1252': {
    file: iso('Vorname;Nachname;E-Mail\nJürgen;Größe;j@example.org\nMüller;Weiß;m@example.org\n', 'windows-1252'),
    rows: 2,
    created: 2,
    has: { first_name: 'Jürgen', last_name: 'Größe' },
  },
  'Windows-1251': {
    file: iso(
      `Имя,Email\n${'Екатерина Смирнова,e@example.org\nАлександр Пушкин,a@example.org\nНаталья Гончарова,n@example.org\n'}`,
      'windows-1251',
    ),
    rows: 3,
    created: 3,
    has: { first_name: 'Екатерина Смирнова' },
  },
  semicolons: { file: 'Name;Email\nAnn;ann@example.org\n', rows: 1, created: 1 },
  'vertical bars': { file: 'Name|Email\nAnn|ann@example.org\n', rows: 1, created: 1 },
  'a first line sep=; that says so': {
    file: 'sep=;\r\nName;Email\r\nAnn, B.;ann@example.org\r\n',
    rows: 1,
    created: 1,
  },
  'CRLF, LF and CR in one file': {
    file: 'Name,Email\r\nAnn,ann@example.org\nBob,bob@example.org\rCid,cid@example.org\r\n',
    rows: 3,
    created: 3,
  },
  'quotes, doubled quotes, delimiters and line breaks in quotes': {
    file: 'Company,Email\n"Lee ""Ace"", Inc.\nNorth",lee@example.org\n',
    rows: 1,
    created: 1,
    has: { company: 'Lee "Ace", Inc. North' },
  },
  'a quote that never closes': {
    file: `${H}Ann,ann@example.org,\n"Bob,bob@example.org,\nCid,cid@example.org,\n`,
    rows: 3,
    created: 2,
    rejects: [[3, /never closes/]],
  },
  'a quote that never closes in the last line': {
    file: `${H}Ann,ann@example.org,\nBob,"bob@example.org,\n`,
    rows: 2,
    created: 1,
    rejects: [[3, /never closes/]],
  },
  'stray quotes in a field': {
    file: `${H}Ann "Annie" Lee,ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { first_name: 'Ann "Annie"' },
  },
  'rows that are too short': { file: `${H}Ann,ann@example.org\nBob\n`, rows: 2, created: 1, rejects: [[3, /neither/]] },
  'rows that are too long': { file: `${H}Ann,ann@example.org,,extra,more\n`, rows: 1, created: 1 },
  'blank lines and lines of commas only': {
    file: `${H}\n\nAnn,ann@example.org,\n,,\n   \nBob,bob@example.org,\n\n`,
    rows: 2,
    created: 2,
  },
  'the header repeated in the middle': {
    file: `${H}Ann,ann@example.org,\n${H}Bob,bob@example.org,\n`,
    rows: 2,
    created: 2,
  },
  'no header at all': { file: 'Ann,ann@example.org\nBob,bob@example.org\n', rows: 2, created: 2 },
  'two columns of the same name': { file: 'Email,Email\nann@example.org,second@example.org\n', rows: 1, created: 1 },
  'NUL characters': { file: `${H}A\0nn,ann@exa\0mple.org,\n`, rows: 1, created: 1, has: { first_name: 'Ann' } },
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
  'a cell longer than a megabyte': {
    file: `${H}Ann,ann@example.org,\n${'x'.repeat(1_100_000)},bob@example.org,\nCid,cid@example.org,\n`,
    rows: 3,
    created: 2,
    rejects: [[3, /megabyte/]],
  },
  'formulas in cells, kept as the text they are': {
    file: `${H}"=HYPERLINK(""http://evil.example"")",ann@example.org,\n`,
    rows: 1,
    created: 1,
  },
  'a header and nothing else': { file: H, rows: 0, created: 0 },
}

let workspace: ImportWorkspace
beforeAll(async () => {
  workspace = await openImportWorkspace()
})
afterAll(() => discard(workspace))

test.each(Object.entries(CASES))('%s', async (_, { file, options, ...expected }) => {
  await workspace.storage.db.deleteFrom('contacts').execute()
  await workspace.storage.db.deleteFrom('import_mappings').execute()
  await workspace.storage.db.deleteFrom('custom_fields').execute()
  const run = await workspace.importText(file, { country: 'US', ...options })
  expect(run).toMatchObject({ state: 'done', error: null })
  expect(run.created + run.updated + run.unchanged + run.duplicates + run.rejected).toBe(run.rows)
  const { rows, created, duplicates, rejected } = run
  const rejects = expected.rejects ?? []
  expect({ rows, created, duplicates, rejected }).toEqual({
    rows: expected.rows,
    created: expected.created,
    duplicates: expected.duplicates ?? 0,
    rejected: rejects.length,
  })
  const kept = await workspace.handlers.rejects(
    { id: ImportId.parse(run.id), offset: 0, limit: 100 },
    workspace.context,
  )
  expect(kept.rows.map(row => row.line)).toEqual(rejects.map(([line]) => line))
  for (const [index, row] of kept.rows.entries()) expect(row.reason).toMatch(rejects[index]?.[1] ?? /^$/)
  if (expected.has) expect(await workspace.rows('contacts')).toContainEqual(expect.objectContaining(expected.has))
  expect(await readdir(join(workspace.folder, 'imports'))).toEqual([])
})
