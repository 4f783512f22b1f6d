import { PERSON_CHANNELS } from '../../../shared/domain/channels.ts'
import type { Compliance } from '../../compliance/index.ts'
import type { Tx } from '../../storage/transaction.ts'
import { contactStore } from '../contact-store.ts'

/** Where a suppression comes from that stands for the refusal of a contact who was deleted. */
export const REFUSED_BEFORE = 'consent refused before the contact was deleted'

const AT_ONCE = 1000

/**
 * Before contacts are deleted: a person who refused must not be written to when a later import brings her back, so her
 * refusal outlives the contact as a suppression of her address.
 */
export async function keepRefusals(tx: Tx, compliance: Compliance, ids: readonly string[]): Promise<void> {
  for (let from = 0; from < ids.length; from += AT_ONCE) await keepSome(tx, compliance, ids.slice(from, from + AT_ONCE))
}

async function keepSome(tx: Tx, compliance: Compliance, ids: readonly string[]): Promise<void> {
  const people = await contactStore.addresses(tx, ids)
  for (const channel of PERSON_CHANNELS) {
    const reachable = people.flatMap(person => {
      const address = channel === 'email' ? person.email : person.phone
      return address === null ? [] : [{ contactId: person.id, address }]
    })
    const blocked = await compliance.blocked(tx, channel, reachable)
    for (const { contactId, address } of reachable) {
      if (blocked.get(contactId) !== 'consent_denied') continue
      await compliance.suppress(tx, {
        channel,
        address,
        reason: 'unsubscribe',
        source: REFUSED_BEFORE,
        contactId,
        campaignId: null,
        note: '',
      })
    }
  }
}
