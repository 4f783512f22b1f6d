import iconv from 'iconv-lite'
import { FileReading } from '../../../../shared/contract/imports.ts'
import { looksLikeDate, looksLikeEmail, looksLikeNumber, looksLikePhone } from '../mapping/cell-looks.ts'
import { namesKnownField } from '../mapping/column-names.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { DELIMITERS, type Delimiter, isSeparatorRow, separatorLine } from './separator-line.ts'
import { isBlank, type TableRow } from './table-row.ts'
import { detectEncoding } from './text-encoding.ts'

/** How a file is to be read, with one sentence that says why. */
export interface ReadingFinding {
  readonly reading: FileReading
  readonly why: string
}

const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
}
const PLAIN = FileReading.parse({ encoding: 'utf-8', delimiter: ',', hasHeader: true })
const ROWS_JUDGED = 50
const CHARACTERS_JUDGED = 131_072

/** Detects encoding, delimiter and header row from blocks of a file; what a person corrected stays as she said. */
export function detectReading(blocks: readonly Uint8Array[], corrected: Partial<FileReading>): ReadingFinding {
  const found = detectEncoding(blocks)
  const encoding = corrected.encoding ?? found.encoding
  const text = decodeHead(blocks[0] ?? new Uint8Array(), encoding)
  const delimiter = corrected.delimiter ?? separatorLine(text) ?? bestDelimiter(text)
  const rows = headRows(text, delimiter)
  const hasHeader = corrected.hasHeader ?? looksLikeHeader(rows)
  const why = [
    corrected.encoding ? `${encoding}, as you chose` : found.why,
    `columns separated by ${DELIMITER_NAMES[delimiter]}${separatorLine(text) === delimiter ? ' (the first line says so)' : ''}`,
    hasHeader ? 'the first row holds the column names' : 'there is no row of column names',
  ].join('; ')
  return {
    reading: { ...PLAIN, ...corrected, encoding, delimiter, hasHeader },
    why: `${why.charAt(0).toUpperCase()}${why.slice(1)}.`,
  }
}

/** The beginning of a text, without a last character that was cut in two. */
export function decodeHead(head: Uint8Array, encoding: string): string {
  return iconv.getDecoder(encoding).write(Buffer.from(head)).slice(0, CHARACTERS_JUDGED)
}

/** The first records of a text that are not blank and not Excel's `sep=` line. */
export function headRows(text: string, delimiter: Delimiter, quote = '"', most = ROWS_JUDGED): TableRow[] {
  const parser = createCsvParser({ delimiter, quote, mostFieldLength: MOST_FIELD_LENGTH })
  const complete = text.length < CHARACTERS_JUDGED
  const rows = parser.push(text)
  if (complete || rows.length === 0) rows.push(...parser.end())
  return rows
    .filter((row, index) => !isBlank(row.cells) && !(index === 0 && isSeparatorRow(row, delimiter)))
    .slice(0, most)
}

// The right delimiter cuts every row into the same number of fields, more than one; quotes are respected.
function bestDelimiter(text: string): Delimiter {
  let best: Delimiter = ','
  let bestScore = 0
  for (const delimiter of DELIMITERS) {
    const rows = headRows(text, delimiter).filter(row => row.fault === null)
    const widths = new Map<number, number>()
    for (const row of rows) widths.set(row.cells.length, (widths.get(row.cells.length) ?? 0) + 1)
    let usual = 1
    let often = 0
    for (const [width, count] of widths) {
      if (width > 1 && (count > often || (count === often && width > usual))) {
        usual = width
        often = count
      }
    }
    // More columns break a tie: `1,5;2,5` has as many commas as semicolons only by accident.
    const score = rows.length === 0 ? 0 : (often / rows.length) * (1 + Math.min(usual, 50) / 100)
    if (score > bestScore + 1e-9) {
      best = delimiter
      bestScore = score
    }
  }
  return best
}

// Names are different, none is a value, and some are known or later rows look otherwise.
function looksLikeHeader(rows: readonly TableRow[]): boolean {
  const first = rows[0]?.cells.map(cell => cell.trim()) ?? []
  const filled = first.filter(cell => cell !== '')
  if (filled.length === 0) return false
  if (
    filled.some(cell => looksLikeEmail(cell) || looksLikePhone(cell) || looksLikeDate(cell) || looksLikeNumber(cell))
  ) {
    return false
  }
  if (filled.some(namesKnownField)) return true
  if (rows.length < 2 || new Set(filled.map(cell => cell.toLowerCase())).size < filled.length) return false
  const body = rows.slice(1).flatMap(row => row.cells)
  return body.some(cell => looksLikeEmail(cell) || looksLikePhone(cell) || looksLikeDate(cell) || looksLikeNumber(cell))
}
