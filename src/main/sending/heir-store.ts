import { sql } from 'kysely'
import type { Channel } from '../../shared/contract/define.ts'
import { familyOf } from '../../shared/domain/domain-family.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

/** Who somebody is since she was merged with others, and where she is written to. */
export interface Heir {
  readonly personId: string
  readonly address: string | null
}

/** A message and who it is for: the contact it was planned for, and who that is by now. */
export interface Claim {
  readonly messageId: string
  readonly contactId: string
  readonly personId: string
  readonly address: string
}

/** What became of claims between the filling in and the last look. */
export interface Standing {
  readonly id: string
  /**
   * `moved`: merged with somebody, or taken apart again, since the message was filled in. `merged`: the person has this
   * message, or gets it, under another of the names that she had. `duplicate_address`: somebody else has it at her address.
   */
  readonly standing: 'moved' | 'merged' | 'duplicate_address'
}

/** The SQL of messages to contacts who were merged. What was planned stays under the old id; the alias leads to who she is now. */
export const heirStore = {
  /** Who these contacts, which are gone, were merged into; nothing of those that were deleted. */
  async heirs(reader: Reader, channel: Channel, contactIds: readonly string[]): Promise<ReadonlyMap<string, Heir>> {
    if (contactIds.length === 0) return new Map()
    const address = sql.ref(channel === 'email' ? 'c.email' : 'c.phone')
    const { rows } = await sql<Heir & { readonly contactId: string }>`
      select a.old_id as "contactId", c.id as "personId", ${address} as address
      from json_each(${JSON.stringify(contactIds)}) as asked cross join contact_aliases a on a.old_id = asked.value
      cross join contacts c on c.no = a.contact_no`.execute(reader)
    return new Map(rows.map(row => [row.contactId, row]))
  },

  /**
   * The last look at claims: one message a person, whatever she was called when it was planned. Of several that wait, the one
   * planned for who she is now goes, else the first. A refused message does not count: it reached nobody.
   */
  async standings(tx: Tx, claims: readonly Claim[]): Promise<readonly Standing[]> {
    const rows = JSON.stringify(claims.map(one => [one.messageId, one.contactId, one.personId, one.address]))
    const { rows: found } = await sql<Standing>`
      with asked as (select value ->> 0 as id, value ->> 1 as contact_id, value ->> 2 as person_id, value ->> 3 as address
        from json_each(${rows}))
      select asked.id, 'moved' as standing from asked
        left join contacts c on c.id = asked.contact_id left join contact_aliases a on a.old_id = asked.contact_id
        left join contacts p on p.no = a.contact_no
      where case when asked.person_id = asked.contact_id then c.no is null and p.no is not null
        else c.no is not null or p.id is not asked.person_id end
      union all
      select asked.id, 'merged' from asked cross join messages m on m.id = asked.id
        cross join contacts p on p.id = asked.person_id
      where exists (select 1 from contact_aliases a cross join messages o on o.contact_id = a.old_id
          where a.contact_no = p.no and o.campaign_id = m.campaign_id and o.step = m.step and o.id <> m.id
            and (o.state in ('accepted', 'attempting', 'claimed', 'unknown')
              or (o.state = 'ready' and m.contact_id <> p.id and o.id < m.id)))
        or (m.contact_id <> p.id and exists (select 1 from messages o where o.contact_id = p.id
          and o.campaign_id = m.campaign_id and o.step = m.step
          and o.state in ('accepted', 'attempting', 'claimed', 'unknown', 'ready')))
      union all
      select asked.id, 'duplicate_address' from asked cross join messages m on m.id = asked.id
      where asked.person_id <> asked.contact_id and exists (select 1 from messages o where o.campaign_id = m.campaign_id
        and o.step = m.step and o.channel = m.channel and lower(o.address) = lower(asked.address) and o.state <> 'skipped'
        and o.id <> m.id)`.execute(tx)
    return found
  },

  /** Writes the address of who she is now on the messages that go to her; only what is still ready. */
  async readdress(tx: Tx, claims: readonly Claim[]): Promise<void> {
    if (claims.length === 0) return
    const rows = JSON.stringify(claims.map(one => [one.messageId, one.address, familyOf(one.address)]))
    await sql`update messages set address = asked.address, family = asked.family
      from (select value ->> 0 as id, value ->> 1 as address, value ->> 2 as family from json_each(${rows})) as asked
      where messages.id = asked.id and messages.state = 'ready' and messages.address <> asked.address`.execute(tx)
  },
}
