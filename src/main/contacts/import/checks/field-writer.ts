import type { ColumnMapping, ImportOptions } from '../../../../shared/contract/imports.ts'
import { readBoolean } from '../mapping/cell-looks.ts'
import type { ContactDraft, RowProblem } from './checked-row.ts'
import { cleanCell, isPlain, oneLine } from './clean-cell.ts'
import { joinStreet } from './join-street.ts'
import { readMangled } from './mangled-number.ts'
import { findMojibake } from './mojibake.ts'
import { splitName } from './person-name.ts'
import { canonicalLanguage, canonicalZone, memory } from './platform-names.ts'
import { createCountryReader } from './read-country.ts'
import { notInFuture, readDate } from './read-date.ts'
import { readNumber } from './read-number.ts'
import { createPhoneReader } from './read-phone.ts'

/** A row while its cells are being written into a draft. Addresses, names and coordinates are judged afterwards. */
export interface RowUnderCheck {
  readonly draft: ContactDraft
  readonly problems: RowProblem[]
  emailCell: string
  phoneCell: string
  phone: 'none' | 'good' | 'invalid' | 'mangled'
  hasBlanks: boolean
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

const ENDS_IN_LETTER = /[a-zA-Z]$/
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
  const repairs = options.fixes.includes('repair_mojibake')
  const write = { text: textWriter(repairs), custom: customWriter(repairs, options) }

  function writerOf(target: string, type: ColumnMapping['type'], isJoined: boolean): Write {
    if (isTextField(target)) return isJoined ? joinWriter(target, repairs) : write.text(target)
    if (target.startsWith('custom:')) return write.custom(target.slice(7), type)
    if (target.startsWith('social:')) return socialWriter(target.slice(7))
    if (target.startsWith('external:')) return externalWriter(target.slice(9))
    switch (target) {
      case 'email':
        return (cell, under) => {
          under.emailCell = ENDS_IN_LETTER.test(cell) ? cell : cell.replace(/[\s.;,]+$/, '')
        }
      case 'phone':
        return (cell, under) => {
          const region = under.draft.country.length === 2 ? under.draft.country : options.country
          const mangled = readMangled(cell)
          const reading = readPhone(mangled?.digits ?? cell, region)
          under.phoneCell = cell
          under.phone = reading.kind === 'number' ? 'good' : mangled ? 'mangled' : reading.kind
          if (reading.kind !== 'number') return
          under.draft.phone = reading.e164
          if (mangled) {
            under.problems.push({ kind: 'mangled_phone', severity: 'corrected', value: cell, becomes: reading.e164 })
          }
        }
      case 'fullName': {
        const [first, last] = [write.text('firstName'), write.text('lastName')]
        return (cell, under) => {
          const name = splitName(cell)
          if (name.first !== '') first(name.first, under)
          if (name.last !== '') last(name.last, under)
        }
      }
      case 'country':
        return (cell, under) => {
          const text = lineOf(cell, under)
          if (text.length > 100) tooLong(cell, under)
          else under.draft.country = readCountry(text) ?? text
        }
      case 'latitude':
      case 'longitude':
        return coordinateWriter(target)
      case 'birthday':
        return birthdayWriter(options)
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

  const used = mapping.filter(({ target }) => target !== 'ignore')
  const often = (target: string): boolean => used.filter(column => column.target === target).length > 1
  // The country comes before the phone: it says where a number without a country code is dialled.
  const columns = used
    .map(({ column, target, type }) => ({
      index: column,
      first: target === 'country',
      write: writerOf(target, type, often(target)),
    }))
    .sort((a, b) => Number(b.first) - Number(a.first))
  const countryFor = options.constants['country'] ?? ''
  const writeCountry = writerOf('country', 'text', false)
  const constants = Object.entries(options.constants).flatMap(([target, value]) => {
    return target === 'country' || value === '' ? [] : [{ target, value, write: writerOf(target, 'text', false) }]
  })

  return (cells, under) => {
    let isCountryKnown = countryFor === ''
    for (const { index, first, write: writeCell } of columns) {
      if (!first && !isCountryKnown) {
        isCountryKnown = true
        if (under.draft.country === '') writeCountry(countryFor, under)
      }
      const raw = cells[index] ?? ''
      const cell = cleanCell(raw)
      if (cell === '') continue
      if (cell.length !== raw.length && raw.trim().length !== raw.length) under.hasBlanks = true
      writeCell(cell, under)
    }
    for (const constant of constants) {
      if (isBlank(under.draft, constant.target)) constant.write(constant.value, under)
    }
  }
}

function isBlank(draft: ContactDraft, target: string): boolean {
  if (isTextField(target)) return draft[target] === ''
  if (target === 'timeZone' || target === 'language' || target === 'birthday') return draft[target] === null
  return false
}

function isTextField(target: string): target is TextField {
  return Object.hasOwn(TEXTS, target)
}

function textWriter(repairs: boolean): (field: TextField) => Write {
  return field => {
    const most = TEXTS[field]
    return (cell, under) => {
      const text = isPlain(cell) ? cell : withoutMojibake(lineOf(cell, under), repairs, under)
      if (text.length > most) tooLong(cell, under)
      else under.draft[field] = text
    }
  }
}

/** Several columns for one field are put together in the order of the file. */
function joinWriter(field: TextField, repairs: boolean): Write {
  const join = field === 'street' ? joinStreet : (before: string, part: string) => `${before} ${part}`.trim()
  return (cell, under) => {
    const part = withoutMojibake(lineOf(cell, under), repairs, under)
    const joined = join(under.draft[field], part)
    if (joined.length > TEXTS[field]) tooLong(cell, under)
    else under.draft[field] = joined
  }
}

// What is out of range is judged with its partner: the two may be swapped.
function coordinateWriter(field: 'latitude' | 'longitude'): Write {
  return (cell, under) => {
    const value = readNumber(cell)
    if (value === null) under.problems.push({ kind: 'bad_number', severity: 'drops_value', value: cell })
    else under.draft[field] = value
  }
}

function birthdayWriter({ dateOrder, asOf, fixes }: ImportOptions): Write {
  const drops = fixes.includes('drop_future_date')
  return (cell, under) => {
    const read = readDate(cell, dateOrder)
    if (read === null) {
      under.problems.push({ kind: 'bad_date', severity: 'drops_value', value: cell })
      return
    }
    const day = notInFuture(read, cell, asOf)
    if (asOf !== '' && day > asOf) {
      const problem = { kind: 'future_date' as const, value: cell }
      if (drops) under.problems.push({ ...problem, severity: 'corrected', applied: 'drop_future_date' })
      else under.problems.push({ ...problem, severity: 'warning' })
      if (drops) return
    }
    under.draft.birthday = day
  }
}

function customWriter(repairs: boolean, options: ImportOptions): (key: string, type: ColumnMapping['type']) => Write {
  return (key, type) => (cell, under) => {
    if (cell.length > MOST_CUSTOM) return tooLong(cell, under)
    const value = customValue(cell, type, options)
    if (value === null) {
      const kind = type === 'date' ? 'bad_date' : 'bad_number'
      under.problems.push({ kind, severity: 'drops_value', value: cell })
      return
    }
    under.draft.custom ??= {}
    under.draft.custom[key] = typeof value === 'string' ? withoutMojibake(value, repairs, under) : value
  }
}

function customValue(
  cell: string,
  type: ColumnMapping['type'],
  { dateOrder, decimal }: ImportOptions,
): string | number | boolean | null {
  switch (type) {
    case 'number':
      return readNumber(cell, decimal)
    case 'date':
      return readDate(cell, dateOrder)
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
    const handle = lineOf(cell, under)
    if (handle.length > 300) return tooLong(cell, under)
    under.draft.socials ??= {}
    under.draft.socials[network] = handle
  }
}

function externalWriter(source: string): Write {
  return (cell, under) => {
    const id = lineOf(cell, under)
    if (id.length > 300) return tooLong(cell, under)
    under.draft.externalIds ??= []
    under.draft.externalIds.push([source, id])
  }
}

function writeTags(cell: string, under: RowUnderCheck): void {
  const separator = cell.includes(';') ? ';' : cell.includes('|') ? '|' : ','
  for (const part of cell.split(separator)) {
    const tag = lineOf(part, under)
    if (tag === '') continue
    under.draft.tags ??= []
    if (tag.length > MOST_TAG || under.draft.tags.length >= MOST_TAGS) tooLong(tag, under)
    else if (!under.draft.tags.includes(tag)) under.draft.tags.push(tag)
  }
}

function tooLong(cell: string, under: RowUnderCheck): void {
  under.problems.push({ kind: 'too_long', severity: 'drops_value', value: `${cell.slice(0, 60)}…` })
}

function withoutMojibake(text: string, repairs: boolean, under: RowUnderCheck): string {
  if (isPlain(text)) return text
  const garbled = findMojibake(text)
  if (garbled === null) return text
  const { meant } = garbled
  const value = text.slice(0, 120)
  if (meant === null || !repairs) {
    under.problems.push({ kind: 'mojibake', severity: 'warning', value, becomes: meant ?? '' })
    return text
  }
  under.problems.push({ kind: 'mojibake', severity: 'corrected', value, becomes: meant, applied: 'repair_mojibake' })
  return meant
}

function lineOf(cell: string, under: RowUnderCheck): string {
  const line = oneLine(cell)
  if (line.length !== cell.length && cell.includes('  ')) under.hasBlanks = true
  return line
}
