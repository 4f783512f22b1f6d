import type { ColumnMapping, ImportOptions } from '../../../../shared/contract/imports.ts'
import { looksLikeEmail } from '../mapping/cell-looks.ts'
import type { TableRow } from '../reading/table-row.ts'
import { type CheckedRow, emptyDraft, type ProblemKind, type RowProblem } from './checked-row.ts'
import { createEmailJudge } from './email-judge.ts'
import { createFieldWriter, type RowUnderCheck } from './field-writer.ts'
import { judgeCoordinates, judgeNames } from './judge-fields.ts'

/** Turns a row of cells into a contact, or says why it cannot be one. */
export type RowCheck = (row: TableRow) => CheckedRow

/**
 * The check for one mapping and one choice of options; pure, made once for a file. A row needs a usable address. A bad
 * e-mail address rejects the row even beside a good phone, because nobody would notice its loss; any other bad value is
 * left out and reported.
 */
export function createRowCheck(mapping: readonly ColumnMapping[], options: ImportOptions): RowCheck {
  const write = createFieldWriter(mapping, options)
  const fixes = new Set(options.fixes)
  const judgeEmail = createEmailJudge(fixes, new Set(options.keptDomains))
  const width = mapping.reduce((most, { column }) => Math.max(most, column + 1), 0)
  const emailField = fieldName(mapping, 'email')
  const phoneField = fieldName(mapping, 'phone')
  const findMisplaced = misplacedEmails(mapping)

  function written(cells: readonly string[], problems: RowProblem[]): RowUnderCheck {
    const draft = emptyDraft()
    const under: RowUnderCheck = { draft, problems, emailCell: '', phoneCell: '', phone: 'none', hasBlanks: false }
    write(cells, under)
    return under
  }

  return row => {
    if (row.fault !== null) return unreadable(row)
    let problems: RowProblem[] = []
    if (isRagged(row.cells, width)) problems.push({ kind: 'ragged_row', severity: 'warning', value: shape(row, width) })
    let under = written(row.cells, problems)
    let email = judgeEmail(under.emailCell)
    // Only a row without a good address is searched for one: that is seldom, and looking at every cell is not cheap.
    const misplaced = email.kind === 'address' ? null : findMisplaced(row.cells)
    if (misplaced !== null) {
      const notice = { kind: 'misplaced_email' as const, value: misplaced.email, becomes: emailField }
      if (fixes.has('take_misplaced_email')) {
        problems = [{ ...notice, severity: 'corrected', applied: 'take_misplaced_email' }]
        under = written(misplaced.cells, problems)
        email = judgeEmail(under.emailCell)
      } else if (email.kind === 'invalid' || under.draft.phone === null) {
        return rejected(problems, notice.kind, misplaced.email, emailField, MISPLACED)
      } else problems.push({ ...notice, severity: 'warning' })
    }
    const { draft, phoneCell } = under
    if (under.hasBlanks) problems.push({ kind: 'extra_blanks', severity: 'corrected', value: lineOf(row.cells) })
    if (email.kind === 'invalid') {
      return rejected(problems, email.problem, email.written, emailField, email.reason, email.becomes)
    }
    if (email.kind === 'address') {
      draft.email = email.address
      draft.emailKey = email.key
      draft.ident = `e${email.key}`
      problems.push(...email.problems)
      if (email.tag !== '') draft.tags = [...(draft.tags ?? []), email.tag]
    } else if (draft.phone !== null) draft.ident = `p${draft.phone}`
    if (under.phone === 'invalid' || under.phone === 'mangled') {
      const kind = under.phone === 'mangled' ? 'mangled_phone' : 'bad_phone'
      if (draft.email !== null) problems.push({ kind, severity: 'drops_value', value: phoneCell })
      else return rejected(problems, kind, phoneCell, phoneField, phoneFault(under.phone, options.country))
    }
    if (draft.ident === '') {
      const field = emailField || phoneField
      return rejected(problems, 'no_address', '', field, 'The row has neither an e-mail address nor a phone number.')
    }
    if (draft.latitude !== null || draft.longitude !== null) judgeCoordinates(draft, problems, fixes)
    judgeNames(draft, problems, fixes)
    return { kind: 'contact', contact: draft, problems }
  }
}

const MISPLACED = 'The e-mail address stands in another column.'

function phoneFault(fault: 'invalid' | 'mangled', country: string): string {
  return fault === 'mangled'
    ? 'A spreadsheet turned the phone number into 1.23E+10 and its last digits are lost. Take it from the source again.'
    : `That is no phone number in ${country}; write others with + and their country code.`
}

/** Finds the only e-mail address outside its column, and gives the cells with the two exchanged. */
function misplacedEmails(
  mapping: readonly ColumnMapping[],
): (cells: readonly string[]) => { readonly email: string; readonly cells: readonly string[] } | null {
  const emailAt = mapping.find(({ target }) => target === 'email')?.column
  const others = mapping.filter(({ target }) => PLACES.has(target)).map(({ column }) => column)
  if (emailAt === undefined) return () => null
  return cells => {
    const found = others.filter(column => cells[column]?.includes('@') && looksLikeEmail(cells[column]))
    const [at] = found
    if (at === undefined || found.length > 1) return null
    const exchanged = [...cells]
    exchanged[emailAt] = cells[at] ?? ''
    exchanged[at] = cells[emailAt] ?? ''
    return { email: cells[at] ?? '', cells: exchanged }
  }
}

// Where a shifted or exchanged address is looked for; in a note or a field of its own it may well belong.
const PLACES = new Set(['firstName', 'lastName', 'fullName', 'company', 'phone', 'street', 'city'])

function unreadable(row: TableRow): CheckedRow {
  const text = row.cells.join(' ').slice(0, 80)
  return row.fault === 'unterminated_quote'
    ? rejected([], 'ragged_row', text, '', 'A quotation mark opens on this line and never closes.')
    : rejected([], 'too_long', text, '', 'A field is longer than a megabyte.')
}

function rejected(
  problems: readonly RowProblem[],
  kind: ProblemKind,
  value: string,
  field: string,
  reason: string,
  becomes = '',
): CheckedRow {
  return {
    kind: 'rejected',
    field,
    reason,
    problems: [...problems, { kind, severity: 'rejects_row', value, becomes }],
  }
}

function lineOf(cells: readonly string[]): string {
  const shown = cells.find(cell => cell !== cell.trim() || cell.includes('  '))
  return shown === undefined ? '' : `“${shown}”`
}

function isRagged(cells: readonly string[], width: number): boolean {
  if (cells.length === width) return false
  return cells.length < width || cells.slice(width).some(cell => cell.trim() !== '')
}

function shape(row: TableRow, width: number): string {
  return `${row.cells.length} fields instead of ${width}`
}

function fieldName(mapping: readonly ColumnMapping[], target: string): string {
  return mapping.find(column => column.target === target)?.name ?? ''
}
