import { gzipSync } from 'node:zlib'
import { seededRandom } from '../../../../src/main/kernel/random.ts'
import { H, inEncoding, type MalformedCases } from './malformed-case.ts'

const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]

// A file system in a file (MS-CFB 2.2) with one directory sector of 512 octets behind the header.
function compoundFile(entry: string): Uint8Array {
  const bytes = Buffer.alloc(1024)
  Buffer.from(COMPOUND).copy(bytes)
  bytes.writeUInt16LE(9, 30)
  bytes.writeUInt32LE(0, 48)
  bytes.write(entry, 512, 'utf16le')
  return bytes
}

/** Lists, cards, and files that are something else. */
export const OTHER_CASES: MalformedCases = {
  'a bare list of addresses in one line': {
    file: 'Anna <anna@example.org>, bob@example.org; "Fox, Cid" <cid@example.org>; dee@example.org',
    kind: 'txt',
    rows: 4,
    created: 4,
    has: { email: 'anna@example.org', first_name: 'Anna' },
  },
  'a list of addresses, one a line, some broken': {
    file: `${Array.from({ length: 18 }, (_, i) => `p${i}@example.org`).join('\n')}\np3@example.org\nnobody at home\n`,
    kind: 'txt',
    rows: 20,
    created: 18,
    duplicates: 1,
    rejects: [[20, /neither/]],
  },
  'a list whose brackets do not close': {
    file: 'Anna <anna@example.org, Bob <bob@example.org>\nCid <cid@example.org\n',
    kind: 'txt',
    rows: 3,
    created: 3,
    has: { email: 'anna@example.org', first_name: 'Anna' },
  },
  'cards of three versions in one file': {
    file: 'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=B3pez;Jos=\r\n=C3=A9\r\nTEL;CELL:+12025550123\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:3.0\r\nN:Lee;Ann;;;\r\nitem1.EMAIL;TYPE=INTERNET:ann@exam\r\n ple.org\r\nEND:VCARD\r\nBEGIN:VCARD\r\nVERSION:4.0\r\nFN:Bob Ray\r\nEMAIL;PREF=1:bob@example.org\r\nORG:Ray\\, Fox & Co\r\nEND:VCARD\r\n',
    kind: 'vcf',
    rows: 3,
    created: 3,
    has: { first_name: 'José', last_name: 'López', phone: '+12025550123' },
  },
  'cards that never end, inside each other and without an address': {
    file: 'BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEMAIL:ann@example.org\nBEGIN:VCARD\nVERSION:2.1\nFN:Bob\nAGENT:\nBEGIN:VCARD\nFN:Nobody\nEND:VCARD\nEMAIL:bob@example.org\nEND:VCARD\nnoise\nBEGIN:VCARD\nFN:Cid\nEND:VCARD\nBEGIN:VCARD\nFN:Dee\nEMAIL:dee@example.org',
    kind: 'vcf',
    rows: 4,
    created: 3,
    rejects: [[15, /neither/]],
  },
  'cards in UTF-16': {
    file: inEncoding(
      'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Zoë Größe\r\nEMAIL:zoe@example.org\r\nEND:VCARD\r\n',
      'utf-16le',
      true,
    ),
    kind: 'vcf',
    rows: 1,
    created: 1,
    has: { email: 'zoe@example.org', last_name: 'Größe' },
  },
  'a card without anything in it': {
    file: 'BEGIN:VCARD\r\nVERSION:3.0\r\nEND:VCARD\r\n',
    kind: 'vcf',
    refused: /no rows/,
  },
  'a web page called export.xls': {
    file: '<html><body><table><tr><td>Email</td></tr></table></body></html>',
    kind: 'xls',
    refused: /web page/,
  },
  'a spreadsheet in XML of 2003': {
    file: '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook/>',
    kind: 'xls',
    refused: /tags/,
  },
  'an old workbook': { file: compoundFile('Workbook'), kind: 'xls', refused: /old Excel workbook/ },
  'a workbook encrypted with a password': {
    file: compoundFile('EncryptedPackage'),
    kind: 'xlsx',
    refused: /password/,
  },
  'a compressed table': { file: gzipSync(H, { level: 0 }), kind: 'other', refused: /Unpack/ },
  'a PDF': { file: '%PDF-1.7\n', kind: 'other', refused: /PDF/ },
  'a picture': { file: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10]), kind: 'other', refused: /picture/ },
  JSON: { file: '[\n  {"name": "Ann", "email": "ann@example.org"}\n]\n', kind: 'other', refused: /JSON/ },
  'a database': { file: 'SQLite format 3\0', kind: 'other', refused: /database/ },
  'random bytes': {
    file: seededRandom(7).bytes(20_000),
    kind: 'other',
    refused: /Choose the column with the e-mail address/,
  },
  'a letter': {
    file: 'Dear Ann,\n\nthank you for the list. I shall send it tomorrow.\n\nYours, Bob\n',
    kind: 'txt',
    refused: /Choose the column with the e-mail address/,
  },
}
