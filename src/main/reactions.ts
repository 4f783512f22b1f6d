import type { Compliance } from './compliance/index.ts'
import type { DomainParts } from './domain-parts.ts'
import type { PracticeEvent } from './integrations/index.ts'
import type { Sending } from './sending/index.ts'
import { transaction } from './storage/transaction.ts'

/** What the application does when a practice recipient opens, clicks or unsubscribes: it writes the ledger, and suppresses. */
export function practiceReactions(
  parts: DomainParts & { readonly compliance: Compliance; readonly sending: Sending },
): (event: PracticeEvent) => Promise<void> {
  return async event => {
    const message = await parts.sending.findMessage(parts.storage.reader, event.messageId)
    if (!message) return
    await transaction(
      parts.storage.db,
      async tx => {
        await parts.sending.record(tx, [
          {
            kind: event.kind,
            campaignId: message.campaignId,
            messageId: event.messageId,
            contactId: message.contactId,
            at: event.at,
            eventKey: `practice:${event.captureId}:${event.kind}:${event.url}`,
            data: event.url ? { url: event.url } : {},
          },
        ])
        if (event.kind === 'unsubscribed') {
          await parts.compliance.suppress(tx, {
            channel: message.channel,
            address: message.address,
            reason: 'unsubscribe',
            source: 'practice mailbox',
            contactId: message.contactId,
            campaignId: message.campaignId,
            note: '',
          })
        }
      },
      { name: 'practice.event' },
    )
    parts.kernel.events.publish({ kind: 'changed', entity: 'message', ids: [event.messageId] })
  }
}
