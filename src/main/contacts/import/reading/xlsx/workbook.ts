import { AppError } from '../../../../../shared/contract/failure.ts'
import { locked, openPackedFile, type PackedFile, type PackedPart } from './packed-file.ts'
import { readXml } from './xml-parts.ts'

/** A sheet of a workbook, in the order of its tabs. */
export interface SheetPart {
  readonly name: string
  readonly isHidden: boolean
  readonly part: PackedPart
}

/** An open workbook; close it. Macros, pictures and links to other files are left alone. */
export interface Workbook {
  readonly file: PackedFile
  readonly sheets: readonly SheetPart[]
  readonly is1904: boolean
  readonly stylesPart: string
  readonly stringsPart: string
}

interface Relation {
  readonly type: string
  readonly target: string
}

const USUAL_PLACE = 'xl/workbook.xml'

/** Opens an .xlsx or .xlsm file. Fails with `invalid_input` and words for a person when it is something else or damaged. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const file = await openPackedFile(path)
  try {
    return await read(file)
  } catch (error) {
    file.close()
    throw error
  }
}

async function read(file: PackedFile): Promise<Workbook> {
  const place =
    [...(await relations(file, '')).values()].find(({ type }) => type === 'officeDocument')?.target ?? USUAL_PLACE
  const main = file.parts.get(place)
  if (!main) throw noWorkbook(file)
  if (place.endsWith('.bin')) throw otherWorkbook('a binary workbook (.xlsb)')
  const related = await relations(file, place)
  const sheets: SheetPart[] = []
  let is1904 = false
  const listener = {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(attributes['date1904'] ?? '')
      if (name !== 'sheet') return
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? ''
      const target = related.get(id)
      const part = target?.type === 'worksheet' ? file.parts.get(target.target) : undefined
      const state = attributes['state'] ?? 'visible'
      if (part) sheets.push({ name: attributes['name'] ?? '', isHidden: state !== 'visible', part })
    },
    text: () => undefined,
    close: () => undefined,
  }
  for await (const _bytes of readXml(await file.open(main), listener));
  if (sheets.length === 0)
    throw new AppError('invalid_input', 'The workbook has no sheet with cells. Choose another file.')
  const folder = place.slice(0, place.lastIndexOf('/') + 1)
  const partOf = (type: string, usual: string): string =>
    [...related.values()].find(relation => relation.type === type)?.target ?? `${folder}${usual}`
  return {
    file,
    sheets,
    is1904,
    stylesPart: partOf('styles', 'styles.xml'),
    stringsPart: partOf('sharedStrings', 'sharedstrings.xml'),
  }
}

/** What a part refers to, by id. Links out of the workbook are left out. */
async function relations(file: PackedFile, place: string): Promise<ReadonlyMap<string, Relation>> {
  const slash = place.lastIndexOf('/') + 1
  const part = file.parts.get(`${place.slice(0, slash)}_rels/${place.slice(slash)}.rels`)
  const found = new Map<string, Relation>()
  if (!part) return found
  const listener = {
    open(name: string, attributes: Readonly<Record<string, string>>): void {
      if (name !== 'Relationship' || attributes['TargetMode'] === 'External') return
      const target = (attributes['Target'] ?? '').toLowerCase().replaceAll('\\', '/')
      const type = (attributes['Type'] ?? '').replace(/^.*\//, '')
      found.set(attributes['Id'] ?? '', { type, target: resolved(place.slice(0, slash), target) })
    },
    text: () => undefined,
    close: () => undefined,
  }
  for await (const _bytes of readXml(await file.open(part), listener));
  return found
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1)
  const steps = folder.split('/').slice(0, -1)
  for (const step of target.split('/')) {
    if (step === '..') steps.pop()
    else if (step !== '.' && step !== '') steps.push(step)
  }
  return steps.join('/')
}

function noWorkbook({ parts }: PackedFile): AppError {
  if (parts.has('encryptedpackage')) return locked()
  if (parts.has('xl/workbook.bin')) return otherWorkbook('a binary workbook (.xlsb)')
  if (parts.has('content.xml')) return otherWorkbook('an OpenDocument file')
  if (parts.has('index/document.iwa') || parts.has('index.zip')) return otherWorkbook('a Numbers document')
  if (parts.has('word/document.xml')) return otherWorkbook('a Word document')
  return new AppError(
    'invalid_input',
    'That is a packed file and no workbook. Unpack it first and choose the table in it.',
  )
}

function otherWorkbook(what: string): AppError {
  return new AppError(
    'invalid_input',
    `That is ${what}. Save the table as .xlsx or as CSV (UTF-8) and choose that file.`,
  )
}
