import type { PackedFile } from './packed-file.ts'
import { readXml } from './xml-parts.ts'

/** How the number of a cell is meant, by its style. */
export type CellFormat =
  | { readonly kind: 'number' }
  | { readonly kind: 'date' }
  | { readonly kind: 'time' }
  /** A number with leading zeros, such as a postal code: the digits it has at least. */
  | { readonly kind: 'digits'; readonly least: number }

const NUMBER: CellFormat = { kind: 'number' }
const DATE: CellFormat = { kind: 'date' }
const TIME: CellFormat = { kind: 'time' }

/** The formats of the styles of a workbook, by their number (ECMA-376 part 1, 18.8.30 and 18.8.45). */
export async function cellFormats(file: PackedFile, partName: string): Promise<readonly CellFormat[]> {
  const part = file.parts.get(partName)
  if (!part) return []
  const codes = new Map<number, string>()
  const formats: CellFormat[] = []
  let inCellFormats = false
  const listener = {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '')
      else if (name === 'cellXfs') inCellFormats = true
      else if (name === 'xf' && inCellFormats) formats.push(formatOf(Number(attributes['numFmtId'] ?? 0), codes))
    },
    text: () => undefined,
    close(name: string): void {
      if (name === 'cellXfs') inCellFormats = false
    },
  }
  for await (const _bytes of readXml(await file.open(part), listener)) if (formats.length > MOST_FORMATS) break
  return formats
}

// Excel's own limit is 65,490.
const MOST_FORMATS = 70_000

function formatOf(id: number, codes: ReadonlyMap<number, string>): CellFormat {
  const code = codes.get(id)
  if (code !== undefined) return formatOfCode(code)
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return DATE
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return TIME
  return NUMBER
}

/** What a format code such as `yyyy\-mm\-dd;@` makes of a number. */
export function formatOfCode(code: string): CellFormat {
  const [first = ''] = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';')
  const letters = first
    .toLowerCase()
    .replace('general', '')
    .replace(/am\/pm|a\/p/g, 'h')
  if (/[ydeg]/.test(letters) && !/[#0?]/.test(letters.replace(/\.0+/g, ''))) return DATE
  if (/[hs]/.test(letters)) return TIME
  if (/m/.test(letters)) return DATE
  return /^0{2,}$/.test(code) ? { kind: 'digits', least: code.length } : NUMBER
}
