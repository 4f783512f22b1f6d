import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'

/** A rule as it is being written, with the way back and forth. */
export interface RuleHistory {
  readonly rule: RuleGroup
  readonly past: readonly RuleGroup[]
  readonly future: readonly RuleGroup[]
  /** What the last change was about, and when, so that typing is undone by the word and not by the letter. */
  readonly last: { readonly about: string; readonly at: number } | null
}

const MOST_STEPS = 200
const ONE_STROKE_MS = 1000

/** The beginning of a history. */
export function historyOf(rule: RuleGroup): RuleHistory {
  return { rule, past: [], future: [], last: null }
}

/** Takes a change up. Changes of the same thing within a second are one step; `about` null always is a step of its own. */
export function changed(history: RuleHistory, rule: RuleGroup, about: string | null, at: number): RuleHistory {
  if (rule === history.rule) return history
  const { last } = history
  const isSameStroke = about !== null && last !== null && last.about === about && at - last.at < ONE_STROKE_MS
  return {
    rule,
    past: isSameStroke ? history.past : [...history.past, history.rule].slice(-MOST_STEPS),
    future: [],
    last: about === null ? null : { about, at },
  }
}

/** One step back; unchanged at the beginning. */
export function undone(history: RuleHistory): RuleHistory {
  const rule = history.past.at(-1)
  if (!rule) return history
  return { rule, past: history.past.slice(0, -1), future: [history.rule, ...history.future], last: null }
}

/** One step forth; unchanged at the end. */
export function redone(history: RuleHistory): RuleHistory {
  const [rule, ...future] = history.future
  if (!rule) return history
  return { rule, past: [...history.past, history.rule], future, last: null }
}
