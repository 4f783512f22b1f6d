import type { ImportFix, ImportProblem } from '../../../../shared/contract/import-checks.ts'
import { assertNever } from '../../../kernel/assert-never.ts'

type Kind = Pick<ImportProblem, 'kind' | 'severity' | 'applied'>

/** What a group of problems is called, for a person. */
export function titleOf({ kind, severity, applied }: Kind): string {
  const rejects = severity === 'rejects_row'
  const isDone = severity === 'corrected'
  switch (kind) {
    case 'no_address':
      return 'Neither an e-mail address nor a phone number'
    case 'bad_email':
      return 'Not an e-mail address'
    case 'repairable_email':
      return isDone ? 'Mistyped e-mail addresses, repaired' : 'An e-mail address with a typing mistake'
    case 'misplaced_email':
      return isDone
        ? 'E-mail addresses from another column, put in their place'
        : 'The e-mail address stands in another column'
    case 'cleaned_email':
      return 'Cleaned around the e-mail address: mailto:, <…>, invisible characters'
    case 'bad_phone':
      return rejects ? 'Not a phone number, and no e-mail address' : 'Not a phone number: left out'
    case 'mangled_phone':
      return isDone
        ? 'Phone numbers in the notation of a spreadsheet, written out'
        : 'A spreadsheet cut the phone number short'
    case 'bad_date':
      return 'Not a date: left out'
    case 'future_date':
      return isDone ? 'Birthdays in the future, left out' : 'A birthday in the future'
    case 'bad_number':
      return 'Not what the field holds (number, yes or no): left out'
    case 'swapped_coordinates':
      return isDone ? 'Latitude and longitude, swapped back' : 'Latitude and longitude look swapped'
    case 'typo_domain':
      return isDone ? 'Mistyped domains, corrected' : 'The domain looks mistyped'
    case 'role_address':
      if (applied === 'tag_role') return 'Addresses of a function, tagged'
      return rejects ? 'Addresses of a function, left out' : 'An address of a function (info@, sales@), not of a person'
    case 'disposable_address':
      if (applied === 'tag_disposable') return 'Addresses of a throw-away service, tagged'
      return rejects ? 'Addresses of a throw-away service, left out' : 'An address of a throw-away service'
    case 'mojibake':
      return isDone
        ? 'Garbled letters, repaired'
        : 'Letters look garbled, as if the text had been read in the wrong encoding'
    case 'capitals':
      return isDone ? 'Names in capitals, written as names' : 'Names in capitals'
    case 'extra_blanks':
      return 'Superfluous blanks, taken out'
    case 'too_long':
      return rejects ? 'A field longer than a megabyte' : 'Too long for the field: left out'
    case 'ragged_row':
      return rejects ? 'A quotation mark that never closes' : 'More or fewer fields than columns'
    case 'repeated_in_file':
      return 'The address comes more than once in the file'
    default:
      return assertNever(kind)
  }
}

const FIXES: Partial<Record<ImportProblem['kind'], readonly ImportFix[]>> = {
  typo_domain: ['typo_domain'],
  repairable_email: ['repair_email'],
  misplaced_email: ['take_misplaced_email'],
  capitals: ['name_case'],
  mojibake: ['repair_mojibake'],
  future_date: ['drop_future_date'],
  swapped_coordinates: ['swap_coordinates'],
  role_address: ['tag_role', 'skip_role'],
  disposable_address: ['tag_disposable', 'skip_disposable'],
}

/** What can be done about a group with one click; an applied fix is offered no more. */
export function fixesFor({ kind, applied }: Kind): ImportFix[] {
  return applied === null ? [...(FIXES[kind] ?? [])] : []
}
