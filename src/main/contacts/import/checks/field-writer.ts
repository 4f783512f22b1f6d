import type { ColumnMapping, ImportOptions } from '../../../../shared/contract/imports.ts'
import { readBoolean } from '../mapping/cell-looks.ts'
import type { ContactDraft, RowProblem } from './checked-row.ts'
import { splitName } from './person-name.ts'
import { createCountryReader } from './read-country.ts'
import { readDate } from './read-date.ts'
import { readNumber } from './read-number.ts'
import { createPhoneReader } from './read-phone.ts'

/** A row while its cells are being written into a draft. The e-mail address is judged afterwards. */
export interface RowUnderCheck {
  readonly draft: ContactDraft
  readonly problems: RowProblem[]
  emailCell: string
  phoneCell: string
  phone: 'none' | 'good' | 'invalid' | 'mangled'
}

type Write = (cell: string, under: RowUnderCheck) => void

// As in the contract's ContactFields: what is longer could be stored but never be shown again.
const TEXTS = {
  firstName: 200,
  lastName: 200,
  company: 300,
  street: 300,
  city: 200,
  region: 200,
  postalCode: 40,
  leadStatus: 60,
  leadQuality: 60,
} as const
type TextField = keyof typeof TEXTS

const MOST_CUSTOM = 4000
const MOST_NOTE = 10_000
const MOST_TAG = 60
const MOST_TAGS = 100

/** Writes the cells of a row into a draft, after a mapping. Bad values are left out and reported. */
export function createFieldWriter(
  mapping: readonly ColumnMapping[],
  options: ImportOptions,
): (cells: readonly string[], under: RowUnderCheck) => void {
  const readPhone = createPhoneReader()
  const readCountry = memory(createCountryReader())
  const zones = memory(canonicalZone)
  const languages = memory(canonicalLanguage)

  function writerOf({ target, type }: ColumnMapping): Write {
    if (isTextField(target)) return textWriter(target)
    if (target.startsWith('custom:')) return customWriter(target.slice(7), type, options)
    if (target.startsWith('social:')) return socialWriter(target.slice(7))
    if (target.startsWith('external:')) return externalWriter(target.slice(9))
    switch (target) {
      case 'email':
        return (cell, under) => {
          under.emailCell = cell.replace(/[\s.;,]+$/, '')
        }
      case 'phone':
        return (cell, under) => {
          const region = under.draft.country.length === 2 ? under.draft.country : options.country
          const reading = readPhone(cell, region)
          under.phoneCell = cell
          under.phone = reading.kind === 'number' ? 'good' : reading.kind
          if (reading.kind === 'number') under.draft.phone = reading.e164
        }
      case 'fullName':
        return (cell, under) => {
          const { first, last } = splitName(cell)
          textWriter('firstName')(first, under)
          if (last !== '') textWriter('lastName')(last, under)
        }
      case 'country':
        return (cell, under) => {
          const text = oneLine(cell)
          if (text.length > 100) tooLong(cell, under)
          else under.draft.country = readCountry(text) ?? text
        }
      case 'latitude':
        return coordinateWriter('latitude', 90)
      case 'longitude':
        return coordinateWriter('longitude', 180)
      case 'birthday':
        return (cell, under) => {
          const day = readDate(cell, options.dateOrder)
          if (day === null) under.problems.push({ kind: 'bad_date', severity: 'drops_value', value: cell })
          else under.draft.birthday = day
        }
      case 'timeZone':
        return (cell, under) => {
          under.draft.timeZone = zones(cell)
        }
      case 'language':
        return (cell, under) => {
          under.draft.language = languages(cell)
        }
      case 'tags':
        return writeTags
      case 'note':
        return (cell, under) => {
          const note = under.draft.note === null ? cell : `${under.draft.note}\n${cell}`
          if (note.length > MOST_NOTE) tooLong(cell, under)
          else under.draft.note = note
        }
      default:
        return () => undefined
    }
  }

  // The country comes before the phone: it says where a number without a country code is dialled.
  const columns = mapping
    .filter(({ target }) => target !== 'ignore')
    .map(column => ({ index: column.column, first: column.target === 'country', write: writerOf(column) }))
    .sort((a, b) => Number(b.first) - Number(a.first))

  return (cells, under) => {
    for (const { index, write } of columns) {
      const cell = cleanCell(cells[index] ?? '')
      if (cell !== '') write(cell, under)
    }
  }
}

function isTextField(target: string): target is TextField {
  return Object.hasOwn(TEXTS, target)
}

function textWriter(field: TextField): Write {
  const most = TEXTS[field]
  return (cell, under) => {
    const text = oneLine(cell)
    if (text.length > most) return tooLong(cell, under)
    lookForMojibake(text, under)
    under.draft[field] = text
  }
}

function coordinateWriter(field: 'latitude' | 'longitude', most: number): Write {
  return (cell, under) => {
    const value = readNumber(cell)
    if (value === null || Math.abs(value) > most) {
      under.problems.push({ kind: 'bad_number', severity: 'drops_value', value: cell })
    } else under.draft[field] = value
  }
}

function customWriter(key: string, type: ColumnMapping['type'], options: ImportOptions): Write {
  return (cell, under) => {
    if (cell.length > MOST_CUSTOM) return tooLong(cell, under)
    const value = customValue(cell, type, options)
    if (value === null) {
      const kind = type === 'date' ? 'bad_date' : 'bad_number'
      under.problems.push({ kind, severity: 'drops_value', value: cell })
      return
    }
    if (typeof value === 'string') lookForMojibake(value, under)
    under.draft.custom ??= {}
    under.draft.custom[key] = value
  }
}

function customValue(
  cell: string,
  type: ColumnMapping['type'],
  options: ImportOptions,
): string | number | boolean | null {
  switch (type) {
    case 'number':
      return readNumber(cell)
    case 'date':
      return readDate(cell, options.dateOrder)
    case 'boolean':
      return readBoolean(cell)
    case 'text':
    case 'choice':
    case 'list':
      return cell
  }
}

function socialWriter(network: string): Write {
  return (cell, under) => {
    const handle = oneLine(cell)
    if (handle.length > 300) return tooLong(cell, under)
    under.draft.socials ??= {}
    under.draft.socials[network] = handle
  }
}

function externalWriter(source: string): Write {
  return (cell, under) => {
    const id = oneLine(cell)
    if (id.length > 300) return tooLong(cell, under)
    under.draft.externalIds ??= []
    under.draft.externalIds.push([source, id])
  }
}

function writeTags(cell: string, under: RowUnderCheck): void {
  const separator = cell.includes(';') ? ';' : cell.includes('|') ? '|' : ','
  for (const part of cell.split(separator)) {
    const tag = oneLine(part)
    if (tag === '') continue
    under.draft.tags ??= []
    if (tag.length > MOST_TAG || under.draft.tags.length >= MOST_TAGS) tooLong(tag, under)
    else if (!under.draft.tags.includes(tag)) under.draft.tags.push(tag)
  }
}

function tooLong(cell: string, under: RowUnderCheck): void {
  under.problems.push({ kind: 'too_long', severity: 'drops_value', value: `${cell.slice(0, 60)}…` })
}

// UTF-8 read as Windows-1252 and saved again: "Ã©" for é, "â€™" for ’, "Â " for a blank that does not break.
const MOJIBAKE = /Ã[\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u2122]|Â[\u00a0-\u00bf]/

function lookForMojibake(text: string, under: RowUnderCheck): void {
  if (!text.includes('Ã') && !text.includes('â€') && !text.includes('Â')) return
  if (MOJIBAKE.test(text)) under.problems.push({ kind: 'mojibake', severity: 'warning', value: text.slice(0, 120) })
}

const APOSTROPHE = 39
const NOTHING = new Set([
  '#n/a',
  '#na',
  'n/a',
  'null',
  '\\n',
  '#ref!',
  '#value!',
  '#name?',
  '#div/0!',
  '(null)',
  '#null!',
])

/** The text of a cell: trimmed, without the apostrophe that guards a formula; error values of spreadsheets are nothing. */
export function cleanCell(raw: string): string {
  const text = raw.trim()
  if (text === '') return ''
  if (text.length <= 8 && /^[#nN(\\]/.test(text) && NOTHING.has(text.toLowerCase())) return ''
  // Our own export, and others, put an apostrophe before what a spreadsheet would take for a formula.
  return text.charCodeAt(0) === APOSTROPHE && /^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text
}

// Most cells are plain words: for them one look is enough, a sixth of the time of putting them in order.
const PLAIN = /^[!-~]+(?: [!-~]+)*$/

function oneLine(text: string): string {
  if (PLAIN.test(text)) return text
  return text.replace(/\s+/g, ' ').trim().normalize('NFC')
}

function canonicalZone(cell: string): string | null {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: cell }).resolvedOptions().timeZone
  } catch {
    return null
  }
}

function canonicalLanguage(cell: string): string | null {
  try {
    const found = Intl.getCanonicalLocales(cell.replaceAll('_', '-'))[0]
    return found !== undefined && found.length <= 35 ? found : null
  } catch {
    return null
  }
}

// The same few zones and languages come a million times, and the platform takes its time over each.
function memory(read: (cell: string) => string | null): (cell: string) => string | null {
  const known = new Map<string, string | null>()
  return cell => {
    const before = known.get(cell)
    if (before !== undefined) return before
    const value = read(cell)
    if (known.size < 5000) known.set(cell, value)
    return value
  }
}
