import iconv from 'iconv-lite'
import { AppError } from '../../../../shared/contract/failure.ts'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { looksLikeAddressList } from './address-list.ts'
import { createCsvParser, MOST_FIELD_LENGTH } from './csv-parser.ts'
import { findDelimiter } from './find-delimiter.ts'
import { footerRows } from './find-footer.ts'
import { findHeader, usualWidth } from './find-header.ts'
import { PLAIN_READING } from './plain-reading.ts'
import { delimiterInQuotedRows, unwrapRow } from './quoted-rows.ts'
import { describeShape } from './reading-why.ts'
import { type Delimiter, isSeparatorRow, separatorLine } from './separator-line.ts'
import { isBlank, type TableRow } from './table-row.ts'
import { detectEncoding } from './text-encoding.ts'

/** How a file is to be read, with one sentence that says why. */
export interface ReadingFinding {
  readonly reading: FileReading
  readonly why: string
}

/** How a text is cut into fields. */
export type TextShape = Pick<FileReading, 'delimiter' | 'quote' | 'layout'>

type Quote = FileReading['quote']

const DELIMITER_NAMES: Readonly<Record<Delimiter, string>> = {
  ',': 'comma',
  ';': 'semicolon',
  '\t': 'tab',
  '|': 'vertical bar',
}
const ROWS_JUDGED = 50
const CHARACTERS_JUDGED = 131_072
const LAST_ROWS_JUDGED = 20

/**
 * Detects how a text is to be read, from blocks of it: the first begins the file, the last ends it. What a person corrected
 * stays as she said.
 */
export function detectReading(blocks: readonly Uint8Array[], corrected: Partial<FileReading>): ReadingFinding {
  const found = detectEncoding(blocks)
  const encoding = corrected.encoding ?? found.encoding
  const isKnown: boolean = iconv.encodingExists(encoding)
  if (!isKnown) {
    throw new AppError('invalid_input', `The encoding ${encoding} is not known. Choose another one.`)
  }
  const whyEncoding = corrected.encoding ? `${encoding}, as you chose` : found.why
  const text = decodeHead(blocks[0] ?? new Uint8Array(), encoding)
  const wrapped = delimiterInQuotedRows(delimiter => headRows(text, { delimiter, quote: '"', layout: 'table' }))
  const layout = corrected.layout ?? usualLayout(text, wrapped, corrected)
  if (layout === 'addresses') {
    const why = `${whyEncoding}; a list of addresses, each with a name or without`
    return { reading: { ...PLAIN_READING, encoding, layout }, why: sentence(why) }
  }
  const quote = corrected.quote ?? usualQuote(text)
  const named = separatorLine(text)
  const delimiter =
    corrected.delimiter ??
    named ??
    (layout === 'quoted_rows' ? wrapped : null) ??
    findDelimiter(candidate => headRows(text, { delimiter: candidate, quote, layout }))
  const shape = { delimiter, quote, layout }
  const rows = headRows(text, shape).map(row => row.cells)
  const header = findHeader(rows, corrected)
  const footer = corrected.footerRows ?? footerRows(lastRows(blocks, encoding, shape), usualWidth(rows))
  const reading = { ...PLAIN_READING, encoding, layout, quote, delimiter, ...header, footerRows: footer }
  const why = [
    whyEncoding,
    `columns separated by ${DELIMITER_NAMES[delimiter]}${named === delimiter ? ' (the first line says so)' : ''}`,
    ...(layout === 'quoted_rows' ? ['each row as a whole in quotes'] : []),
    ...(quote === '"' ? [] : [quote === '' ? 'quotation marks are text' : 'fields enclosed in apostrophes']),
    ...describeShape(reading),
  ].join('; ')
  return { reading, why: sentence(why) }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}

/** The beginning of a text, without a last character that was cut in two. */
export function decodeHead(head: Uint8Array, encoding: string): string {
  return iconv.getDecoder(encoding).write(Buffer.from(head)).slice(0, CHARACTERS_JUDGED)
}

/** The first records of a text that are not blank and not Excel's `sep=` line. */
export function headRows(text: string, { delimiter, quote, layout }: TextShape, most = ROWS_JUDGED): TableRow[] {
  const parser = createCsvParser({ delimiter, quote, mostFieldLength: MOST_FIELD_LENGTH })
  const complete = text.length < CHARACTERS_JUDGED
  const rows = parser.push(text)
  if (complete || rows.length === 0) rows.push(...parser.end())
  return rows
    .filter((row, index) => !isBlank(row.cells) && !(index === 0 && isSeparatorRow(row, delimiter)))
    .slice(0, most)
    .map(row => (layout === 'quoted_rows' ? unwrapRow(row, delimiter) : row))
}

// A person who chose a delimiter or names of columns sees a table.
function usualLayout(text: string, wrapped: Delimiter | null, corrected: Partial<FileReading>): FileReading['layout'] {
  const { delimiter, hasHeader, skipRows } = corrected
  if (delimiter === undefined && hasHeader === undefined && skipRows === undefined && looksLikeAddressList(text)) {
    return 'addresses'
  }
  return wrapped === null ? 'table' : 'quoted_rows'
}

// Apostrophes enclose fields where many begin and end with one and no quotation mark does.
function usualQuote(text: string): Quote {
  const inMarks = text.match(/(?:^|[,;\t|\r\n])"/g)?.length ?? 0
  const inApostrophes = text.match(/(?:^|[,;\t|\r\n])'(?=[^'\r\n]*'(?:[,;\t|\r\n]|$))/g)?.length ?? 0
  return inApostrophes >= 4 && inMarks === 0 ? "'" : '"'
}

// The last block begins somewhere inside a record, so its first one says nothing.
function lastRows(
  blocks: readonly Uint8Array[],
  encoding: string,
  { delimiter, quote, layout }: TextShape,
): readonly (readonly string[])[] {
  const text = iconv.decode(Buffer.from(blocks.at(-1) ?? new Uint8Array()), encoding)
  const parser = createCsvParser({ delimiter, quote, mostFieldLength: MOST_FIELD_LENGTH })
  const rows = [...parser.push(text), ...parser.end()]
    .filter(row => !isBlank(row.cells))
    .map(row => (layout === 'quoted_rows' ? unwrapRow(row, delimiter) : row).cells)
  return (blocks.length > 1 ? rows.slice(1) : rows).slice(-LAST_ROWS_JUDGED)
}
