import { z } from 'zod'
import { notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import { ContactEventKind, EventProperties } from '../../../shared/contract/scores.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import type { Figures } from '../scores/figures.ts'
import { eventStore } from './event-store.ts'

const Kept = z.record(z.string(), z.unknown())

/** Answers what happened to contacts, and records what happened elsewhere. */
export function eventHandlers(
  parts: DomainParts & { readonly accounts: Accounts; readonly figures: Figures },
): Handlers<(typeof contract)['contactEvents']> {
  const { kernel, storage, figures } = parts

  async function numberOf(id: string): Promise<number> {
    const no = await eventStore.contactNo(storage.reader, id)
    if (no === null) throw notFound('contact', id)
    return no
  }

  return {
    async record({ contactId, name, at, properties, key }) {
      const contactNo = await numberOf(contactId)
      const event = {
        contactNo,
        kind: 'custom',
        name: name.trim(),
        at: at ?? kernel.clock.now(),
        properties: JSON.stringify(properties),
        key: `custom:${key ?? kernel.ids.next()}`,
      } as const
      const added = await transaction(
        storage.db,
        async tx => {
          const count = await eventStore.add(tx, [event])
          if (count > 0) await figures.compute(tx, [contactNo])
          return count
        },
        { name: 'events.record' },
      )
      if (added > 0) kernel.events.publish({ kind: 'changed', entity: 'score', ids: [contactId] })
      return { recorded: added > 0 }
    },

    async ofContact({ contactId, before, limit }) {
      const rows = await eventStore.page(storage.reader, await numberOf(contactId), before, limit + 1)
      const events = rows.slice(0, limit).map(row => ({
        no: row.no,
        kind: ContactEventKind.parse(row.kind),
        name: row.name,
        at: row.at,
        campaignId: row.campaign_id,
        properties: EventProperties.catch({}).parse(Kept.parse(JSON.parse(row.properties))),
      }))
      return { events, more: rows.length > limit }
    },

    names: async () => ({ names: [...(await eventStore.names(storage.reader))] }),

    async catchUp() {
      await figures.catchUp()
      return { done: true }
    },
  }
}
