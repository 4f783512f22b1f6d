import type { CustomFieldInfo } from '../../../shared/domain/segment-fields.ts'
import { Condition, type Rule, type RuleGroup, SegmentRule } from '../../../shared/domain/segment-rule.ts'
import { type RuleReading, readForeignCondition } from './foreign-condition.ts'
import { readCustomerFilter, readLeadFilter } from './foreign-filter.ts'

/** The programs and forms whose rules can be read. */
export type RuleFormat = 'tidings' | 'flat' | 'leads' | 'customers' | 'grouped' | 'unknown'

/** A rule as it was read, or why it was not. */
export interface ImportedRule {
  readonly format: RuleFormat
  /** null while there are problems: a rule without the part that was not understood would find other people. */
  readonly rule: RuleGroup | null
  readonly problems: readonly { readonly path: string; readonly text: string }[]
  readonly notes: readonly string[]
}

type Record_ = Readonly<Record<string, unknown>>

/** Reads the text of a rule: one that was copied here, or one of the forms that other programs write (issue 3, section 3). */
export function importRule(
  text: string,
  known: {
    readonly custom: readonly CustomFieldInfo[]
    readonly tags: readonly { readonly id: string; readonly name: string }[]
    readonly ids: { next(): string }
  },
): ImportedRule {
  const problems: { path: string; text: string }[] = []
  const notes: string[] = []
  const reading: RuleReading = {
    ...known,
    problem: (path, what) => problems.push({ path, text: what }),
    note: what => notes.push(what),
  }
  const given = recordOf(parsed(text))
  if (given === null) {
    return {
      format: 'unknown',
      rule: null,
      problems: [{ path: '', text: 'That is not a rule written as JSON.' }],
      notes,
    }
  }
  const { format, rule } = readAny(given, reading)
  if (rule === null && problems.length === 0) problems.push({ path: '', text: 'No conditions were found in it.' })
  return { format, rule: problems.length === 0 ? rule : null, problems, notes }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function recordOf(value: unknown): Record_ | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : null
}

function readAny(given: Record_, reading: RuleReading): { format: RuleFormat; rule: RuleGroup | null } {
  if (given['kind'] !== undefined) return { format: 'tidings', rule: ownRule(given, reading) }
  if (Array.isArray(given['groups'])) return { format: 'grouped', rule: readGroups(given['groups'], reading) }
  if (given['logic'] !== undefined && Array.isArray(given['rules'])) {
    return { format: 'flat', rule: readFlat(given, 'rules', reading) }
  }
  const inner = recordOf(given['rules'] ?? given['segment_rules'] ?? given['segmentRules'])
  if (inner) return readAny(inner, reading)
  const filter = recordOf(given['audienceFilter'] ?? given['filter'])
  const type = given['audienceType']
  if (filter && type === 'customers') return { format: 'customers', rule: readCustomerFilter(filter, reading) }
  if (filter && type === 'leads') return { format: 'leads', rule: readLeadFilter(filter, reading) }
  if (type !== undefined) {
    reading.problem('audienceType', `${JSON.stringify(type)} has no filter that could be read.`)
    return { format: 'unknown', rule: null }
  }
  const keys = Object.keys(given)
  const isCustomers = keys.some(key => ['engagementScore', 'totalSpent', 'totalOrders', 'lastOrderDays'].includes(key))
  if (isCustomers) return { format: 'customers', rule: readCustomerFilter(given, reading) }
  const isLeads = keys.some(key => ['status', 'quality', 'assignedUserId', 'city', 'state', 'tags'].includes(key))
  if (isLeads) return { format: 'leads', rule: readLeadFilter(given, reading) }
  reading.problem('', 'This form of a rule is not known.')
  return { format: 'unknown', rule: null }
}

/** A rule, or a part of one, that was copied in Tidings; parts get new ids so that they can stand beside the originals. */
function ownRule(given: Record_, reading: RuleReading): RuleGroup | null {
  const group = SegmentRule.safeParse(given)
  if (group.success) return group.data
  const condition = Condition.safeParse(given)
  if (condition.success) {
    return { kind: 'group', id: reading.ids.next(), match: 'all', negated: false, rules: [condition.data] }
  }
  for (const issue of group.error.issues.slice(0, 10)) reading.problem(issue.path.map(String).join('.'), issue.message)
  return null
}

function matchOf(logic: unknown, path: string, reading: RuleReading): 'all' | 'any' {
  if (logic === 'AND' || logic === 'and') return 'all'
  if (logic === 'OR' || logic === 'or') return 'any'
  reading.problem(path, `"${String(logic)}" joins nothing: AND or OR was expected.`)
  return 'all'
}

function readFlat(given: Record_, path: string, reading: RuleReading): RuleGroup {
  const rules = Array.isArray(given['rules']) ? given['rules'] : []
  return {
    kind: 'group',
    id: reading.ids.next(),
    match: matchOf(given['logic'], 'logic', reading),
    negated: false,
    rules: rules.flatMap((rule: unknown, n) => readForeign(rule, `${path}.${n}`, reading) ?? []),
  }
}

function readForeign(rule: unknown, path: string, reading: RuleReading): Rule | null {
  const given = recordOf(rule)
  const field = given?.['field'] ?? given?.['attribute']
  const operator = given?.['operator']
  if (given && Array.isArray(given['rules'])) return readFlat(given, `${path}.rules`, reading)
  if (!given || typeof field !== 'string' || typeof operator !== 'string') {
    reading.problem(path, 'A condition needs a field and an operator.')
    return null
  }
  const { value, coordinates } = given
  return readForeignCondition({ path, field, operator, value, coordinates }, reading)
}

/** The conditions of a group hold together; its operator joins it to the groups before it, from the first to the last. */
function readGroups(groups: readonly unknown[], reading: RuleReading): RuleGroup | null {
  const joins = new Set<'all' | 'any'>()
  let whole: RuleGroup | null = null
  for (const [n, group] of groups.entries()) {
    const given = recordOf(group)
    const rules = given && Array.isArray(given['rules']) ? given['rules'] : null
    if (!given || !rules || rules.length === 0) {
      reading.problem(`groups.${n}`, 'A group needs conditions.')
      continue
    }
    const own: RuleGroup = {
      kind: 'group',
      id: reading.ids.next(),
      match: 'all',
      negated: false,
      rules: rules.flatMap((rule: unknown, k) => readForeign(rule, `groups.${n}.rules.${k}`, reading) ?? []),
    }
    if (whole === null) {
      whole = own
      continue
    }
    const match = matchOf(given['operator'] ?? given['logic'] ?? 'AND', `groups.${n}.operator`, reading)
    joins.add(match)
    const before: RuleGroup = whole
    whole = { kind: 'group', id: reading.ids.next(), match, negated: false, rules: [before, own] }
  }
  if (joins.size > 1)
    reading.note('Groups are joined by AND and OR: they were put together from the first to the last.')
  return whole
}
