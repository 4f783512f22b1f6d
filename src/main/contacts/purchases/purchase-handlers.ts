import { isDeepStrictEqual } from 'node:util'
import { notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { OrderItem } from '../../../shared/contract/purchases.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { type Tx, transaction } from '../../storage/transaction.ts'
import { eventStore } from '../events/event-store.ts'
import { weightRows } from '../scores/engagement-weights.ts'
import type { Figures } from '../scores/figures.ts'
import { loadScoreSettings } from '../scores/score-settings.ts'
import { scoreStore } from '../scores/score-store.ts'
import { orderStore, type StoredOrder } from './order-store.ts'
import { RFM_COMPUTED, RFM_JOB } from './rfm-job.ts'
import { rfmStore } from './rfm-store.ts'

/** What a request about single orders answers; imports are answered elsewhere. */
export type PurchaseHandlers = Pick<
  Handlers<(typeof contract)['purchases']>,
  'ofContact' | 'save' | 'remove' | 'rfm' | 'refreshRfm' | 'verify'
>

/** Answers what contacts bought, and keeps single orders. Figures are right in the same transaction. */
export function purchaseHandlers(
  parts: DomainParts & { readonly accounts: Accounts; readonly figures: Figures },
): PurchaseHandlers {
  const { kernel, storage, accounts, figures, jobs, scheduler } = parts
  const changed = (contactId: string): void => {
    kernel.events.publish({ kind: 'changed', entity: 'order', ids: [contactId] })
  }

  async function numberOf(id: string): Promise<number> {
    const no = await eventStore.contactNo(storage.reader, id)
    if (no === null) throw notFound('contact', id)
    return no
  }

  async function put(
    tx: Tx,
    order: Omit<StoredOrder, 'no'>,
    items: readonly OrderItem[],
  ): Promise<{ readonly id: string; readonly outcome: 'created' | 'updated' | 'unchanged' }> {
    const before = await orderStore.find(tx, order.source, order.externalId)
    if (!before) {
      await orderStore.setItems(tx, await orderStore.insert(tx, order), items)
      await figures.compute(tx, [order.contactNo])
      return { id: order.id, outcome: 'created' }
    }
    const { no, id, ...values } = before
    const kept = (await orderStore.items(tx, [no])).get(no) ?? []
    const { id: _newId, ...wanted } = order
    if (isDeepStrictEqual(values, wanted) && isDeepStrictEqual(kept, items)) return { id, outcome: 'unchanged' }
    await orderStore.update(tx, no, wanted)
    await orderStore.setItems(tx, no, items)
    await figures.compute(tx, [...new Set([before.contactNo, order.contactNo])])
    return { id, outcome: 'updated' }
  }

  return {
    async ofContact({ contactId, before, limit }) {
      const no = await numberOf(contactId)
      const found = await orderStore.page(storage.reader, no, before, limit + 1)
      const page = found.slice(0, limit)
      const items = await orderStore.items(
        storage.reader,
        page.map(order => order.no),
      )
      return {
        totals: [...(await orderStore.totals(storage.reader, no))],
        orders: page.map(({ no: orderNo, contactNo: _contact, ...order }) => ({
          ...order,
          items: [...(items.get(orderNo) ?? [])],
        })),
        more: found.length > limit,
        products: [...(await orderStore.favourites(storage.reader, no, 'product'))],
        categories: [...(await orderStore.favourites(storage.reader, no, 'category'))],
        rfm: [...(await rfmStore.ofContact(storage.reader, no))],
      }
    },

    async save({ contactId, items, ...order }, { actor }) {
      const contactNo = await numberOf(contactId)
      const result = await transaction(
        storage.db,
        async tx => {
          const put_ = await put(tx, { ...order, id: kernel.ids.next(), contactNo }, items)
          if (put_.outcome !== 'unchanged') {
            const entry = { action: `order.${put_.outcome}`, entity: 'order', entityId: put_.id, data: { contactId } }
            await accounts.audit(tx, { ...entry, actor: actor.id })
          }
          return put_
        },
        { name: 'purchases.save' },
      )
      if (result.outcome !== 'unchanged') changed(contactId)
      return result
    },

    async remove({ id }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const order = await orderStore.findById(tx, id)
          if (!order) throw notFound('order', id)
          await orderStore.remove(tx, order.no)
          await figures.compute(tx, [order.contactNo])
          const entry = { action: 'order.removed', entity: 'order', entityId: id, data: {} }
          await accounts.audit(tx, { ...entry, actor: actor.id })
        },
        { name: 'purchases.remove' },
      )
      kernel.events.publish({ kind: 'changed', entity: 'order', ids: [] })
      return { done: true }
    },

    async rfm() {
      const computed = await accounts.setting(storage.reader, RFM_COMPUTED)
      return {
        computedAt: computed === null ? null : Number(computed),
        groups: [...(await rfmStore.groups(storage.reader))],
      }
    },

    async refreshRfm() {
      const dueAt = kernel.clock.now()
      await transaction(storage.db, tx => jobs.add(tx, { kind: RFM_JOB, subject: 'all', payload: {}, dueAt }), {
        name: 'purchases.refreshRfm',
      })
      scheduler.wake()
      return { done: true }
    },

    async verify() {
      const { weights } = await loadScoreSettings(storage.reader, accounts)
      const checks = await scoreStore.differences(storage.reader, JSON.stringify(weightRows(weights)))
      return { ok: checks.every(({ different }) => different === 0), checks: [...checks] }
    },
  }
}
