import { stat } from 'node:fs/promises'
import { AppError } from '../../../../../shared/contract/failure.ts'
import type { RecordPiece } from '../table-row.ts'
import { cellFormats } from './cell-formats.ts'
import { sharedStrings } from './shared-strings.ts'
import { createSheetRows } from './sheet-rows.ts'
import { openWorkbook, type SheetPart } from './workbook.ts'
import { readXml } from './xml-parts.ts'

/** Rows of a sheet, and how many of its cells up to there held an error. */
export interface SheetPiece extends RecordPiece {
  readonly errorCells: number
}

/** Reads a sheet row by row; in memory are the different texts of the workbook and one piece of the sheet. */
export async function* readWorkbookRows(path: string, sheetName: string): AsyncGenerator<SheetPiece> {
  const workbook = await openWorkbook(path)
  try {
    const { file, is1904 } = workbook
    const sheet = sheetCalled(workbook.sheets, sheetName)
    const { size } = await stat(path)
    const stringBytes = file.parts.get(workbook.stringsPart)?.bytes ?? 0
    // Progress is told in bytes of the packed file, as if its parts were read evenly.
    const packed = (bytes: number): number => Math.round((size * bytes) / (stringBytes + sheet.part.bytes))
    const formats = await cellFormats(file, workbook.stylesPart)
    const strings = await sharedStrings(file, workbook.stringsPart)
    const listener = createSheetRows({ strings, formats, is1904 })
    for await (const bytes of readXml(await file.open(sheet.part), listener)) {
      const rows = listener.take()
      if (rows.length > 0) yield { rows, bytesRead: packed(stringBytes + bytes), errorCells: listener.errors() }
    }
    yield { rows: [], bytesRead: size, errorCells: listener.errors() }
  } finally {
    workbook.file.close()
  }
}

/** The sheet with this name; without a name, the largest that can be seen. Fails with `invalid_input` when there is none. */
export function sheetCalled(sheets: readonly SheetPart[], name: string): SheetPart {
  const largest = sheets
    .filter(each => !each.isHidden)
    .sort((a, b) => b.part.bytes - a.part.bytes)
    .at(0)
  const sheet = name === '' ? (largest ?? sheets[0]) : sheets.find(each => each.name === name)
  if (sheet) return sheet
  const names = sheets.map(each => `“${each.name}”`).join(', ')
  throw new AppError('invalid_input', `The workbook has no sheet “${name}”. Choose one of ${names}.`)
}
