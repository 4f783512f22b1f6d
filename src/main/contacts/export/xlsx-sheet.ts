import type { CsvValue } from '../../../shared/domain/csv-cell.ts'
import { createZipFile } from './zip-file.ts'

/** A worksheet holds so many rows, the one with the headings included. */
export const MOST_SHEET_ROWS = 1_048_576
const MOST_CELL_CHARACTERS = 32_767

/** An XLSX file with one sheet, written row by row. */
export interface XlsxSheet {
  write(rows: readonly (readonly CsvValue[])[]): Promise<void>
  end(): Promise<number>
  abandon(): Promise<void>
}

/**
 * Writes a workbook with one sheet (ECMA-376, inline strings). Every text is a text cell: nothing in it is a formula, and
 * phone numbers, ids and postal codes keep their leading characters. Numbers are number cells.
 */
export async function createXlsxSheet(path: string, name: string, headings: readonly string[]): Promise<XlsxSheet> {
  const zip = await createZipFile(path)
  for (const [part, text] of partsOf(name)) {
    await zip.begin(part)
    await zip.write(text)
  }
  await zip.begin('xl/worksheets/sheet1.xml')
  await zip.write(
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>`,
  )
  await zip.write(rowXml(headings))
  return {
    write: rows => zip.write(rows.map(rowXml).join('')),
    async end() {
      await zip.write('</sheetData></worksheet>')
      return zip.end()
    },
    abandon: () => zip.abandon(),
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const TYPES = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

function partsOf(name: string): readonly (readonly [string, string])[] {
  const sheet = escaped(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
    ],
  ]
}

function rowXml(values: readonly CsvValue[]): string {
  return `<row>${values.map(cellXml).join('')}</row>`
}

function cellXml(value: CsvValue): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  const text = value.slice(0, MOST_CELL_CHARACTERS)
  return `<c t="inlineStr"><is><t xml:space="preserve">${escaped(text)}</t></is></c>`
}

function escaped(text: string): string {
  return (
    text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      // XML 1.0 knows no control characters but tab and line ends.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
  )
}
