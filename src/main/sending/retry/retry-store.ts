import { sql } from 'kysely'
import type { Channel } from '../../../shared/contract/define.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** A message that never left, and that might go now. */
export interface Missed {
  readonly id: string
  readonly contactId: string
  readonly step: number
  readonly channel: Channel
  readonly address: string
  readonly senderId: string
  readonly state: 'rejected' | 'skipped'
  readonly reason: string
  readonly attempts: number
}

/** Refusals that say nothing against the address or the message: what was wrong may have passed. */
const PASSING = ['expired', 'temporary', 'rate_limited', 'transport', 'account', 'policy_sender']
/** Skips whose cause can go away, and that are looked at again before anything leaves. */
const LIFTABLE = [
  ...['unsubscribed', 'complained', 'hard_bounced', 'do_not_call', 'suppressed', 'consent_denied'],
  ...['list_unsubscribed', 'frequency_cap', 'quiet_hours', 'too_late', 'render_failed'],
]

/** Nothing of it may be with anybody: no attempt was accepted, is in doubt or was ever in doubt. */
const NEVER_LEFT = sql`not exists (select 1 from attempts a where a.message_id = m.id
  and (a.outcome is null or a.outcome in ('accepted', 'unknown')))`

/** Where channels follow each other, another message of the campaign may have reached her, or may still. */
const NOTHING_ELSE = sql`not exists (select 1 from messages o where o.campaign_id = m.campaign_id and o.contact_id = m.contact_id
  and o.state in ('waiting', 'ready', 'claimed', 'attempting', 'accepted', 'unknown'))`

/** The SQL of sending again. */
export const retryStore = {
  /** The next messages after a contact, in order of contact id and step, that never left; `follow` when the channels of the campaign follow each other. */
  async missed(
    reader: Reader,
    of: { readonly campaignId: string; readonly follow: boolean; readonly which: 'failed' | 'missed' },
    after: string,
    limit: number,
  ): Promise<readonly Missed[]> {
    const skipped = of.which === 'failed' ? [] : LIFTABLE
    const { rows } = await sql<Missed>`
      select m.id, m.contact_id as "contactId", m.step, m.channel, m.address, m.sender_id as "senderId", m.state, m.reason,
        m.attempts
      from messages m where m.campaign_id = ${of.campaignId} and m.contact_id > ${after}
        and ((m.state = 'rejected' and m.reason in (select value from json_each(${JSON.stringify(PASSING)})))
          or (m.state = 'skipped' and m.reason in (select value from json_each(${JSON.stringify(skipped)}))))
        and ${NEVER_LEFT} and ${of.follow ? NOTHING_ELSE : sql`1`}
      order by m.contact_id, m.step limit ${limit}`.execute(reader)
    return rows
  },

  /**
   * Makes messages ready again, or waiting for the channel before them; only those that are still what they were and never left.
   * One at whose address another message of the step waits by now stays as it is. Returns those that were changed.
   */
  async reopen(
    tx: Tx,
    messages: readonly {
      readonly id: string
      readonly state: string
      readonly to: 'ready' | 'waiting'
      readonly dueAt: number
    }[],
    now: number,
  ): Promise<ReadonlySet<string>> {
    const asked = JSON.stringify(messages.map(one => [one.id, one.state, one.to, one.dueAt]))
    const { rows } = await sql<{ id: string }>`
      update or ignore messages as m set state = asked.target, reason = '', due_at = asked.due_at, claimed_by = null,
        provider_message_id = null, updated_at = ${now}
      from (select value ->> 0 as id, value ->> 1 as state, value ->> 2 as target, value ->> 3 as due_at
        from json_each(${asked})) as asked
      where m.id = asked.id and m.state = asked.state and ${NEVER_LEFT} returning id`.execute(tx)
    return new Set(rows.map(row => row.id))
  },
}
