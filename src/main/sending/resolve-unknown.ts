import { AppError } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Campaigns } from '../campaigns/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import { transaction } from '../storage/transaction.ts'
import { fateStore } from './fate-store.ts'

/** A person's decision about messages whose fate is not known. */
export interface UnknownDecision {
  readonly campaignId: string
  /** null for all of them. */
  readonly messageIds: readonly string[] | null
  readonly decision: 'treat_as_sent' | 'send_again'
  readonly actor: string
}

/** Writes the decision with its ledger rows and returns how many messages it was about; sending again opens a completed campaign. */
export function resolveUnknown(
  parts: Pick<DomainParts, 'kernel' | 'storage'> & { readonly accounts: Accounts; readonly campaigns: Campaigns },
  { campaignId, messageIds, decision, actor }: UnknownDecision,
): Promise<number> {
  const { kernel, storage, accounts, campaigns } = parts
  return transaction(
    storage.db,
    async tx => {
      const { status } = await campaigns.state(tx, campaignId)
      if (decision === 'send_again' && (status === 'cancelled' || status === 'failed')) {
        throw new AppError(
          'conflict',
          'The campaign has ended and sends nothing more. Treat the messages as sent, or duplicate the campaign for these people.',
          { status },
        )
      }
      const ids = await fateStore.unknown(tx, campaignId, messageIds)
      const resolved = await fateStore.resolve(tx, ids, { as: decision, actor, now: kernel.clock.now() })
      if (resolved === 0) return 0
      await accounts.audit(tx, {
        actor,
        action: 'messages.resolved',
        entity: 'campaign',
        entityId: campaignId,
        data: { decision, messages: resolved },
      })
      if (decision === 'send_again' && status === 'completed') {
        await campaigns.move(tx, campaignId, 'reopen', { actor, reason: '' })
      }
      return resolved
    },
    { name: 'sending.resolve' },
  )
}
