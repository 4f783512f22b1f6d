import { createContext, useContext } from 'react'
import type { Rule } from '../../../shared/domain/segment-rule.ts'
import type { Step } from './rule-steps.ts'
import type { Place } from './rule-tree.ts'
import type { RuleCatalogue } from './use-rule-catalogue.ts'
import type { RuleEditing } from './use-rule-editing.ts'

/** What a part does to the number of people: who would be found without it, and by it alone. */
export interface Contribution {
  readonly alone: number
  readonly without: number | null
}

/** What every row of the editor can do, and knows of the whole. */
export interface Builder {
  readonly editing: RuleEditing
  readonly catalogue: RuleCatalogue
  readonly isReadOnly: boolean
  /** What is missing, by the id of the part. */
  readonly problems: ReadonlyMap<string, string>
  readonly contributions: ReadonlyMap<string, Contribution>
  /** They belong to an earlier state of the rule. */
  readonly contributionsAreStale: boolean
  replace(part: Rule): void
  add(groupId: string, make: (id: string) => Rule): void
  move(id: string, place: Place): void
  step(id: string, step: Step): void
  duplicate(id: string): void
  remove(id: string): void
  wrap(id: string): void
  unwrap(id: string): void
  copy(id: string): void
  paste(text: string, besideId: string | null): boolean
}

/** Holds the editor around its rows; null outside of one. */
export const BuilderContext = createContext<Builder | null>(null)

/** The editor that a row stands in. */
export function useBuilder(): Builder {
  const builder = useContext(BuilderContext)
  if (!builder) throw new Error('a part of a rule is shown outside of an editor')
  return builder
}
