import type { Shape } from './table-shape.ts'

/** What is to be said about the rows of a file that are no records, as parts of a sentence. */
export function describeShape({ skipRows, hasHeader, headerRows, footerRows }: Shape): readonly string[] {
  const names =
    headerRows > 1
      ? `${headerRows} rows hold the column names`
      : `the ${skipRows > 0 ? 'next' : 'first'} row holds the column names`
  return [
    ...(skipRows > 0 ? [`${rows(skipRows)} above the table ${skipRows === 1 ? 'is' : 'are'} left out`] : []),
    hasHeader ? names : 'there is no row of column names',
    ...(footerRows > 0
      ? [
          `the last ${footerRows === 1 ? 'row is no record and is' : `${footerRows} rows are no records and are`} left out`,
        ]
      : []),
  ]
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${count} rows`
}
