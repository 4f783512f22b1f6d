import type { MergePlan } from './merge-columns.ts'

/** One step of a merge: which rows, and what becomes of them. */
export interface MergeStep {
  /** The table with the rows, in the order of their keys, such as `staged_7.rows`. */
  readonly rows: string
  /** The rows after this one, up to and with that one. All have an e-mail address, or none has. */
  readonly after: number
  readonly upTo: number
  readonly haveEmail: boolean
  readonly plan: MergePlan
  /** Contacts with a higher number came in while the import was under way. */
  readonly lastKnownNo: number
  readonly changeNo: number
  /** 28 characters that no other step has, and a number: ids of new contacts are the two and count up (UUID version 7). */
  readonly idPrefix: string
  readonly idStart: number
  readonly notePrefix: string
  readonly listId: string | null
  readonly tagKeys: readonly string[]
  readonly source: string
  readonly actor: string
  readonly now: number
}

/** What a step did. */
export interface MergeResult {
  readonly rows: number
  readonly created: number
  readonly updated: number
  readonly unchanged: number
  readonly duplicates: number
  readonly lastRow: number
}
