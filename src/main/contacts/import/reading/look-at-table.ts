import { stat } from 'node:fs/promises'
import { AppError } from '../../../../shared/contract/failure.ts'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { readBlocks } from './file-blocks.ts'
import { fileFormat } from './file-format.ts'
import { decodeHead, detectReading, headRows } from './file-reading.ts'
import { lookAtWorkbook } from './look-at-workbook.ts'
import { PLAIN_READING } from './plain-reading.ts'
import { readTable } from './read-table.ts'
import { RECORDS_LOOKED_AT, shapedLook, type TableLook } from './table-look.ts'
import { detectEncoding } from './text-encoding.ts'

const BLOCKS_LOOKED_AT = 16
const MOST_FILE_BYTES = 2 ** 30

/** Detects how a file of any format is to be read; what a person corrected stays as she said. */
export async function lookAtTable(path: string, corrected: Partial<FileReading>): Promise<TableLook> {
  const { size } = await stat(path)
  if (size > MOST_FILE_BYTES) {
    throw new AppError('invalid_input', 'The file is larger than 1 GB. Split it and import the parts.')
  }
  const look = await lookAt(path, corrected)
  if (look.header === null && look.rows.length === 0) {
    throw new AppError('invalid_input', 'The file holds no rows, only blanks. Choose another file.')
  }
  return look
}

async function lookAt(path: string, corrected: Partial<FileReading>): Promise<TableLook> {
  switch (corrected.format ?? (await fileFormat(path))) {
    case 'xlsx':
      return lookAtWorkbook(path, corrected)
    case 'vcard':
      return lookAtCards(path, corrected)
    case 'text':
      return lookAtText(path, corrected)
  }
}

async function lookAtText(path: string, corrected: Partial<FileReading>): Promise<TableLook> {
  const blocks = await readBlocks(path, BLOCKS_LOOKED_AT)
  const { reading, why } = detectReading(blocks, corrected)
  if (reading.layout === 'addresses') return { reading, why, ...(await firstRows(path, reading)), sheets: [] }
  const text = decodeHead(blocks[0] ?? Buffer.alloc(0), reading.encoding)
  const records = headRows(text, reading, RECORDS_LOOKED_AT)
  return { reading, why, ...shapedLook(records, reading), sheets: [] }
}

async function lookAtCards(path: string, corrected: Partial<FileReading>): Promise<TableLook> {
  const found = detectEncoding((await readBlocks(path, BLOCKS_LOOKED_AT)).map(unfolded))
  const encoding = corrected.encoding ?? found.encoding
  const reading: FileReading = { ...PLAIN_READING, format: 'vcard', encoding }
  const why = `vCard file; ${corrected.encoding ? `${encoding}, as you chose` : found.why}; each card becomes a row.`
  return { reading, why, ...(await firstRows(path, reading)), sheets: [] }
}

async function firstRows(path: string, reading: FileReading): Promise<Pick<TableLook, 'header' | 'rows'>> {
  const rows: string[][] = []
  let header: readonly string[] | null = null
  for await (const piece of readTable(path, reading)) {
    header = piece.header
    for (const row of piece.rows) if (row.fault === null) rows.push(row.cells)
    if (rows.length >= RECORDS_LOOKED_AT) break
  }
  return { header, rows: rows.slice(0, RECORDS_LOOKED_AT) }
}

// A fold may cut a character in two, which would look like a fault of UTF-8.
function unfolded(block: Buffer): Buffer {
  return Buffer.from(block.toString('latin1').replace(/\r?\n[ \t]/g, ''), 'latin1')
}
