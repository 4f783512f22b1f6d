import type { Channel } from '../../shared/contract/define.ts'
import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { transaction } from '../storage/transaction.ts'
import { addressKey } from './address-key.ts'
import { strongestReasons } from './block-reason.ts'
import { createTermsBook } from './campaign-terms.ts'
import { complianceStore } from './compliance-store.ts'
import { explain } from './explain.ts'
import { createHolidays } from './hours/holidays.ts'
import type { Compliance, NewSuppression } from './index.ts'
import { lookAtLast } from './last-look.ts'
import { liftSuppressions } from './lift.ts'
import { listHandlers } from './lists/lists.ts'
import { policyHandlers } from './policy/policies.ts'
import { createRecipientTimes } from './recipient-times.ts'
import { firstTimes, readyFor } from './timing.ts'

/** Whether a reason is the will of a person rather than the state of an address. */
function isOfPerson(reason: NewSuppression['reason']): boolean {
  return reason === 'unsubscribe' || reason === 'complaint' || reason === 'do_not_call'
}

/** Consent and suppression of one workspace. */
export function createCompliance(parts: DomainParts & { readonly accounts: Accounts }): Compliance {
  const { kernel, storage, accounts } = parts
  const book = createTermsBook(accounts)
  const times = createRecipientTimes(createHolidays())
  const looking = { accounts, book, times }

  /** The keys of addresses; only numbers that are not in E.164 need a country. This runs for every message that leaves. */
  async function keyed<P extends { readonly address: string }>(
    reader: Reader,
    channel: Channel,
    people: readonly P[],
  ): Promise<readonly (P & { readonly addressKey: string })[]> {
    const country = channel === 'email' ? '' : (await accounts.settings(reader)).country
    return people.map(one => ({ ...one, addressKey: addressKey(channel, one.address, country) ?? one.address }))
  }

  async function keyOf(reader: Reader, suppression: Pick<NewSuppression, 'channel' | 'address'>): Promise<string> {
    const { country } = await accounts.settings(reader)
    const key = addressKey(suppression.channel, suppression.address, country)
    if (key !== null) return key
    throw new AppError(
      'invalid_input',
      suppression.channel === 'email'
        ? 'That is not an e-mail address. Write it as name@example.org.'
        : 'That is not a phone number. Write it with its country code, such as +1 202 555 0123.',
    )
  }

  async function suppress(tx: Tx, suppression: NewSuppression): Promise<void> {
    const key = await keyOf(tx, suppression)
    const { channel, reason } = suppression
    const holders = await complianceStore.holders(tx, channel, key)
    const at = kernel.clock.now()
    const contactId = (await complianceStore.present(tx, suppression.contactId)) ?? holders[0] ?? null
    await complianceStore.insertSuppression(tx, { ...suppression, contactId, addressKey: key, at })
    if (isOfPerson(reason) && contactId !== null && !holders.includes(contactId)) {
      // She has another address by now, or was merged with somebody: her refusal goes with her.
      const now = await complianceStore.addressOf(tx, contactId, channel)
      if (now !== null) await complianceStore.insertSuppression(tx, { ...suppression, contactId, addressKey: now, at })
    }
    // STOP on a text means calls too (47 CFR 64.1200(a)(10)).
    if (channel === 'sms' && reason === 'unsubscribe') await suppress(tx, { ...suppression, channel: 'voice' })
    if (channel !== 'email') return
    // A bounce is about the address; an unsubscribe is about the person, also when she has another address by now.
    if (reason === 'hard_bounce') await complianceStore.markMemberships(tx, holders, ['active'], 'bounced', at)
    if (reason === 'unsubscribe' || reason === 'complaint') {
      const people = [...new Set([...holders, ...(contactId === null ? [] : [contactId])])]
      await complianceStore.markMemberships(tx, people, ['active', 'bounced'], 'unsubscribed', at)
    }
  }

  const changed = (contactIds: readonly string[]): void => {
    kernel.events.publish({ kind: 'changed', entity: 'suppression', ids: [] })
    kernel.events.publish({ kind: 'changed', entity: 'contact', ids: [...contactIds] })
  }

  return {
    suppress,

    async blocked(reader, channel, people) {
      if (people.length === 0) return new Map()
      return strongestReasons(await complianceStore.objections(reader, channel, await keyed(reader, channel, people)))
    },

    ready: (reader, channel, campaignIds) => readyFor(looking, reader, channel, campaignIds),

    async lookAtLast(tx, channel, messages, isTimed) {
      const people = await keyed(tx, channel, messages)
      return lookAtLast(looking, tx, channel, people, { now: kernel.clock.now(), isTimed })
    },

    async explain(reader, of) {
      const [one] = await keyed(reader, of.channel, [of])
      return one === undefined ? [] : explain(looking, reader, one, kernel.clock.now())
    },

    firstTimes: (reader, of, contactIds, at) => firstTimes(looking, reader, of, contactIds, at),

    listHandlers: listHandlers(parts),
    policyHandlers: policyHandlers({ kernel, storage, accounts, onChanged: book.forget }),

    handlers: {
      suppressions: ({ search, offset, limit }) => complianceStore.page(storage.reader, search, offset, limit),

      async suppress({ channel, address, reason, note }, { actor }) {
        const written = await transaction(
          storage.db,
          async tx => {
            const key = await keyOf(tx, { channel, address })
            const contactId = (await complianceStore.holders(tx, channel, key))[0] ?? null
            const source = `entered by ${actor.name}`
            await suppress(tx, { channel, address: key, reason, source, contactId, campaignId: null, note })
            await accounts.audit(tx, {
              actor: actor.id,
              action: 'suppression.added',
              entity: 'suppression',
              entityId: `${channel}:${key}`,
              data: { reason, contactId },
            })
            return { channel, address: key, reason, source, note, contactId, at: kernel.clock.now() }
          },
          { name: 'compliance.suppress' },
        )
        changed(written.contactId === null ? [] : [written.contactId])
        return written
      },

      async lift({ channel, address, evidence }, { actor }) {
        const holders = await transaction(
          storage.db,
          async tx => {
            const key = await keyOf(tx, { channel, address })
            const lifted = await liftSuppressions(tx, {
              channel,
              key,
              evidence,
              actor: actor.id,
              at: kernel.clock.now(),
            })
            await accounts.audit(tx, {
              actor: actor.id,
              action: 'suppression.lifted',
              entity: 'suppression',
              entityId: `${channel}:${key}`,
              data: { reasons: lifted.reasons, evidence },
            })
            return lifted.holders
          },
          { name: 'compliance.lift' },
        )
        changed(holders)
        return { done: true }
      },

      async recordConsent({ contactId, channel, status, basis, evidence, expiresAt }, { actor }) {
        await transaction(
          storage.db,
          async tx => {
            if (!(await complianceStore.contactExists(tx, contactId))) throw notFound('contact', contactId)
            const at = kernel.clock.now()
            const consent = {
              contactId,
              channel,
              status,
              basis,
              source: 'entered by hand',
              evidence,
              at,
              actor: actor.id,
              expiresAt,
            }
            await complianceStore.insertConsent(tx, consent)
            await accounts.audit(tx, {
              actor: actor.id,
              action: 'consent.recorded',
              entity: 'contact',
              entityId: contactId,
              data: { channel, status, basis },
            })
          },
          { name: 'compliance.recordConsent' },
        )
        changed([contactId])
        return { done: true }
      },
    },
  }
}
