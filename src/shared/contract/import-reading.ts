import { z } from 'zod'
import { Count } from './define.ts'

const readingFields = {
  format: z.enum(['text', 'xlsx', 'vcard']).describe('Separated text, an Excel workbook, or electronic business cards'),
  encoding: z.string().max(40).describe('Text: WHATWG or iconv name, such as utf-8, utf-16le, windows-1252'),
  delimiter: z.enum([',', ';', '\t', '|']),
  quote: z.enum(['"', "'", '']).describe('Text: what encloses a field that holds delimiters; empty for nothing'),
  layout: z
    .enum(['table', 'quoted_rows', 'addresses'])
    .describe('Text: a table, one whose rows stand in quotes as a whole, or a list: Ann <ann@x.org>, bob@y.org'),
  sheet: z.string().max(100).describe('Workbook: the name of the sheet; empty for the one with most rows'),
  skipRows: Count.max(1000).describe('Rows above the column names, such as titles; blank rows do not count'),
  hasHeader: z.boolean(),
  headerRows: z.number().int().min(1).max(10).describe('Rows that the column names take'),
  footerRows: Count.max(100).describe('Rows at the end that are no records, such as totals; blank rows do not count'),
}

/** How the bytes of a file are read. */
export const FileReading = z.object({
  ...readingFields,
  format: readingFields.format.default('text'),
  quote: readingFields.quote.default('"'),
  layout: readingFields.layout.default('table'),
  sheet: readingFields.sheet.default(''),
  skipRows: readingFields.skipRows.default(0),
  headerRows: readingFields.headerRows.default(1),
  footerRows: readingFields.footerRows.default(0),
})
export type FileReading = z.infer<typeof FileReading>

/** What a person corrected about a reading. Without defaults: what is absent is detected. */
export const ReadingCorrections = z.object(readingFields).partial()
export type ReadingCorrections = z.infer<typeof ReadingCorrections>

/** A sheet of a workbook to choose from. */
export const SheetSize = z.object({
  name: z.string(),
  rows: Count.describe('Rows that hold something; judged by their beginning in sheets of more than 32 MB'),
})
export type SheetSize = z.infer<typeof SheetSize>
