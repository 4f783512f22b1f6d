import { type PackingFaults, packedFile } from './packed-file.ts'

/** A cell: a text (shared), a number, a truth, nothing, or the XML of a cell without its reference. */
export type WorkbookCell = string | number | boolean | null | { readonly xml: string } | { readonly date: number }

/** A workbook as spreadsheet programs write it, made of its essentials. */
export interface WorkbookSketch {
  readonly sheets: Readonly<Record<string, readonly (readonly WorkbookCell[])[]>>
  readonly hidden?: readonly string[]
  readonly is1904?: boolean
  /** More parts, or other ones for those that are made. */
  readonly parts?: Readonly<Record<string, string | Uint8Array>>
  readonly faults?: PackingFaults
}

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

// Style 1 is a day, 2 day and time, 3 five digits, 4 a format of one's own with the day, 5 a time.
const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="00000"/><numFmt numFmtId="165" formatCode="[$-407]d\\.\\ mmmm\\ yyyy;@"/></numFmts><cellStyleXfs count="1"><xf numFmtId="14"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="20"/></cellXfs></styleSheet>`

/** The bytes of a workbook. */
export function workbookFile(sketch: WorkbookSketch): Buffer {
  const texts: string[] = []
  const names = Object.keys(sketch.sheets)
  const sheets = names.map(name => sheetXml(sketch.sheets[name] ?? [], texts))
  const listed = names.map((name, index) => {
    const state = sketch.hidden?.includes(name) ? ' state="hidden"' : ''
    return `<sheet name="${escaped(name)}" sheetId="${index + 1}"${state} r:id="rId${index + 1}"/>`
  })
  const related = names.map((_, index) => relation(`rId${index + 1}`, 'worksheet', `worksheets/sheet${index + 1}.xml`))
  related.push(relation('rIdT', 'sharedStrings', 'sharedStrings.xml'), relation('rIdS', 'styles', 'styles.xml'))
  const items = texts.map(text => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')
  return packedFile(
    {
      '[Content_Types].xml': `${HEAD}<Types/>`,
      '_rels/.rels': relations([relation('rId1', 'officeDocument', 'xl/workbook.xml')]),
      'xl/workbook.xml': `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><workbookPr${sketch.is1904 ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>`,
      'xl/_rels/workbook.xml.rels': relations(related),
      'xl/styles.xml': STYLES,
      'xl/sharedStrings.xml': `${HEAD}<sst xmlns="${MAIN}">${items}</sst>`,
      ...Object.fromEntries(sheets.map((xml, index) => [`xl/worksheets/sheet${index + 1}.xml`, xml])),
      ...sketch.parts,
    },
    sketch.faults,
  )
}

function sheetXml(rows: readonly (readonly WorkbookCell[])[], texts: string[]): string {
  const lines = rows.map((cells, index) => {
    const written = cells.map((cell, column) => cellXml(cell, `${columnName(column)}${index + 1}`, texts))
    return written.some(xml => xml !== '') ? `<row r="${index + 1}">${written.join('')}</row>` : ''
  })
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${lines.join('')}</sheetData></worksheet>`
}

function cellXml(cell: WorkbookCell, reference: string, texts: string[]): string {
  if (cell === null) return ''
  switch (typeof cell) {
    case 'string':
      texts.push(cell)
      return `<c r="${reference}" t="s"><v>${texts.length - 1}</v></c>`
    case 'number':
      return `<c r="${reference}"><v>${cell}</v></c>`
    case 'boolean':
      return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`
    default:
      return 'xml' in cell
        ? cell.xml.replace('<c', `<c r="${reference}"`)
        : `<c r="${reference}" s="1"><v>${cell.date}</v></c>`
  }
}

function columnName(column: number): string {
  const letter = String.fromCharCode(65 + (column % 26))
  return column < 26 ? letter : columnName(Math.floor(column / 26) - 1) + letter
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`
}

function relations(lines: readonly string[]): string {
  return `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${lines.join('')}</Relationships>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
