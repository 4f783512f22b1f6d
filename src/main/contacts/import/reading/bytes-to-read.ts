import { stat } from 'node:fs/promises'
import type { FileReading } from '../../../../shared/contract/imports.ts'
import { openWorkbook } from './xlsx/workbook.ts'
import { sheetCalled } from './xlsx/workbook-rows.ts'

/** How many bytes have to be read for the rows of a file: of a workbook, its sheet and its texts, unpacked. */
export async function bytesToRead(path: string, reading: FileReading): Promise<number> {
  if (reading.format !== 'xlsx') return (await stat(path)).size
  const { file, sheets, stringsPart } = await openWorkbook(path)
  file.close()
  return sheetCalled(sheets, reading.sheet).part.bytes + (file.parts.get(stringsPart)?.bytes ?? 0)
}
