import { sql } from 'kysely'
import type { Reader, Tx } from '../storage/transaction.ts'
import { ledgerStore } from './ledger-store.ts'

/** The SQL that changes the fate of many messages at once: recovery, cancelling, decisions about what is unknown. */
export const fateStore = {
  /** What a killed process left behind: claims go back to ready, attempts without an outcome become unknown. Returns how many of each. */
  async recover(tx: Tx, now: number): Promise<{ readonly freed: number; readonly doubtful: number }> {
    const freed = await sql`
      update messages set state = 'ready', claimed_by = null, updated_at = ${now} where state = 'claimed'`.execute(tx)
    await ledgerStore.appendFrom(
      tx,
      sql`select ${now}, 'unknown', campaign_id, id, contact_id, id || ':' || attempts || ':unknown',
        json_object('n', attempts, 'class', 'uncertain', 'code', '', 'reason', 'interrupted')
      from messages where state = 'attempting'`,
    )
    await sql`
      update attempts set ended_at = ${now}, outcome = 'unknown', class = 'uncertain', code = '', reply = 'interrupted'
      where outcome is null and message_id in (select id from messages where state = 'attempting')`.execute(tx)
    const doubtful = await sql`
      update messages set state = 'unknown', reason = 'interrupted', claimed_by = null, updated_at = ${now}
      where state = 'attempting'`.execute(tx)
    return { freed: Number(freed.numAffectedRows ?? 0n), doubtful: Number(doubtful.numAffectedRows ?? 0n) }
  },

  /** Ends what is still waiting in a campaign, at most `most`, with a ledger row each. Returns how many there were. */
  async cancelWaiting(tx: Tx, campaignId: string, now: number, most: number): Promise<number> {
    const { rows } = await sql<{ id: string }>`
      select id from messages where campaign_id = ${campaignId} and state in ('waiting', 'ready', 'claimed')
      limit ${most}`.execute(tx)
    if (rows.length === 0) return 0
    const ids = JSON.stringify(rows.map(row => row.id))
    await ledgerStore.appendFrom(
      tx,
      sql`select ${now}, 'cancelled', m.campaign_id, m.id, m.contact_id, m.id || ':cancelled' || coalesce((
          select ':' || (count(*) + 1) from ledger r where r.message_id = m.id and r.kind = 'reopened' having count(*) > 0), ''),
        json_object('reason', 'campaign_cancelled')
      from json_each(${ids}) as ended cross join messages m on m.id = ended.value where true`,
    )
    await sql`
      update messages set state = 'cancelled', reason = 'campaign_cancelled', claimed_by = null, updated_at = ${now}
      where id in (select value from json_each(${ids}))`.execute(tx)
    return rows.length
  },

  /** Campaigns that are over and yet have something waiting: a refusal came back after the end. */
  async endedWithWaiting(reader: Reader): Promise<readonly string[]> {
    const { rows } = await sql<{ id: string }>`
      select c.id from campaigns c where c.status in ('cancelled', 'failed')
        and exists (select 1 from messages m where m.campaign_id = c.id and m.state in ('waiting', 'ready', 'claimed'))`.execute(
      reader,
    )
    return rows.map(row => row.id)
  },

  /** Unknown messages of a campaign: those named, or all of them for null. */
  async unknown(reader: Reader, campaignId: string, named: readonly string[] | null): Promise<readonly string[]> {
    const only = named === null ? sql`` : sql`and id in (select value from json_each(${JSON.stringify(named)}))`
    const { rows } = await sql<{ id: string }>`
      select id from messages where campaign_id = ${campaignId} and state = 'unknown' ${only} order by id`.execute(
      reader,
    )
    return rows.map(row => row.id)
  },

  /** Writes a person's decision about unknown messages: they count as sent, or are ready for another attempt. */
  async resolve(
    tx: Tx,
    messageIds: readonly string[],
    decision: { readonly as: 'treat_as_sent' | 'send_again'; readonly actor: string; readonly now: number },
  ): Promise<number> {
    const ids = JSON.stringify(messageIds)
    const [state, reason] = decision.as === 'treat_as_sent' ? ['accepted', 'treated_as_sent'] : ['ready', '']
    await ledgerStore.appendFrom(
      tx,
      sql`select ${decision.now}, 'resolved', campaign_id, id, contact_id, id || ':' || attempts || ':resolved',
        json_object('n', attempts, 'decision', ${decision.as}, 'by', ${decision.actor})
      from messages where id in (select value from json_each(${ids})) and state = 'unknown'`,
    )
    const result = await sql`
      update messages set state = ${state}, reason = ${reason}, due_at = ${decision.now}, updated_at = ${decision.now}
      where id in (select value from json_each(${ids})) and state = 'unknown'`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
  },
}
