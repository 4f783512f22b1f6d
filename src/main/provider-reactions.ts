import type { Channel } from '../shared/contract/define.ts'
import { AppError } from '../shared/contract/failure.ts'
import { optOutReaches } from '../shared/domain/opt-out-words.ts'
import type { Compliance, NewSuppression } from './compliance/index.ts'
import type { DomainParts } from './domain-parts.ts'
import type { ProviderEvent } from './integrations/index.ts'
import { redact } from './kernel/log.ts'
import type { LedgerEntry, MatchedMessage, Sending } from './sending/index.ts'
import { type Reader, type Tx, transaction } from './storage/transaction.ts'

/** What the reaction needs of the application. */
export interface ReactionParts extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly compliance: Pick<Compliance, 'suppress'>
  readonly sending: Pick<Sending, 'matchMessage' | 'record'>
  readonly integrations: {
    account(reader: Reader, id: string): Promise<{ readonly channel: Channel; readonly provider: string }>
  }
}

// So that sending never waits long for the writer.
const EVENTS_AT_ONCE = 40

/**
 * What the application does when a provider tells afterwards what became of messages: it writes the ledger, each event once
 * whatever the order, and suppresses who complained, unsubscribed, or has an address that does not exist.
 */
export function providerReactions(
  parts: ReactionParts,
): (accountId: string, events: readonly ProviderEvent[]) => Promise<void> {
  const { storage, kernel, sending, integrations } = parts
  return async (accountId, events) => {
    const { channel, provider } = await integrations.account(storage.reader, accountId)
    if (provider === 'practice') return
    for (let from = 0; from < events.length; from += EVENTS_AT_ONCE) {
      const some = events.slice(from, from + EVENTS_AT_ONCE)
      const found = await Promise.all(
        some.map(async event => ({
          event,
          message: await sending.matchMessage(storage.reader, { ...event, channel }),
        })),
      )
      await transaction(
        storage.db,
        async tx => {
          await sending.record(
            tx,
            found.flatMap(({ event, message }) => (message ? [entryOf(accountId, event, message)] : [])),
          )
          for (const { event, message } of found) await suppress(parts, tx, { event, message, channel })
        },
        { name: 'provider.events', priority: 'bulk' },
      )
      const ids = found.flatMap(({ message }) => (message ? [message.messageId] : []))
      if (ids.length > 0) kernel.events.publish({ kind: 'changed', entity: 'message', ids })
      if (found.some(({ event }) => reasonOf(event) !== null)) {
        kernel.events.publish({ kind: 'changed', entity: 'suppression', ids: [] })
      }
    }
  }
}

function entryOf(accountId: string, event: ProviderEvent, message: MatchedMessage): LedgerEntry {
  const { class: why, detail, costMinor } = event
  return {
    kind: event.kind,
    campaignId: message.campaignId,
    messageId: message.messageId,
    contactId: message.contactId,
    at: event.at,
    eventKey: `provider:${accountId}:${event.eventId}`,
    data: {
      ...(why === null ? {} : { class: why }),
      ...(detail === '' ? {} : event.kind === 'clicked' ? { url: detail } : { reply: redact(detail) }),
      ...(costMinor === null ? {} : { costMinor }),
    },
  }
}

/** Only a bad address is a hard bounce: a full mailbox or a refused sender says nothing about the person. */
function reasonOf(event: ProviderEvent): NewSuppression['reason'] | null {
  if (event.kind === 'complained') return 'complaint'
  if (event.kind === 'unsubscribed') return 'unsubscribe'
  const isGone = event.kind === 'bounced' || event.kind === 'failed'
  return isGone && event.class === 'permanent_address' ? 'hard_bounce' : null
}

/** Whom the provider suppresses we do too, also when the message is not ours: it would not be delivered. */
async function suppress(
  { compliance, kernel }: ReactionParts,
  tx: Tx,
  found: { readonly event: ProviderEvent; readonly message: MatchedMessage | null; readonly channel: Channel },
): Promise<void> {
  const { event, message, channel } = found
  const reason = reasonOf(event)
  const address = event.address === '' ? (message?.address ?? '') : event.address
  if (reason === null || address === '') return
  try {
    for (const reached of reason === 'unsubscribe' ? optOutReaches(channel) : [channel]) {
      await compliance.suppress(tx, {
        channel: reached,
        address,
        reason,
        source: 'provider',
        contactId: message?.contactId ?? null,
        campaignId: message?.campaignId ?? null,
        note: redact(event.detail).slice(0, 200),
      })
    }
  } catch (error) {
    // Providers list what was never an address. It must not keep back all that comes after it.
    if (!(error instanceof AppError && error.code === 'invalid_input')) throw error
    kernel.log.warn('provider.no_address', { event: event.kind })
  }
}
