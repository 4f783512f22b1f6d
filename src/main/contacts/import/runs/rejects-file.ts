import { open } from 'node:fs/promises'
import { csvLine } from '../reading/csv-line.ts'

/** A row that was rejected, with the cells it had. */
export interface Reject {
  readonly line: number
  readonly field: string
  readonly reason: string
  readonly cells: readonly string[]
}

// Names that no field is recognised by, so that the corrected file maps as the original did.
const EXTRA_COLUMNS = ['Tidings: line', 'Tidings: field', 'Tidings: what to correct']

/**
 * Writes rejected rows as CSV that opens in a spreadsheet: the original columns, then line, field and reason. `next` gives
 * the rejects after a line, in order, and none at the end.
 */
export async function writeRejects(
  path: string,
  header: readonly string[],
  next: (afterLine: number) => Promise<readonly Reject[]>,
): Promise<void> {
  const file = await open(path, 'w', 0o600)
  try {
    await file.write(`\uFEFF${csvLine([...header, ...EXTRA_COLUMNS])}`)
    let line = 0
    for (let rejects = await next(line); rejects.length > 0; rejects = await next(line)) {
      const lines = rejects.map(reject => {
        const cells = header.map((_, column) => reject.cells[column] ?? '')
        return csvLine([...cells, String(reject.line), reject.field, reject.reason])
      })
      await file.write(lines.join(''))
      line = rejects.at(-1)?.line ?? line
    }
  } finally {
    await file.close()
  }
}
