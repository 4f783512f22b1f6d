import type { ChangeId } from '../../../shared/contract/define.ts'
import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Compliance } from '../../compliance/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import type { Reader } from '../../storage/transaction.ts'
import { transaction } from '../../storage/transaction.ts'
import { BULK_JOB, UNDO_JOB } from './change-jobs.ts'
import { type ChangeRow, changeStore } from './change-store.ts'
import { canUndo, changeState, changeView, conflictView } from './change-view.ts'
import { CONTACTS_AT_ONCE, conflictsOf } from './conflicts.ts'
import { forgetting } from './forget-job.ts'
import { bringIndexesBack } from './indexes-away.ts'
import { indexesAwayStore } from './indexes-away-store.ts'
import { type UndoPart, undoJob } from './undo-job.ts'

/** Changes to contacts, and taking them back. */
export interface Changes {
  /** Begins to take a change back; fails with `conflict` when it cannot be. */
  undo(input: UndoWish): Promise<void>
  readonly handlers: Handlers<(typeof contract)['changes']>
}

export interface UndoWish {
  readonly id: string
  readonly keepChanged: boolean
  readonly actor: string
}

interface Parts extends DomainParts {
  readonly accounts: Accounts
  readonly compliance: Compliance
  readonly undoParts: readonly UndoPart[]
}

const EVENTS_EVERY_MS = 500

/** Registers the jobs that take changes back and forget old ones, and answers the contract's `changes`. */
export function createChanges(parts: Parts): Changes {
  const { kernel, storage, jobs, scheduler, accounts } = parts
  let lastEvent = 0
  const changed = (id: string, over: boolean): void => {
    const now = kernel.clock.now()
    if (!over && now - lastEvent < EVENTS_EVERY_MS) return
    lastEvent = now
    kernel.events.publish({ kind: 'changed', entity: 'change', ids: [id] })
    if (!over) return
    for (const entity of ['contact', 'list', 'tag', 'import'] as const)
      kernel.events.publish({ kind: 'changed', entity, ids: [] })
  }

  jobs.register(undoJob({ ...parts, changed }))
  const forget = forgetting(parts, () => kernel.events.publish({ kind: 'changed', entity: 'change', ids: [] }))
  jobs.register(forget.job)
  scheduler.add(forget.source)
  // Left by work that was cancelled before it went on after a crash.
  scheduler.add({
    name: 'changes.indexes',
    nextDueAt: async reader =>
      (await indexesAwayStore.isForgotten(reader, [UNDO_JOB, BULK_JOB])) ? kernel.clock.now() : null,
    runDue: () => bringIndexesBack(storage),
  })

  async function found(reader: Reader, id: string): Promise<ChangeRow> {
    const row = await changeStore.find(reader, id)
    if (!row) throw notFound('change', id)
    return row
  }

  const view = async (row: ChangeRow) => changeView(row, await accounts.memberName(storage.reader, row.madeBy))

  async function undo({ id, keepChanged, actor }: UndoWish): Promise<void> {
    const wasRecording = changeState(await found(storage.reader, id)) === 'recording'
    // Whoever undoes a bulk change that is under way wants it to stop; an import is cancelled by its own button.
    if (wasRecording) await jobs.cancelSubject(BULK_JOB, id)
    const begun = await transaction(
      storage.db,
      async tx => {
        const row = await changeStore.find(tx, id)
        // It was stopped before it came to anybody.
        if (!row && wasRecording) return false
        if (!row) throw notFound('change', id)
        // A second click on "Undo" is the same wish, not another undo.
        if (changeState(row) === 'undoing') return false
        const theRest = row.state === 'undone' && row.contacts > row.restored && !keepChanged
        if (!canUndo(row) && !theRest) throw new AppError('conflict', REFUSALS[changeState(row)], { state: row.state })
        await changeStore.beginUndo(tx, row.no)
        await jobs.add(tx, {
          kind: UNDO_JOB,
          subject: row.id,
          payload: { changeId: row.id, kind: row.kind, keepChanged },
          dueAt: kernel.clock.now(),
        })
        const entry = { action: 'change.undone', entity: 'change', entityId: row.id }
        await accounts.audit(tx, { ...entry, actor, data: { kind: row.kind, contacts: row.contacts, keepChanged } })
        return true
      },
      { name: 'changes.undo' },
    )
    if (!begun) return
    scheduler.wake()
    changed(id, false)
  }

  return {
    undo,
    handlers: {
      async list({ offset, limit }) {
        const { rows, total } = await changeStore.page(storage.reader, offset, limit)
        return { rows: await Promise.all(rows.map(view)), total }
      },
      get: async ({ id }) => view(await found(storage.reader, id)),
      async conflicts({ id, offset, limit }, { signal }) {
        const { no } = await found(storage.reader, id)
        const { rows, total } = await conflictsOf(
          storage.reader,
          no,
          { offset, limit, atOnce: CONTACTS_AT_ONCE },
          signal,
        )
        return { rows: rows.map(conflictView), total }
      },
      async undo({ id, keepChanged }: { id: ChangeId; keepChanged: boolean }, { actor }) {
        const before = await found(storage.reader, id)
        await undo({ id, keepChanged, actor: actor.id })
        const row = await changeStore.find(storage.reader, id)
        return view(row ?? { ...before, state: 'undone', contacts: 0, undoneAt: kernel.clock.now() })
      },
    },
  }
}

const REFUSALS: Readonly<Record<ReturnType<typeof changeState>, string>> = {
  recording: 'This change is still being made. Stop it first, or wait until it is over.',
  done: 'This change touched no contact; there is nothing to take back.',
  stopped: 'This change touched no contact; there is nothing to take back.',
  undoing: 'This change is being taken back already.',
  undone: 'This change was taken back already. A change can be undone once.',
  expired: 'This change is too long ago: how the contacts were before it is not remembered any more.',
}
