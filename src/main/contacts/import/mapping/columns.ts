import type { ColumnMapping, ImportColumn } from '../../../../shared/contract/imports.ts'
import { readNumber } from '../checks/read-number.ts'
import { looksLikeDate, looksLikeEmail, looksLikePhone } from './cell-looks.ts'
import { customKey, namesExternalId, normaliseName, targetOfName } from './column-names.ts'
import { choicesOf, typeOf } from './column-type.ts'
import { isOwnColumn } from './import-options.ts'
import { joinOf } from './joined-columns.ts'
import { isUnnamed, targetsOfValues } from './value-targets.ts'

/** A column with what it should become; `filled` is known only after reading the rows. */
export type ColumnSuggestion = Omit<ImportColumn, 'filled'>

interface Candidate {
  readonly column: number
  readonly target: string
  readonly score: number
  readonly why: string
}

const SAMPLES_SHOWN = 5
const SAMPLE_LENGTH = 200
// Below this a suggestion would surprise more often than help; the column becomes a field of its own.
const LEAST_SCORE = 3
const FULLNESS_WEIGHT = 4
const MANY_COLUMNS = new Set(['tags', 'note', 'ignore'])

/** What each column should become, from its name and its values. Of two columns for one field the better one gets it. */
export function suggestColumns(names: readonly string[], rows: readonly (readonly string[])[]): ColumnSuggestion[] {
  const values = names.map((_, column) => filledCells(rows, column))
  const named = names.map((name, column) => candidatesFor(column, name, values[column] ?? [], rows.length))
  const open = names.flatMap((name, column) => {
    const best = named[column]?.reduce((most, { score }) => Math.max(most, score), 0) ?? 0
    return best < LEAST_SCORE && (isUnnamed(normaliseName(name)) || targetOfName(name)?.certainty === 1)
      ? [{ column, values: values[column] ?? [] }]
      : []
  })
  const candidates: Candidate[] = [...named.flat(), ...(open.length > 0 ? targetsOfValues(open) : [])]
  const taken = new Map<number, Candidate>()
  const targets = new Set<string>()
  for (const candidate of candidates.sort((a, b) => b.score - a.score || a.column - b.column)) {
    if (candidate.score < LEAST_SCORE || taken.has(candidate.column)) continue
    if (targets.has(candidate.target) && !MANY_COLUMNS.has(candidate.target)) continue
    taken.set(candidate.column, candidate)
    targets.add(candidate.target)
  }
  if (targets.has('firstName')) placeFullName(taken, targets.has('lastName'))
  names.forEach((name, column) => {
    const joined = taken.has(column) || !values[column]?.length ? null : joinOf(name, targets)
    if (joined) taken.set(column, { column, score: 0, ...joined })
  })
  const keys = new Set<string>()
  return names.map((name, column) => suggestion(name, column, values[column] ?? [], taken.get(column), keys))
}

// "Name" beside "Vorname" is the family's; beside first and last name it says nothing new.
function placeFullName(taken: Map<number, Candidate>, hasLastName: boolean): void {
  const full = [...taken.values()].find(({ target }) => target === 'fullName')
  if (!full) return
  if (hasLastName) taken.delete(full.column)
  else taken.set(full.column, { ...full, target: 'lastName', why: 'A name beside the first name' })
}

/** The mapping that the suggestions amount to. */
export function mappingOf(columns: readonly ColumnSuggestion[]): ColumnMapping[] {
  return columns.map(({ column, name, suggestion: target, type, choices }) => ({
    column,
    name: name.slice(0, 300),
    target,
    label: target.startsWith('custom:') ? name.replace(/\s+/g, ' ').trim().slice(0, 100) : '',
    type,
    ...(choices.length > 0 && target.startsWith('custom:') ? { choices } : {}),
  }))
}

function suggestion(
  name: string,
  column: number,
  values: readonly string[],
  found: Candidate | undefined,
  keys: Set<string>,
): ColumnSuggestion {
  const samples = [...new Set(values)].slice(0, SAMPLES_SHOWN).map(value => value.slice(0, SAMPLE_LENGTH))
  const type = typeOf(values)
  const shown = { column, name, samples, choices: type === 'choice' ? choicesOf(values) : [] }
  if (found) return { ...shown, suggestion: found.target, why: found.why, type: 'text' }
  if (isOwnColumn(name)) {
    return { ...shown, suggestion: 'ignore', why: 'Written by Tidings to say what to correct', type }
  }
  if (values.length === 0) return { ...shown, suggestion: 'ignore', why: 'The column is empty', type: 'text' }
  let key = customKey(name, column)
  for (let n = 2; keys.has(key); n++) key = `${customKey(name, column).slice(0, 50)}_${n}`
  keys.add(key)
  return { ...shown, suggestion: `custom:${key}`, why: `Kept as a field of its own (${type})`, type }
}

function candidatesFor(column: number, name: string, values: readonly string[], rows: number): Candidate[] {
  const found: Candidate[] = []
  const add = (target: string, score: number, why: string): void => {
    found.push({ column, target, score, why })
  }
  const share = (looks: (cell: string) => boolean): number =>
    values.length === 0 ? 0 : values.filter(looks).length / values.length
  const byName = targetOfName(name)
  // Of two columns of addresses the fuller one is the better one, also when its name says less.
  const fullness = (values.length / Math.max(1, rows)) * FULLNESS_WEIGHT
  if (byName) {
    const isAddress = byName.target === 'email' || byName.target === 'phone'
    const agrees = values.length === 0 ? 0 : agreement(byName.target, share)
    const disagrees = values.length >= 3 && agrees < -0.5
    add(
      byName.target,
      byName.certainty * 10 + (disagrees ? -8 : agrees + (isAddress ? fullness : 0)),
      `Named “${byName.by}”${agrees > 0.8 ? ', and the values look like it' : ''}`,
    )
  }
  const fax = /\b(tele)?fax\b/.test(normaliseName(name))
  const emails = share(looksLikeEmail)
  if (emails >= 0.7) add('email', 5 + emails + fullness, 'The values look like e-mail addresses')
  const phones = share(looksLikePhone)
  if (phones >= 0.8 && !fax) add('phone', 4 + phones + fullness, 'The values look like phone numbers')
  if (namesExternalId(name) && values.length > 0 && new Set(values).size >= values.length * 0.98 && !found.length) {
    const source = name
      .replace(/[^A-Za-z0-9 _.-]/g, '')
      .trim()
      .slice(0, 40)
    if (source !== '') add(`external:${source}`, 6, 'Every value is different: an id in another system')
  }
  return found
}

/** Between -1 and 1: how well the values fit what the name says. Fields that can hold anything agree with everything. */
function agreement(target: string, share: (looks: (cell: string) => boolean) => number): number {
  switch (target) {
    case 'email':
      return share(looksLikeEmail) * 2 - 1
    case 'phone':
      return share(cell => /\d{5}/.test(cell.replace(/\D/g, '')) && !looksLikeEmail(cell)) * 2 - 1
    case 'birthday':
      return share(cell => looksLikeDate(cell) || /^\d{5}$/.test(cell)) * 2 - 1
    case 'latitude':
      return share(cell => within(cell, 90)) * 2 - 1
    case 'longitude':
      return share(cell => within(cell, 180)) * 2 - 1
    case 'firstName':
    case 'lastName':
    case 'fullName':
      return share(cell => !looksLikeEmail(cell)) * 2 - 1
    default:
      return 0
  }
}

function within(cell: string, most: number): boolean {
  const value = readNumber(cell)
  return value !== null && Math.abs(value) <= most
}

function filledCells(rows: readonly (readonly string[])[], column: number): string[] {
  const filled: string[] = []
  for (const row of rows) {
    const cell = row[column]?.trim()
    if (cell) filled.push(cell)
  }
  return filled
}

/** Names for every column: blanks get a number, doubles a suffix. */
export function columnNames(header: readonly string[] | null, width: number): string[] {
  const seen = new Map<string, number>()
  return Array.from({ length: Math.max(width, header?.length ?? 0) }, (_, column) => {
    const name = header?.[column]?.replace(/\s+/g, ' ').trim().slice(0, 290) || `Column ${column + 1}`
    const before = seen.get(name.toLowerCase()) ?? 0
    seen.set(name.toLowerCase(), before + 1)
    return before === 0 ? name : `${name} (${before + 1})`
  })
}
