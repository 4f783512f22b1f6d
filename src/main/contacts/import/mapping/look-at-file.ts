import { ambiguousDate, orderOfDates } from '../checks/read-date.ts'
import { decimalSignOf } from '../checks/read-number.ts'
import { lookAtTable } from '../reading/look-at-table.ts'
import type { FileLook, LookRequest } from '../thread/import-reader.ts'
import { columnNames, suggestColumns } from './columns.ts'

/** Detects how a file is to be read and what its columns are, from its beginning and samples of the rest. */
export async function lookAtFile({ path, corrected }: LookRequest): Promise<FileLook> {
  const { reading, why, sheets, header, rows: body } = await lookAtTable(path, corrected)
  const names = columnNames(header, widthOf(header, body))
  const cells = body.flat()
  const detected = orderOfDates(cells)
  const dates = { detected, ambiguous: detected === null ? ambiguousDate(cells) : '' }
  return { reading, why, sheets, names, columns: suggestColumns(names, body), dates, decimal: decimalSignOf(cells) }
}

// Columns at the end that have neither a name nor a value come from a spreadsheet's formatting.
function widthOf(header: readonly string[] | null, body: readonly (readonly string[])[]): number {
  const most = header ? header.length : body.reduce((width, cells) => Math.max(width, cells.length), 0)
  let width = most
  while (width > 1 && !header?.[width - 1]?.trim() && !body.some(cells => cells[width - 1]?.trim())) width -= 1
  return width
}
