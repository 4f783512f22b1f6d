import type { ImportFix, ImportProblem } from '../../../../shared/contract/import-checks.ts'
import type { ProblemKind, RowProblem, Severity } from './checked-row.ts'
import { fixesFor, titleOf } from './problem-kinds.ts'

/** Collects problems in groups: what rejects rows first, then by how many rows have it. */
export interface ProblemGroups {
  add(line: number, problem: RowProblem): void
  list(): ImportProblem[]
}

const EXAMPLES_KEPT = 5
const EXAMPLE_LENGTH = 120
const ORDER: readonly Severity[] = ['rejects_row', 'drops_value', 'warning', 'corrected']

interface Group {
  readonly kind: ProblemKind
  readonly severity: Severity
  readonly applied: ImportFix | null
  count: number
  /** The row that came last: two values of one row are one row with the problem. */
  line: number
  readonly parts: Map<string, ImportProblem['parts'][number]>
  readonly examples: ImportProblem['examples']
}

/** Groups in memory: counts are exact, examples are the first five. */
export function createProblemGroups(): ProblemGroups {
  const groups = new Map<string, Group>()
  return {
    add(line, { kind, severity, value, becomes = '', applied = null, part }) {
      const key = `${kind}:${severity}:${applied}`
      let group = groups.get(key)
      if (!group) {
        group = { kind, severity, applied, count: 0, line: 0, parts: new Map(), examples: [] }
        groups.set(key, group)
      }
      if (group.line === line) return
      group.line = line
      group.count += 1
      if (part) group.parts.set(part.value, { ...part, count: (group.parts.get(part.value)?.count ?? 0) + 1 })
      if (group.examples.length >= EXAMPLES_KEPT) return
      group.examples.push({ line, value: value.slice(0, EXAMPLE_LENGTH), becomes: becomes.slice(0, EXAMPLE_LENGTH) })
    },
    list: () =>
      [...groups.values()]
        .sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.count - a.count)
        .map(({ line: _line, parts, ...group }) => ({
          ...group,
          parts: [...parts.values()].sort((a, b) => b.count - a.count),
          title: titleOf(group),
          fixes: fixesFor(group),
        })),
  }
}
