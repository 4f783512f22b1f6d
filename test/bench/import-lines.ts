import { createReadStream } from 'node:fs'
import { parse } from 'csv-parse'

/** The records of a CSV file as a package reads them. */
export async function* parseCsvLines(file: string): AsyncGenerator<string[]> {
  const records: AsyncIterable<string[]> = createReadStream(file).pipe(
    parse({ bom: true, record_delimiter: ['\r\n', '\n'] }),
  )
  yield* records
}
