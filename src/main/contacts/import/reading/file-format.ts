import { open } from 'node:fs/promises'

const HEAD_BYTES = 16

// What people drop on the page by mistake, by the first octets of the file.
const OTHERS: readonly (readonly [string, string])[] = [
  ['PK\u0003\u0004', 'an Excel workbook or another packed file. Save it as CSV (UTF-8) and choose that file'],
  ['\u00d0\u00cf\u0011\u00e0', 'an old Excel workbook. Save it as CSV (UTF-8) and choose that file'],
  ['%PDF', 'a PDF. Export the contacts as CSV and choose that file'],
  ['\u001f\u008b', 'a compressed file. Unpack it first'],
  ['SQLite format 3', 'a database. Export the contacts as CSV and choose that file'],
  ['{\\rtf', 'a text document with formatting. Save the table as CSV and choose that file'],
  ['BEGIN:VCARD', 'a vCard file. Export the contacts as CSV and choose that file'],
  ['\u0089PNG', 'a picture. Choose a CSV file'],
  ['\u00ff\u00d8\u00ff', 'a picture. Choose a CSV file'],
  ['GIF8', 'a picture. Choose a CSV file'],
]

/** What a file is that cannot be read as CSV, as the rest of the sentence "That is …"; null for text. */
export async function otherFormat(path: string): Promise<string | null> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    const head = buffer.subarray(0, bytesRead).toString('latin1')
    return OTHERS.find(([mark]) => head.startsWith(mark))?.[1] ?? null
  } finally {
    await file.close()
  }
}
