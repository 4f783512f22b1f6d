import { H, type MalformedCases } from './malformed-case.ts'

/** Separated text whose fields, quotes and lines are the trouble. */
export const TEXT_CASES: MalformedCases = {
  semicolons: { file: 'Name;Email\nAnn;ann@example.org\n', rows: 1, created: 1 },
  'vertical bars': { file: 'Name|Email\nAnn|ann@example.org\n', rows: 1, created: 1 },
  'a first line sep=; that says so': {
    file: 'sep=;\r\nName;Email\r\nAnn, B.;ann@example.org\r\n',
    rows: 1,
    created: 1,
  },
  'a first line that names the tab, in quotes and behind a mark': {
    file: '\uFEFF"sep=\t"\r\nName\tEmail\r\nAnn\tann@example.org\r\n',
    kind: 'tsv',
    rows: 1,
    created: 1,
    has: { first_name: 'Ann' },
  },
  'CRLF, LF and CR in one file': {
    file: 'Name,Email\r\nAnn,ann@example.org\nBob,bob@example.org\rCid,cid@example.org\r\n',
    rows: 3,
    created: 3,
  },
  'lines ended by CR CR LF': {
    file: 'Name,Email\r\r\nAnn,ann@example.org\r\r\nBob,bob@example.org\r\r\n',
    rows: 2,
    created: 2,
  },
  'one row without a line end': { file: 'ann@example.org,Ann,Lee', rows: 1, created: 1 },
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
  'two quotes that never close': {
    file: `${H}"Ann,ann@example.org,\nBob,bob@example.org,\n"Cid,cid@example.org,\nDee,dee@example.org,\n`,
    rows: 4,
    created: 2,
    rejects: [
      [2, /never closes/],
      [4, /never closes/],
    ],
  },
  'a quote that never closes behind a field over two lines': {
    file: `${H}"Ann\nLee",ann@example.org,\n"Bob\nRay","bob@example.org,\nCid,cid@example.org,\n`,
    rows: 3,
    created: 2,
    rejects: [[5, /never closes/]],
  },
  'stray quotes in a field': {
    file: `${H}Ann "Annie" Lee,ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { first_name: 'Ann "Annie"' },
  },
  'quotes that were not doubled': {
    file: `${H}"Ann "Annie" Lee",ann@example.org,\n`,
    rows: 1,
    created: 1,
    has: { email: 'ann@example.org' },
  },
  'blanks around quotes': {
    file: `${H} "Ann" , "ann@example.org" ,\nBob, bob@example.org ,\n`,
    rows: 2,
    created: 1,
    rejects: [[2, /./]],
  },
  'fields enclosed in apostrophes': {
    file: "'Name';'Email'\n'Lee; Ann';'ann@example.org'\n'Ray';'bob@example.org'\n",
    rows: 2,
    created: 2,
    has: { email: 'ann@example.org' },
  },
  'rows that stand in quotes as a whole': {
    file: '"Name,Email,Phone"\n"""Lee, Ann"",ann@example.org,"\n"Bob,bob@example.org,"\nCid,cid@example.org,\n',
    rows: 3,
    created: 3,
    has: { first_name: 'Ann', last_name: 'Lee' },
  },
  'rows that are too short': { file: `${H}Ann,ann@example.org\nBob\n`, rows: 2, created: 1, rejects: [[3, /neither/]] },
  'rows that are too long': { file: `${H}Ann,ann@example.org,,extra,more\n`, rows: 1, created: 1 },
  'rows with delimiters at their end': {
    file: `${H.trim()},,,\nAnn,ann@example.org,,,,,,\nBob,bob@example.org\n`,
    rows: 2,
    created: 2,
  },
  'ten thousand empty fields in a row': {
    file: `${H}Ann,ann@example.org,${','.repeat(10_000)}\nBob,bob@example.org,\n`,
    rows: 2,
    created: 2,
  },
  'three hundred columns': {
    file: `Email,${Array.from({ length: 300 }, (_, i) => `Answer ${i + 1}`).join(',')}\nann@example.org${',x'.repeat(300)}\n`,
    rows: 1,
    created: 1,
  },
  'blank lines and lines of commas only': {
    file: `${H}\n\nAnn,ann@example.org,\n,,\n   \nBob,bob@example.org,\n\n`,
    rows: 2,
    created: 2,
  },
  'a header of commas and rows of semicolons': {
    file: `${H}${'Ann;ann@example.org;\nBob;bob@example.org;\n'}`,
    rows: 2,
    created: 2,
  },
  'a row that was pasted from a spreadsheet, with tabs': {
    file: `${H}Ann,ann@example.org,\nBob\tbob@example.org\t\n`,
    rows: 2,
    created: 1,
    rejects: [[3, /neither|another column/]],
  },
  'decimal commas between semicolons': {
    file: 'Name;Email;Latitude;Longitude\nAnn;ann@example.org;48,2;16,37\nBob;bob@example.org;47,1;9,5\n',
    rows: 2,
    created: 2,
    has: { latitude: 48.2, longitude: 16.37 },
  },
  'a cell of sixty thousand characters': {
    file: `Email,Note\nann@example.org,${'word '.repeat(12_000)}\nbob@example.org,short\n`,
    rows: 2,
    created: 2,
  },
  'a header and nothing else': { file: H, rows: 0, created: 0 },
  'nothing but blank lines': { file: '\n\r\n , ,\n\t\n', refused: /no rows/ },
  'nothing but a byte order mark': { file: '\uFEFF', refused: /no rows/ },
  'nothing but commas': { file: ',,,,\n,,,,\n', refused: /no rows/ },
}
