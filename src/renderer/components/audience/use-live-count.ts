import { useDebouncedValue } from '@mantine/hooks'
import { useMemo } from 'react'
import type { RuleProblem } from '../../../shared/contract/segments.ts'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import type { Contribution } from './builder-context.ts'

const COUNT_AFTER_MS = 50
const DETAILS_AFTER_MS = 350
const NO_PROBLEMS: readonly RuleProblem[] = []
const NO_RULE: RuleGroup = { kind: 'group', id: 'root', match: 'all', negated: false, rules: [] }

/** Whom a rule finds, as it is being written. */
export interface LiveCount {
  readonly people: number | null
  readonly total: number
  readonly elapsedMs: number | null
  /** The number shown belongs to an earlier state of the rule. */
  readonly isStale: boolean
  readonly problems: readonly RuleProblem[]
  readonly contributions: ReadonlyMap<string, Contribution>
  readonly contributionsAreStale: boolean
  /** The rule as last counted without problems, for what is asked after the number; null while there is none. */
  readonly settled: RuleGroup | null
  readonly error: Error | null
}

/**
 * Counts at once after a change, and after the last one of several in a row. Whatever else was being asked is given up with the
 * first change, so that the number never waits for it.
 */
export function useLiveCount(rule: RuleGroup): LiveCount {
  const [soon] = useDebouncedValue(rule, COUNT_AFTER_MS, { leading: true })
  const [later] = useDebouncedValue(rule, DETAILS_AFTER_MS)
  const isEmpty = soon.rules.length === 0
  const count = useAsk('segments.count', api.segments.count, { rule: soon }, { enabled: !isEmpty, keepLast: true })
  const isCounted = count.data !== undefined && !count.isPlaceholderData && count.data.people !== null
  const settled = isCounted && rule === soon && later === soon && !isEmpty ? soon : null
  const parts = useAsk(
    'segments.contributions',
    api.segments.contributions,
    { rule: settled ?? NO_RULE },
    { enabled: settled !== null, keepLast: true },
  )
  const contributions = useMemo(
    () => new Map(isEmpty ? [] : parts.data?.parts.map(({ nodeId, alone, without }) => [nodeId, { alone, without }])),
    [parts.data, isEmpty],
  )
  return {
    people: isEmpty ? null : (count.data?.people ?? null),
    total: count.data?.total ?? 0,
    elapsedMs: isCounted ? count.data.elapsedMs : null,
    isStale: !isEmpty && (soon !== rule || count.isPlaceholderData || count.isPending),
    problems: isEmpty ? NO_PROBLEMS : (count.data?.problems ?? NO_PROBLEMS),
    contributions,
    contributionsAreStale: parts.isPlaceholderData || settled === null,
    settled,
    error: count.error,
  }
}
