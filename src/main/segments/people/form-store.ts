import { sql } from 'kysely'
import type { Range } from '../rule/range.ts'
import type { Sql } from './text-store.ts'

/** What the compiler knows of the workspace. */
export interface Ground {
  /** About how many contacts there are. */
  readonly people: number
  /** Names of the indexes of contacts. */
  readonly indexes: ReadonlySet<string>
  /** Currencies of orders. */
  readonly currencies: readonly string[]
}

/** A select of numbers of contacts, as `no`. */
export interface NumberSet {
  readonly select: Sql
  /** Whether no number comes twice. */
  readonly isDistinct: boolean
  /** Whether rows of deleted contacts may be among them. */
  readonly mayBeGone: boolean
  /** Rows that are read for it, each giving at most one number: what is counted to know how large it is. */
  readonly rows: Sql
  /** What reading one of them costs, in µs. */
  readonly readCost: number
  /** Where each contact has at most one row in one table: questions of the same `table` can be asked of one row. */
  readonly row: OneRow | null
}

/** A question about the one row that a contact has in a table. */
export interface OneRow {
  /** Names the table and what picks the row in it. */
  readonly table: string
  /** A select of `no` that ends in a condition. */
  readonly select: Sql
  /** The same by a walk over the table, in order of number, where that is quicker for many; null where it never is. */
  readonly walk: Sql | null
  /** What is asked of the row; never null. */
  readonly test: Sql
}

/** The ways to answer one question in SQL. At least one of `column` and `set` is there. */
export interface LeafForm {
  /** True for the row `c` of contacts; may be null instead of false. */
  readonly column: Sql | null
  /** Everybody for whom it is true; null when only a walk over all contacts finds them. */
  readonly set: NumberSet | null
  /** True for the contact of a number; only where there is no column. */
  readonly probe: ((no: Sql) => Sql) | null
  /** What a probe costs, in µs. */
  readonly probeCost: number
}

/** A set of distinct numbers whose rows are cheap to read. */
export function plainSet(select: Sql, more: Partial<NumberSet> = {}): NumberSet {
  return { select, rows: select, isDistinct: true, mayBeGone: true, readCost: 0.1, row: null, ...more }
}

/** A set of the contacts whose one row in a table passes a test. */
export function rowSet(row: OneRow): NumberSet {
  return plainSet(sql`${row.select} and ${row.test}`, { row })
}

/** Comparisons of a number with a range; never null for a number. */
export function inRange(value: Sql, { low, lowIncluded, high, highIncluded, inverted }: Range): Sql {
  const parts: Sql[] = []
  if (low !== null && low === high && lowIncluded && highIncluded) {
    return inverted ? sql`${value} <> ${low}` : sql`${value} = ${low}`
  }
  if (low !== null) parts.push(lowIncluded ? sql`${value} >= ${low}` : sql`${value} > ${low}`)
  if (high !== null) parts.push(highIncluded ? sql`${value} <= ${high}` : sql`${value} < ${high}`)
  if (parts.length === 0) return inverted ? sql`0` : sql`${value} is not null`
  const both = sql`(${sql.join(parts, sql` and `)})`
  return inverted ? sql`not ${both}` : both
}
