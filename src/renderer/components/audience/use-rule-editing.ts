import { useCallback, useRef, useState } from 'react'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { changed, historyOf, type RuleHistory, redone, undone } from './rule-history.ts'

/** What happens besides a change: where the focus goes, what is announced, and what it was about. */
export interface ChangeNotes {
  /** Changes about the same thing within a second are undone together. */
  readonly about?: string
  readonly focus?: FocusWish
  readonly says?: string
}

/** Which part's handle, or the first field of its value, shall have the focus after the change. */
export interface FocusWish {
  readonly id: string
  readonly on: 'handle' | 'value'
}

/** A rule that is being written, and the ways to change it. */
export interface RuleEditing {
  readonly rule: RuleGroup
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** Said to a screen reader; changes with every announced change. */
  readonly announcement: string
  readonly focus: FocusWish | null
  apply(rule: RuleGroup, notes?: ChangeNotes): void
  undo(): void
  redo(): void
}

/** Keeps a rule with its history; `onChange` hears every new state of it. */
export function useRuleEditing(initial: RuleGroup, onChange: (rule: RuleGroup) => void): RuleEditing {
  const [history, setHistory] = useState(() => historyOf(initial))
  const [announcement, setAnnouncement] = useState('')
  const [focus, setFocus] = useState<FocusWish | null>(null)
  // The newest state, so that two changes of one event build on each other.
  const newest = useRef(history)
  const take = useCallback(
    (next: RuleHistory): void => {
      if (next === newest.current) return
      newest.current = next
      setHistory(next)
      onChange(next.rule)
    },
    [onChange],
  )
  return {
    rule: history.rule,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    announcement,
    focus,
    apply(rule, notes = {}) {
      take(changed(newest.current, rule, notes.about ?? null, performance.now()))
      if (notes.says !== undefined) setAnnouncement(notes.says)
      if (notes.focus !== undefined) setFocus({ ...notes.focus })
    },
    undo: () => take(undone(newest.current)),
    redo: () => take(redone(newest.current)),
  }
}
