import type { ImportProblem } from '../../../../shared/contract/imports.ts'
import { assertNever } from '../../../kernel/assert-never.ts'
import type { ProblemKind, RowProblem, Severity } from './checked-row.ts'

/** Collects problems in groups: what rejects rows first, then by how many rows have it. */
export interface ProblemGroups {
  add(line: number, problem: RowProblem): void
  list(): ImportProblem[]
}

const EXAMPLES_KEPT = 5
const EXAMPLE_LENGTH = 120
const ORDER: readonly Severity[] = ['rejects_row', 'drops_value', 'warning']

/** Groups in memory: counts are exact, examples are the first five. */
export function createProblemGroups(): ProblemGroups {
  const groups = new Map<
    string,
    { kind: ProblemKind; severity: Severity; count: number; examples: ImportProblem['examples'] }
  >()
  return {
    add(line, { kind, severity, value }) {
      const key = `${kind}:${severity}`
      let group = groups.get(key)
      if (!group) {
        group = { kind, severity, count: 0, examples: [] }
        groups.set(key, group)
      }
      group.count += 1
      if (group.examples.length < EXAMPLES_KEPT) group.examples.push({ line, value: value.slice(0, EXAMPLE_LENGTH) })
    },
    list: () =>
      [...groups.values()]
        .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.count - a.count)
        .map(group => ({ ...group, title: titleOf(group.kind, group.severity) })),
  }
}

function titleOf(kind: ProblemKind, severity: Severity): string {
  switch (kind) {
    case 'no_address':
      return 'Neither an e-mail address nor a phone number'
    case 'bad_email':
      return 'Not an e-mail address'
    case 'bad_phone':
      return severity === 'rejects_row' ? 'Not a phone number, and no e-mail address' : 'Not a phone number: left out'
    case 'bad_date':
      return 'Not a date: left out'
    case 'bad_number':
      return 'Not what the field holds (number, yes or no): left out'
    case 'typo_domain':
      return 'The domain looks mistyped'
    case 'mangled_phone':
      return 'A spreadsheet cut the phone number short'
    case 'mojibake':
      return 'Letters look garbled, as if the text had been read in the wrong encoding'
    case 'repeated_in_file':
      return 'The address comes more than once in the file'
    case 'ragged_row':
      return severity === 'rejects_row' ? 'A quotation mark that never closes' : 'More or fewer fields than columns'
    case 'role_address':
      return 'An address of a function (info@, sales@), not of a person'
    case 'too_long':
      return severity === 'rejects_row' ? 'A field longer than a megabyte' : 'Too long for the field: left out'
    default:
      return assertNever(kind)
  }
}
