import { createZipFile } from './zip-file.ts'

/** A worksheet holds so many rows, the one with the headings included. */
export const MOST_SHEET_ROWS = 1_048_576
const MOST_CELL_CHARACTERS = 32_767

/** A cell: a text, a number, a day as YYYY-MM-DD, or nothing. */
export type SheetCell = string | number | null | { readonly day: string }

/** An XLSX file with one sheet, written row by row. */
export interface XlsxSheet {
  write(rows: readonly (readonly SheetCell[])[]): Promise<void>
  /** Completes the file and returns its size in octets. */
  end(): Promise<number>
  abandon(): Promise<void>
}

/**
 * Writes a workbook with one sheet (ECMA-376 part 1, inline strings). Every text is a text cell: nothing in it is a formula,
 * and phone numbers, ids and postal codes keep their leading characters. Numbers are number cells, days are date cells.
 * Columns are as wide as what the first rows that are written need.
 */
export async function createXlsxSheet(path: string, name: string, headings: readonly string[]): Promise<XlsxSheet> {
  const zip = await createZipFile(path)
  let hasBegun = false

  async function begin(rows: readonly (readonly SheetCell[])[]): Promise<void> {
    hasBegun = true
    await zip.write(`<cols>${headings.map((heading, at) => columnXml(at, heading, rows)).join('')}</cols><sheetData>`)
    await zip.write(`<row>${headings.map(heading => textXml(heading, ' s="1"')).join('')}</row>`)
  }

  for (const [part, text] of partsOf(name)) {
    await zip.begin(part)
    await zip.write(text)
  }
  await zip.begin('xl/worksheets/sheet1.xml')
  await zip.write(
    `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`,
  )
  return {
    async write(rows) {
      if (!hasBegun) await begin(rows)
      await zip.write(rows.map(row => `<row>${row.map(cellXml).join('')}</row>`).join(''))
    },
    async end() {
      if (!hasBegun) await begin([])
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
// Style 1 is a heading, 2 a day in the way of the reader's country (format 14).
const FONT = '<sz val="11"/><name val="Calibri"/>'
const PLAIN = 'fillId="0" borderId="0"'
const STYLES = `${XML}<styleSheet xmlns="${MAIN}"><fonts count="2"><font>${FONT}</font><font><b/>${FONT}</font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" ${PLAIN}/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" ${PLAIN} xfId="0"/><xf numFmtId="0" fontId="1" ${PLAIN} xfId="0" applyFont="1"/><xf numFmtId="14" fontId="0" ${PLAIN} xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`

function partsOf(name: string): readonly (readonly [string, string])[] {
  const sheet = escaped(name.replace(/[\\/?*[\]:]/g, ' ').slice(0, 31))
  return [
    [
      '[Content_Types].xml',
      `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPES}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${TYPES}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${TYPES}.styles+xml"/></Types>`,
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
      `${XML}<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ]
}

const NARROWEST = 9
const WIDEST = 48

/** As wide as its longest text, in characters, within bounds. */
function columnXml(at: number, heading: string, rows: readonly (readonly SheetCell[])[]): string {
  const longest = rows.reduce((most, row) => Math.max(most, widthOf(row[at] ?? null)), heading.length)
  const width = Math.min(WIDEST, Math.max(NARROWEST, longest + 2))
  return `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`
}

function widthOf(value: SheetCell): number {
  if (value === null) return 0
  return typeof value === 'object' ? value.day.length : String(value).length
}

function cellXml(value: SheetCell): string {
  if (value === null || value === '') return '<c/>'
  if (typeof value === 'number') return `<c><v>${value}</v></c>`
  if (typeof value === 'string') return textXml(value, '')
  const serial = serialOf(value.day)
  return serial === null ? textXml(value.day, '') : `<c s="2"><v>${serial}</v></c>`
}

// 1 March 1900. Days before it are a day off in some programs (29 February 1900 never was), or cannot be told at all.
const FIRST_SERIAL = 61
const LAST_SERIAL = 2_958_465

/** The number of a day in the 1900 date system (ECMA-376 part 1, 18.17.4.1); null when it has none that all agree on. */
function serialOf(day: string): number | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  const serial = at / 86_400_000 + 25_569
  return serial >= FIRST_SERIAL && serial <= LAST_SERIAL ? serial : null
}

function textXml(text: string, style: string): string {
  return `<c${style} t="inlineStr"><is><t xml:space="preserve">${escaped(shortened(text))}</t></is></c>`
}

/** A cell holds no more; the mark at the end says that something is missing. */
function shortened(text: string): string {
  if (text.length <= MOST_CELL_CHARACTERS) return text
  return `${text.slice(0, MOST_CELL_CHARACTERS - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** What XML cannot hold is written as `_xHHHH_`, and what looks like that already too (ECMA-376 part 1, 22.9.2.19). */
function escaped(text: string): string {
  return (
    text
      .replaceAll('\0', '')
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is written in another way.
      .replace(/[\u0001-\u0008\u000b-\u001f\ufffe\uffff]/g, character => {
        return `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`
      })
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  )
}
