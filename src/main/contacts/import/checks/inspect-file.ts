import { stat } from 'node:fs/promises'
import { readTable } from '../reading/read-table.ts'
import type { TableRow } from '../reading/table-row.ts'
import type { FileFindings, InspectRequest } from '../thread/import-reader.ts'
import type { CheckedRow } from './checked-row.ts'
import { previewOf } from './preview.ts'
import { createProblemGroups } from './problem-groups.ts'
import { createRowCheck } from './row-check.ts'

const ROWS_PREVIEWED = 20
const IDENTS_A_TEXT = 5000

/** Checks the rows of a file and counts what would become of them; writes nothing. */
export async function inspectFile(request: InspectRequest): Promise<FileFindings> {
  const check = createRowCheck(request.mapping, request.options)
  const whole = (await stat(request.path)).size <= request.wholeUpToBytes
  const problems = createProblemGroups()
  const filled = request.mapping.map(() => 0)
  const idents = new Set<string>()
  const preview: { line: number; cells: string[]; contact: Record<string, string>; fault: string }[] = []
  let rows = 0
  let rejected = 0
  let repeated = 0

  function take(row: TableRow): void {
    rows += 1
    request.mapping.forEach(({ column }, index) => {
      if (row.cells[column]?.trim()) filled[index] = (filled[index] ?? 0) + 1
    })
    const checked = check(row)
    for (const problem of checked.problems) problems.add(row.line, problem)
    if (preview.length < ROWS_PREVIEWED) preview.push(previewRow(row, checked))
    if (checked.kind === 'rejected') {
      rejected += 1
    } else if (idents.has(checked.contact.ident)) {
      repeated += 1
      const value = checked.contact.ident.slice(1)
      problems.add(row.line, { kind: 'repeated_in_file', severity: 'warning', value })
    } else idents.add(checked.contact.ident)
  }

  let complete = true
  reading: for await (const piece of readTable(request.path, request.reading)) {
    for (const row of piece.rows) {
      if (!whole && rows >= request.mostRows) {
        complete = false
        break reading
      }
      take(row)
    }
  }
  const found = { rows, complete, rejected, repeated, filled, preview, problems: problems.list() }
  return { ...found, idents: texts([...idents]) }
}

function previewRow(row: TableRow, checked: CheckedRow) {
  const cells = row.cells.map(cell => cell.slice(0, 500))
  return checked.kind === 'contact'
    ? { line: row.line, cells, contact: previewOf(checked.contact), fault: '' }
    : { line: row.line, cells, contact: {}, fault: checked.reason }
}

function texts(idents: readonly string[]): string[] {
  const found: string[] = []
  for (let from = 0; from < idents.length; from += IDENTS_A_TEXT) {
    found.push(JSON.stringify(idents.slice(from, from + IDENTS_A_TEXT)))
  }
  return found
}
