import type { Suppression } from '../../shared/contract/contacts.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { AppError } from '../../shared/contract/failure.ts'
import type { Tx } from '../storage/transaction.ts'
import { complianceStore } from './compliance-store.ts'

/** What a person asks for when she allows messages to an address again. */
export interface LiftRequest {
  readonly channel: Channel
  readonly key: string
  /** How the person agreed, or why the address works again. */
  readonly evidence: string
  readonly actor: string
  readonly at: number
}

/** The reasons that a person's own word stood behind: taking them back is a new consent, and is kept as one. */
const OWN_WORD: readonly Suppression['reason'][] = ['unsubscribe', 'complaint', 'do_not_call']

/**
 * Takes the suppressions of an address away and puts its holders back on the lists that the suppression took them off.
 * Refuses when there is nothing to lift, and when the person had herself erased.
 */
export async function liftSuppressions(
  tx: Tx,
  request: LiftRequest,
): Promise<{ readonly reasons: readonly Suppression['reason'][]; readonly holders: readonly string[] }> {
  const { channel, key, at } = request
  const reasons = await complianceStore.suppressionsOf(tx, channel, key)
  if (reasons.length === 0)
    throw new AppError('not_found', 'This address is not suppressed; messages to it are allowed.')
  if (reasons.includes('erasure')) {
    throw new AppError('conflict', 'This person had her data erased. The address stays blocked for good.')
  }
  const holders = await complianceStore.holders(tx, channel, key)
  await complianceStore.deleteSuppressions(tx, channel, key)
  if (channel === 'email') {
    await complianceStore.markMemberships(tx, holders, ['bounced', 'unsubscribed'], 'active', at)
  }
  if (reasons.some(reason => OWN_WORD.includes(reason))) {
    for (const contactId of holders) {
      await complianceStore.insertConsent(tx, {
        contactId,
        channel,
        status: 'granted',
        basis: 'express',
        source: 'suppression lifted',
        evidence: request.evidence,
        at,
        actor: request.actor,
      })
    }
  }
  return { reasons, holders }
}
