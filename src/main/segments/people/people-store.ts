import { sql } from 'kysely'
import type { Reader } from '../../storage/transaction.ts'
import type { Ask, Leaf } from '../rule/ask.ts'
import type { Ground, LeafForm, NumberSet, OneRow } from './form-store.ts'
import { formOf } from './leaf-store.ts'
import type { Sql } from './text-store.ts'

/** About how many contacts each question finds; Infinity where only a walk over all of them would tell. */
export type Sizes = ReadonlyMap<Leaf, number>

/** What SQL is made from. */
export interface Plan {
  readonly ground: Ground
  readonly sizes: Sizes
}

/** Every question in a tree of questions. */
export function leavesOf(ask: Ask): readonly Leaf[] {
  switch (ask.kind) {
    case 'all':
    case 'any':
      return ask.asks.flatMap(leavesOf)
    case 'not':
      return leavesOf(ask.ask)
    default:
      return [ask]
  }
}

// Rows that are counted to know how large a set is: a millisecond or two.
const COUNTED_SHARE = 20
const COUNTED_LEAST = 1000

/** The SQL that finds the people of a rule. One compiler for counts, samples, pages, audiences and memberships. */
export const peopleStore = {
  /** What the compiler must know. Cheap: nothing in it walks over contacts. */
  async ground(reader: Reader): Promise<Ground> {
    const { rows } = await sql<{ people: number; indexes: string }>`
      select coalesce((select max(no) from contacts), 0) as people,
        (select json_group_array(name) from sqlite_schema where type = 'index' and tbl_name = 'contacts') as indexes`.execute(
      reader,
    )
    const [row] = rows
    const names: unknown = JSON.parse(row?.indexes ?? '[]')
    return {
      people: row?.people ?? 0,
      indexes: new Set(Array.isArray(names) ? names.map(String) : []),
      currencies: await peopleStore.currencies(reader),
    }
  },

  /** The currencies in which anybody bought, found by hops over an index. */
  async currencies(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ name: string }>`
      with recursive currency (name) as (
        select min(currency) from order_totals
        union all select (select min(currency) from order_totals where currency > name) from currency where name is not null
      )
      select name from currency where name is not null`.execute(reader)
    return rows.map(row => row.name)
  },

  /** Counts the sets of these questions, each up to a share of everybody. */
  async sizes(reader: Reader, leaves: readonly Leaf[], ground: Ground): Promise<readonly number[]> {
    const most = Math.max(COUNTED_LEAST, Math.floor(ground.people / COUNTED_SHARE))
    const sets = leaves.map(leaf => formOf(leaf, ground).set)
    const counts = sets.flatMap((set, n) =>
      set === null ? [] : [sql`(select count(*) from (${set.rows} limit ${most})) as ${sql.ref(`n${n}`)}`],
    )
    if (counts.length === 0) return leaves.map(() => Number.POSITIVE_INFINITY)
    const { rows } = await sql<Record<string, number>>`select ${sql.join(counts)}`.execute(reader)
    return sets.map((set, n) => {
      if (set === null) return Number.POSITIVE_INFINITY
      const counted = rows[0]?.[`n${n}`] ?? 0
      // Not counted to the end: a quarter of everybody is a fair guess, more than half the best one is never off by much.
      return counted >= most ? Math.max(most, ground.people / 4) : counted
    })
  },

  /** Exactly how many contacts are found. */
  async count(reader: Reader, ask: Ask, plan: Plan): Promise<number> {
    const { rows } = await sql<{ people: number }>`select ${countOf(ask, plan)} as people`.execute(reader)
    return rows[0]?.people ?? 0
  },

  /** A number that is another one after anybody wrote anything. Only for a connection that does not write itself. */
  async dataVersion(reader: Reader): Promise<number> {
    const { rows } = await sql<{ data_version: number }>`pragma data_version`.execute(reader)
    return rows[0]?.data_version ?? 0
  },

  /** All contacts. */
  async total(reader: Reader): Promise<number> {
    const { rows } = await sql<{ people: number }>`select count(*) as people from contacts`.execute(reader)
    return rows[0]?.people ?? 0
  },

  /** The next numbers of contacts that are found after `after`, ascending. */
  async page(reader: Reader, ask: Ask, plan: Plan, after: number, limit: number): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`
      select no from (${peopleOf(ask, plan)}) where no > ${after} order by no limit ${limit}`.execute(reader)
    return rows.map(row => row.no)
  },

  /** Numbers of some who are found, in whatever order they are found first. */
  async some(reader: Reader, ask: Ask, plan: Plan, limit: number): Promise<readonly number[]> {
    const { rows } = await sql<{ no: number }>`select no from (${peopleOf(ask, plan)}) limit ${limit}`.execute(reader)
    return rows.map(row => row.no)
  },

  /** Everybody who is found, in ranges of `width` numbers: number of the range to the numbers in it, ascending, as JSON. */
  async inRanges(
    reader: Reader,
    ask: Ask,
    plan: Plan,
    width: number,
  ): Promise<readonly { readonly range: number; readonly nos: string }[]> {
    const { rows } = await sql<{ range: number; nos: string }>`
      select no / ${sql.lit(width)} as range, json_group_array(no) as nos from (${peopleOf(ask, plan)})
      group by 1 order by 1`.execute(reader)
    return rows
  },

  /** The text of the SQL and how SQLite goes about it, for tests and the benchmark. */
  async explain(reader: Reader, ask: Ask, plan: Plan): Promise<readonly string[]> {
    const { rows } = await sql<{ detail: string }>`
      explain query plan select count(*) from (${peopleOf(ask, plan)})`.execute(reader)
    return rows.map(row => row.detail)
  },
}

/** Whether the row `c` of contacts is found; `times` is for how many rows it will be asked. */
export function isFound(ask: Ask, plan: Plan, times: number): Sql {
  return predicate(ask, plan, { no: sql`c.no`, hasRow: true, times })
}

/** How many are found, in one statement: two would see the contacts at two moments. */
function countOf(ask: Ask, plan: Plan): Sql<number> {
  const opposite = oppositeOf(ask)
  if (opposite === null) return sql<number>`(select count(*) from (${peopleOf(ask, plan)}))`
  return sql<number>`((select count(*) from contacts) - ${countOf(opposite, plan)})`
}

/** A question that finds everybody else, where that is the quicker one: all parts of the given one are negated. */
function oppositeOf(ask: Ask): Ask | null {
  if (ask.kind === 'not') return ask.ask
  if (ask.kind !== 'all') return null
  const asks = flat(ask.asks).map(one => (one.kind === 'not' ? one.ask : null))
  const positive = asks.flatMap(one => one ?? [])
  return positive.length === asks.length ? { kind: 'any', asks: positive } : null
}

function flat(asks: readonly Ask[]): readonly Ask[] {
  return asks.flatMap(ask => (ask.kind === 'all' ? flat(ask.asks) : [ask]))
}

function flatAny(asks: readonly Ask[]): readonly Ask[] {
  return asks.flatMap(ask => (ask.kind === 'any' ? flatAny(ask.asks) : [ask]))
}

// A set up to this share of everybody leads the search; for more a walk over the contacts is quicker.
const LEADING_SHARE = 0.6
// Several sets up to this share together are put together; for more a walk is quicker than making them distinct.
const UNION_SHARE = 1

/** A select of the numbers of all contacts who are found, each once. */
export function peopleOf(ask: Ask, plan: Plan): Sql {
  switch (ask.kind) {
    case 'all':
      return allOf(flat(ask.asks), plan)
    case 'any':
      return anyOf(flatAny(ask.asks), plan)
    case 'not':
      return walk([ask], plan)
    default: {
      const form = formOf(ask, plan.ground)
      return form.set === null ? walk([ask], plan) : existing(form.set)
    }
  }
}

/** The numbers of a set, each once and of contacts that are still there. */
function existing({ select, isDistinct, mayBeGone }: NumberSet): Sql {
  const distinct = isDistinct ? sql`` : sql`distinct`
  const there = mayBeGone ? sql`where no not in (select no from contacts_gone)` : sql``
  return isDistinct && !mayBeGone ? select : sql`select ${distinct} no from (${select}) ${there}`
}

function walk(asks: readonly Ask[], plan: Plan): Sql {
  const tests = asks.map(ask => isFound(ask, plan, plan.ground.people))
  return sql`select c.no as no from contacts c where ${sql.join(tests, sql` and `)}`
}

function allOf(asks: readonly Ask[], plan: Plan): Sql {
  const [only, ...others] = asks
  if (only !== undefined && others.length === 0) return peopleOf(only, plan)
  const sized = asks.map(ask => ({ ask, size: sizeOf(ask, plan) })).sort((a, b) => a.size - b.size)
  const [lead, ...rest] = sized
  if (lead === undefined || lead.size > plan.ground.people * LEADING_SHARE) return walk(asks, plan)
  const form = isLeaf(lead.ask) ? fused(formOf(lead.ask, plan.ground), rest, plan, lead.size) : null
  const asked = rest.map(one => one.ask).filter(ask => !sharesRow(ask, form, plan))
  if (asked.length === 0 && form?.set) return existing(form.set)
  const set = form?.set ?? { select: peopleOf(lead.ask, plan), isDistinct: true, mayBeGone: false }
  const size = lead.size
  const fromSets = isQuickerFromSets(asked, plan, size)
  const [first, last] = split(asked, ask => fromSets || !asksForRow(ask, plan))
  const early = tests(first, plan, { no: sql`lead.no`, hasRow: false, times: size })
  if (last.length === 0) {
    const distinct = set.isDistinct ? sql`` : sql`distinct`
    const there = set.mayBeGone ? sql`lead.no not in (select no from contacts_gone) and` : sql``
    return sql`select ${distinct} lead.no as no from (${set.select}) as lead where ${there} ${early}`
  }
  const late = tests(last, plan, { no: sql`c.no`, hasRow: true, times: size })
  if (first.length === 0 && form?.column) {
    // The index of the leading column gives the rows themselves.
    return sql`select c.no as no from contacts c where ${form.column} and ${late}`
  }
  const some = first.length === 0 ? set.select : sql`select lead.no from (${set.select}) as lead where ${early}`
  // In order of number, so that rows that lie together are read together; and each once.
  return sql`select c.no as no from contacts c not indexed where c.no in (${some}) and ${late}`
}

function tests(asks: readonly Ask[], plan: Plan, asked: Asked): Sql {
  return sql.join(
    asks.map(ask => predicate(ask, plan, asked)),
    sql` and `,
  )
}

function split<T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [readonly T[], readonly T[]] {
  return [all.filter(isFirst), all.filter(one => !isFirst(one))]
}

/** Whether sets from indexes answer all questions about columns sooner than the rows of so many contacts are read. */
function isQuickerFromSets(asks: readonly Ask[], plan: Plan, times: number): boolean {
  const leaves = asks.flatMap(leavesOf).filter(leaf => formOf(leaf, plan.ground).column !== null)
  const gathered = leaves.map(leaf => {
    const readCost = formOf(leaf, plan.ground).set?.readCost ?? 0
    return (plan.sizes.get(leaf) ?? Number.POSITIVE_INFINITY) * (readCost + KEEP) + times * FIND
  })
  // Other questions are asked first, and leave fewer rows to be read.
  const left = asks.some(ask => !asksForRow(ask, plan)) ? LEFT_SHARE : 1
  return leaves.length > 0 && gathered.reduce((sum, cost) => sum + cost, 0) < times * left * ROW
}

/** The leading question with those others that are about the same row of a contact, so that one look answers all of them. */
function fused(lead: LeafForm, rest: readonly { readonly ask: Ask }[], plan: Plan, size: number): LeafForm {
  if (!lead.set?.row) return lead
  const others = rest.flatMap(({ ask }) => {
    if (!sharesRow(ask, lead, plan)) return []
    const test = rowOf(ask.kind === 'not' ? ask.ask : ask, plan)?.test
    return test === undefined ? [] : [ask.kind === 'not' ? sql`not (${test})` : sql`(${test})`]
  })
  if (others.length === 0) return lead
  const { select, walk, test } = lead.set.row
  const isWide = size > plan.ground.people * WALKED_SHARE
  const joined = sql.join([sql`(${test})`, ...others], sql` and `)
  return { ...lead, set: { ...lead.set, select: sql`${isWide && walk !== null ? walk : select} and ${joined}` } }
}

function rowOf(ask: Ask, plan: Plan): OneRow | null {
  return isLeaf(ask) ? (formOf(ask, plan.ground).set?.row ?? null) : null
}

function sharesRow(ask: Ask, lead: LeafForm | null, plan: Plan): boolean {
  const table = lead?.set?.row?.table
  return table !== undefined && rowOf(ask.kind === 'not' ? ask.ask : ask, plan)?.table === table
}

function anyOf(asks: readonly Ask[], plan: Plan): Sql {
  const [only, ...others] = asks
  if (only !== undefined && others.length === 0) return peopleOf(only, plan)
  const sum = asks.reduce((total, ask) => total + sizeOf(ask, plan), 0)
  if (sum > plan.ground.people * UNION_SHARE) return walk([{ kind: 'any', asks }], plan)
  return sql.join(
    asks.map(ask => sql`select no from (${peopleOf(ask, plan)})`),
    sql` union `,
  )
}

/** About how many contacts are found, seldom fewer than there are; Infinity where only a walk over all of them would tell. */
export function sizeOf(ask: Ask, plan: Plan): number {
  switch (ask.kind) {
    case 'all':
      return Math.min(...ask.asks.map(one => sizeOf(one, plan)))
    case 'any':
      return ask.asks.reduce((sum, one) => sum + sizeOf(one, plan), 0)
    case 'not':
      return Number.POSITIVE_INFINITY
    default:
      return plan.sizes.get(ask) ?? Number.POSITIVE_INFINITY
  }
}

function isLeaf(ask: Ask): ask is Leaf {
  return ask.kind !== 'all' && ask.kind !== 'any' && ask.kind !== 'not'
}

function asksForRow(ask: Ask, plan: Plan): boolean {
  return leavesOf(ask).some(leaf => formOf(leaf, plan.ground).column !== null)
}

interface Asked {
  readonly no: Sql
  /** Whether the row `c` is there. */
  readonly hasRow: boolean
  /** For how many contacts it is asked. */
  readonly times: number
}

function predicate(ask: Ask, plan: Plan, asked: Asked): Sql {
  switch (ask.kind) {
    case 'all':
    case 'any': {
      const parts = ask.asks.map(one => predicate(one, plan, asked))
      return sql`(${sql.join(parts, ask.kind === 'all' ? sql` and ` : sql` or `)})`
    }
    case 'not':
      return sql`(${predicate(ask.ask, plan, asked)}) is not true`
    default:
      return leafPredicate(ask, formOf(ask, plan.ground), plan, asked)
  }
}

// An index that finds so many rows of a small table, and leads from each to its row, is slower than reading the table.
const WALKED_SHARE = 0.05
// What further questions usually leave.
const LEFT_SHARE = 0.4
// µs: reading the row of a contact, which is seldom at hand.
const ROW = 2.5
// µs: putting a number into a table of numbers, and looking one up there.
const KEEP = 0.25
const FIND = 0.15

function leafPredicate(leaf: Leaf, form: LeafForm, plan: Plan, { no, hasRow, times }: Asked): Sql {
  const size = plan.sizes.get(leaf) ?? Number.POSITIVE_INFINITY
  const gathered = size * ((form.set?.readCost ?? 0) + KEEP) + times * FIND
  if (form.set !== null && gathered < times * form.probeCost && (form.column === null || form.probeCost >= 1)) {
    return gatheredIn(no, form.set)
  }
  if (form.column !== null && hasRow) return form.column
  if (form.column !== null && form.set !== null) return gatheredIn(no, form.set)
  if (form.probe !== null) return form.probe(no)
  return sql`exists (select 1 from contacts c where c.no = ${no} and ${form.column ?? sql`0`})`
}

/** Whether a number is in a set. The plus keeps SQLite from letting the set lead: who leads is decided already. */
function gatheredIn(no: Sql, { select }: NumberSet): Sql {
  return sql`+${no} in (${select})`
}
