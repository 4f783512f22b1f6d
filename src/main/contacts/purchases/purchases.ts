import type { contract } from '../../../shared/contract/index.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import type { Tx } from '../../storage/transaction.ts'
import { transaction } from '../../storage/transaction.ts'
import type { Changes } from '../changes/changes.ts'
import type { UndoPart } from '../changes/undo-job.ts'
import { projectionStore } from '../events/projection-store.ts'
import type { ImportReader } from '../import/thread/import-reader.ts'
import type { Figures } from '../scores/figures.ts'
import { figuresStore } from '../scores/figures-store.ts'
import { createOrderImports } from './import/order-imports.ts'
import { orderUndoStore } from './import/order-undo-store.ts'
import { purchaseHandlers } from './purchase-handlers.ts'
import { RFM_COMPUTED, RFM_JOB, rfmJob } from './rfm-job.ts'

const RFM_EVERY_MS = 86_400_000

/** What contacts bought: single orders, imports of them, and the customers' recency, frequency and value once a day. */
export function createPurchases(
  parts: DomainParts & {
    readonly accounts: Accounts
    readonly figures: Figures
    readonly changes: Changes
    readonly importReader: ImportReader
  },
): { readonly handlers: Handlers<(typeof contract)['purchases']> } {
  const { kernel, storage, scheduler, jobs, accounts } = parts
  jobs.register(rfmJob(parts))
  scheduler.add({
    name: 'rfm',
    async nextDueAt(reader) {
      const computed = await accounts.setting(reader, RFM_COMPUTED)
      return computed === null ? null : Number(computed) + RFM_EVERY_MS
    },
    async runDue() {
      const now = kernel.clock.now()
      await transaction(
        storage.db,
        async tx => {
          await accounts.setSetting(tx, RFM_COMPUTED, String(now))
          await jobs.add(tx, { kind: RFM_JOB, subject: 'all', payload: {}, dueAt: now })
        },
        { name: 'rfm.daily' },
      )
    },
  })
  return { handlers: { ...purchaseHandlers(parts), ...createOrderImports(parts) } }
}

/** Changes that move orders, or the people who have them. */
const MOVES_ORDERS: readonly string[] = ['import', 'orders', 'delete', 'merge']

/**
 * What an undo of a change takes back beside contacts: its orders; and the figures and events of contacts that come back.
 * Where customers were compared with each other, they are compared again at its end.
 */
export function purchaseUndo({ kernel, jobs, accounts }: DomainParts & { readonly accounts: Accounts }): UndoPart {
  return {
    undo: (tx, changeNo) => orderUndoStore.step(tx, changeNo),
    async recreated(tx: Tx, contactNos: readonly number[]) {
      await figuresStore.mark(tx, JSON.stringify(contactNos))
      await projectionStore.ofContacts(tx, await orderUndoStore.idsOf(tx, contactNos))
    },
    async ended(tx: Tx, { kind }) {
      if (!MOVES_ORDERS.includes(kind) || (await accounts.setting(tx, RFM_COMPUTED)) === null) return
      await jobs.add(tx, { kind: RFM_JOB, subject: 'all', payload: {}, dueAt: kernel.clock.now() })
    },
  }
}
