import { sql } from 'kysely'
import type { SkipReason } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import { familyOf } from '../../shared/domain/domain-family.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { ledgerStore } from './ledger-store.ts'

/** A message as the planner makes it: ready, waiting for the channel before it, or skipped with a reason. */
export interface PlannedMessage {
  readonly id: string
  readonly contactId: string
  readonly address: string
  readonly skip: SkipReason | null
  readonly waits: boolean
  /** When she may first be written to; null where that is at once. */
  readonly dueAt: number | null
}

/** What all messages of a page have in common. */
export interface PlannedPage {
  readonly campaignId: string
  readonly step: number
  readonly channel: Channel
  readonly senderId: string
  readonly at: number
}

/** The due time of a message that waits for no time: the end of the year 9999. */
export const NEVER = 253_402_300_799_000

/** The SQL of planning. */
export const planStore = {
  /** Which of these addresses (in lower case) have a message of the step already. */
  async takenAddresses(
    reader: Reader,
    { campaignId, step, channel }: Pick<PlannedPage, 'campaignId' | 'step' | 'channel'>,
    addresses: readonly string[],
  ): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ address: string }>`
      select lower(m.address) as address from json_each(${JSON.stringify(addresses)}) as asked
      cross join messages m on m.campaign_id = ${campaignId} and m.step = ${step} and m.channel = ${channel}
        and lower(m.address) = asked.value and m.state <> 'skipped'`.execute(reader)
    return new Set(rows.map(row => row.address))
  },

  /** Inserts a page and returns how many are new: a contact that has a message of the step gets no second one. */
  async insert(tx: Tx, page: PlannedPage, messages: readonly PlannedMessage[]): Promise<number> {
    const rows = messages.map(one => [
      one.id,
      one.contactId,
      one.address,
      one.skip,
      familyOf(one.address),
      one.waits,
      one.dueAt,
    ])
    const result = await sql`
      insert into messages (id, campaign_id, contact_id, step, channel, address, sender_id, family, state, reason, due_at, attempts,
        claimed_by, provider_message_id, created_at, updated_at)
      select value ->> 0, ${page.campaignId}, value ->> 1, ${page.step}, ${page.channel}, value ->> 2, ${page.senderId}, value ->> 4,
        case when value ->> 3 is not null then 'skipped' when value ->> 5 then 'waiting' else 'ready' end,
        coalesce(value ->> 3, ''), case when value ->> 3 is not null then ${page.at} when value ->> 5 then ${NEVER}
          else coalesce(value ->> 6, ${page.at}) end, 0,
        null, null, ${page.at}, ${page.at}
      from json_each(${JSON.stringify(rows)}) where true
      on conflict (campaign_id, contact_id, step) do nothing`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
  },

  /** Writes the fate of those of a page that were skipped. */
  async recordSkipped(tx: Tx, messageIds: readonly string[], at: number): Promise<void> {
    if (messageIds.length === 0) return
    await ledgerStore.appendFrom(
      tx,
      sql`select ${at}, 'skipped', m.campaign_id, m.id, m.contact_id, m.id || ':skipped', json_object('reason', m.reason)
      from json_each(${JSON.stringify(messageIds)}) as asked cross join messages m on m.id = asked.value
      where m.state = 'skipped'`,
    )
  },
}
