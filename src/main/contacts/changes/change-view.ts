import type { z } from 'zod'
import { type Change, ChangeKind, type ChangeState } from '../../../shared/contract/changes.ts'
import { nameOf } from '../contact-row.ts'
import type { ChangeRow, ConflictRow } from './change-store.ts'

/** Where a change stands for people: what its row says, and whether something is at work on it. */
export function changeState(row: ChangeRow): ChangeState {
  switch (row.state) {
    case 'recording':
      // Whatever stopped it, what was done until then is recorded and can be taken back.
      return row.isAtWork === 1 ? 'recording' : 'done'
    case 'undoing':
      return row.undoJobId === null ? 'stopped' : 'undoing'
    case 'done':
    case 'undone':
    case 'expired':
      return row.state
  }
}

/** Whether the change can be taken back now. */
export function canUndo(row: ChangeRow): boolean {
  const state = changeState(row)
  return (state === 'done' || state === 'stopped') && (row.contacts > 0 || row.kind === 'orders')
}

/** A change as people see it. */
export function changeView(row: ChangeRow, madeBy: string): z.input<typeof Change> {
  const state = changeState(row)
  return {
    id: row.id,
    kind: ChangeKind.parse(row.kind),
    title: row.title,
    state,
    contacts: row.contacts,
    restored: row.restored,
    kept: state === 'undone' ? row.contacts - row.restored : 0,
    canUndo: canUndo(row),
    jobId: row.undoJobId,
    fractionDone: state === 'undone' ? 1 : row.contacts === 0 ? 0 : Math.min(1, row.restored / row.contacts),
    madeBy,
    madeAt: row.madeAt,
    undoneAt: row.undoneAt,
  }
}

/** A contact that an undo leaves as she is, with the name she is known by. */
export function conflictView({ contactId, reason, changedAt, ...row }: ConflictRow) {
  const name = nameOf({
    ...row,
    firstName: row.firstName ?? '',
    lastName: row.lastName ?? '',
    company: row.company ?? '',
  })
  return { contactId, reason, changedAt, name }
}
