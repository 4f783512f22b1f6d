import type { ColumnMapping, ImportOptions } from '../../../../shared/contract/imports.ts'
import { type EmailFault, readEmail } from '../../../../shared/domain/email-address.ts'
import type { TableRow } from '../reading/table-row.ts'
import { type CheckedRow, emptyDraft, type ProblemKind, type RowProblem, type Severity } from './checked-row.ts'
import { createFieldWriter, type RowUnderCheck } from './field-writer.ts'
import { ROLE_NAMES, TYPO_DOMAINS } from './typo-domains.ts'

/** Turns a row of cells into a contact, or says why it cannot be one. */
export type RowCheck = (row: TableRow) => CheckedRow

const EMAIL_FAULTS: Readonly<Record<EmailFault, string>> = {
  empty: 'The e-mail address is empty.',
  no_at: 'An e-mail address needs a name, an @ and a domain, such as name@example.org.',
  too_long: 'The e-mail address is longer than mail servers accept (64 characters before the @, 254 in all).',
  bad_local_part: 'The part before the @ holds a blank or a character that e-mail addresses cannot have.',
  bad_domain: 'The part behind the @ is not a domain such as example.org.',
}

/**
 * The check for one mapping and one choice of options; pure, made once for a file. A row needs a usable address. A bad
 * e-mail address rejects the row even beside a good phone, because nobody would notice its loss; any other bad value is
 * left out and reported.
 */
export function createRowCheck(mapping: readonly ColumnMapping[], options: ImportOptions): RowCheck {
  const write = createFieldWriter(mapping, options)
  const width = mapping.reduce((most, { column }) => Math.max(most, column + 1), 0)
  const emailField = fieldName(mapping, 'email')
  const phoneField = fieldName(mapping, 'phone')

  return row => {
    if (row.fault !== null) return unreadable(row)
    const problems: RowProblem[] = []
    if (isRagged(row.cells, width)) problems.push({ kind: 'ragged_row', severity: 'warning', value: shape(row, width) })
    const under: RowUnderCheck = { draft: emptyDraft(), problems, emailCell: '', phoneCell: '', phone: 'none' }
    write(row.cells, under)
    const { draft, emailCell, phoneCell } = under
    if (emailCell !== '') {
      const reading = readEmail(emailCell)
      if (reading.kind === 'invalid')
        return rejected(problems, 'bad_email', emailCell, emailField, EMAIL_FAULTS[reading.reason])
      draft.email = reading.address
      draft.emailKey = reading.key
      draft.ident = `e${reading.key}`
      lookAtAddress(reading.key, problems)
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
    return { kind: 'contact', contact: draft, problems }
  }
}

function phoneFault(fault: 'invalid' | 'mangled', country: string): string {
  return fault === 'mangled'
    ? 'A spreadsheet turned the phone number into 1.23E+10 and its last digits are lost. Take it from the source again.'
    : `That is no phone number in ${country}; write others with + and their country code.`
}

function lookAtAddress(key: string, problems: RowProblem[]): void {
  const at = key.lastIndexOf('@')
  const meant = TYPO_DOMAINS[key.slice(at + 1)]
  if (meant !== undefined) problems.push({ kind: 'typo_domain', severity: 'warning', value: `${key} → ${meant}?` })
  if (ROLE_NAMES.has(key.slice(0, at))) problems.push({ kind: 'role_address', severity: 'warning', value: key })
}

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
): CheckedRow {
  const severity: Severity = 'rejects_row'
  return { kind: 'rejected', field, reason, problems: [...problems, { kind, severity, value }] }
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
