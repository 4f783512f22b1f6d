import type { FileReading } from '../../../../shared/contract/imports.ts'

/** The reading of a file about which nothing is known: what a format has no use for stays so. */
export const PLAIN_READING: FileReading = {
  format: 'text',
  encoding: 'utf-8',
  delimiter: ',',
  quote: '"',
  layout: 'table',
  sheet: '',
  skipRows: 0,
  hasHeader: true,
  headerRows: 1,
  footerRows: 0,
}
