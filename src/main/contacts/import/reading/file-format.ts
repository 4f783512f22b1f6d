import { open } from 'node:fs/promises'
import iconv from 'iconv-lite'
import type { FileReading } from '../../../../shared/contract/imports.ts'

export type FileFormat = FileReading['format']

const HEAD_BYTES = 512
const DIRECTORY_BYTES = 8192
const COMPOUND = '\u00d0\u00cf\u0011\u00e0'

// What people drop on the page by mistake, by the first octets of the file.
const OTHERS: readonly (readonly [string, string])[] = [
  ['%PDF', 'a PDF. Export the contacts as CSV and choose that file'],
  ['\u001f\u008b', 'a compressed file. Unpack it first'],
  ['BZh', 'a compressed file. Unpack it first'],
  ['7z\u00bc\u00af', 'a compressed file. Unpack it first'],
  ['Rar!', 'a compressed file. Unpack it first'],
  ['\u00fd7zXZ', 'a compressed file. Unpack it first'],
  ['SQLite format 3', 'a database. Export the contacts as CSV and choose that file'],
  ['{\\rtf', 'a text document with formatting. Save the table as CSV and choose that file'],
  ['\u0089PNG', 'a picture. Choose a table of contacts'],
  ['\u00ff\u00d8\u00ff', 'a picture. Choose a table of contacts'],
  ['GIF8', 'a picture. Choose a table of contacts'],
]

/** What a file is that cannot be read, as the rest of the sentence "That is …"; null for one that can. */
export async function otherFormat(path: string): Promise<string | null> {
  const head = await headOf(path, HEAD_BYTES)
  if (head.startsWith(COMPOUND)) return compoundFile(path)
  if (/^(?:\u00ef\u00bb\u00bf)?\s*(?:\[\s*\{|\{\s*")/.test(head))
    return 'JSON. Export the contacts as CSV and choose that file'
  if (isWebPage(head))
    return 'a web page or another file with tags. Save the table as .xlsx or CSV and choose that file'
  return OTHERS.find(([mark]) => head.startsWith(mark))?.[1] ?? null
}

/** How the file begins: a ZIP file is read as a workbook, a card as cards, all else as text. */
export async function fileFormat(path: string): Promise<FileFormat> {
  const head = await headOf(path, HEAD_BYTES)
  if (head.startsWith('PK\u0003\u0004') || head.startsWith('PK\u0005\u0006')) return 'xlsx'
  return isCard(head) ? 'vcard' : 'text'
}

function isCard(head: string): boolean {
  const wide = head.startsWith('\u00ff\u00fe') ? 'utf-16le' : head.startsWith('\u00fe\u00ff') ? 'utf-16be' : null
  const text = wide === null ? head.replace(/^\u00ef\u00bb\u00bf/, '') : iconv.decode(Buffer.from(head, 'latin1'), wide)
  return /^\s*BEGIN:VCARD\s/i.test(text)
}

// Programs on the web call a table in HTML "export.xls".
function isWebPage(head: string): boolean {
  return /^(?:\u00ef\u00bb\u00bf)?\s*<(?:!doctype|html|table|\?xml)/i.test(head)
}

// Excel up to 2003, and every workbook with a password, is a file system in a file (MS-CFB 2.2); its directory tells which.
async function compoundFile(path: string): Promise<string> {
  const header = Buffer.from(await headOf(path, HEAD_BYTES), 'latin1')
  const sectorBytes = header.length < HEAD_BYTES ? 0 : 2 ** Math.min(12, header.readUInt16LE(30))
  const directoryAt = sectorBytes === 0 ? 0 : (header.readUInt32LE(48) + 1) * sectorBytes
  const directory = Buffer.from(await headOf(path, DIRECTORY_BYTES, directoryAt), 'latin1').toString('utf16le')
  return directory.includes('EncryptedPackage')
    ? 'a workbook that is protected with a password. Save it without one and choose that file'
    : 'an old Excel workbook (.xls). Save it as .xlsx or as CSV (UTF-8) and choose that file'
}

async function headOf(path: string, bytes: number, at = 0): Promise<string> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, at)
    return buffer.subarray(0, bytesRead).toString('latin1')
  } finally {
    await file.close()
  }
}
