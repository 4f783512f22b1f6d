/** What was examined under a name, and the first thing that is wrong. */
export interface Check {
  readonly name: string
  readonly ok: boolean
  /** How many rows were looked at. */
  readonly rows: number
  /** Empty, or the id of the first that is wrong and why. */
  readonly found: string
}

/** Collects what is found; keeps one violation a check, so that memory does not grow with what is wrong. */
export interface Findings {
  /** A check begins to exist when it has looked at something. */
  saw(check: string, rows: number): void
  wrong(check: string, id: string, why: string): void
  checks(): readonly Check[]
}

/** Findings in the order in which the checks are named. */
export function createFindings(names: readonly string[]): Findings {
  const seen = new Map(names.map(name => [name, 0]))
  const first = new Map<string, string>()
  return {
    saw(check, rows) {
      seen.set(check, (seen.get(check) ?? 0) + rows)
    },
    wrong(check, id, why) {
      if (!first.has(check)) first.set(check, `${id}: ${why}`)
    },
    checks: () => [...seen].map(([name, rows]) => ({ name, rows, ok: !first.has(name), found: first.get(name) ?? '' })),
  }
}
