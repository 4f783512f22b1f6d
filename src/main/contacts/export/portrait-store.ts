import { sql } from 'kysely'
import { z } from 'zod'
import type { Reader } from '../../storage/transaction.ts'

const Lines = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.array(z.record(z.string(), z.unknown())))
type Lines = z.infer<typeof Lines>

/** What is on record about a contact besides her fields. Times are epoch milliseconds. */
export interface Portrait {
  readonly memberships: Lines
  readonly consents: Lines
  readonly suppressions: Lines
  readonly orders: Lines
  readonly messages: Lines
  readonly events: Lines
}

/** Reads what a person may ask to be given (GDPR Art. 20): memberships, consents, suppressions, orders, messages, events. */
export async function portraitsOf(reader: Reader, numbers: readonly number[]): Promise<ReadonlyMap<number, Portrait>> {
  const { rows } = await sql<{ no: number } & Record<keyof Portrait, string>>`
    select c.no,
      (select json_group_array(json_object('list', l.name, 'status', m.status, 'addedAt', m.added_at, 'source', m.source))
        from list_members m cross join lists l on l.no = m.list_no where m.contact_no = c.no) as memberships,
      (select json_group_array(json_object('channel', n.channel, 'status', n.status, 'basis', n.basis, 'source', n.source,
        'evidence', n.evidence, 'at', n.at) order by n.seq) from consents n where n.contact_no = c.no) as consents,
      (select json_group_array(json_object('channel', s.channel, 'reason', s.reason, 'source', s.source, 'at', s.created_at))
        from suppressions s where (s.channel = 'email' and s.address_key = c.email_key)
          or (s.channel <> 'email' and s.address_key = c.phone)) as suppressions,
      (select json_group_array(json_object('source', o.source, 'id', o.external_id, 'at', o.at, 'currency', o.currency,
        'valueMinor', o.value_minor, 'status', o.status) order by o.at) from orders o where o.contact_no = c.no) as orders,
      (select json_group_array(json_object('campaign', g.name, 'channel', e.channel, 'state', e.state, 'reason', e.reason,
        'at', e.created_at) order by e.created_at) from messages e left join campaigns g on g.id = e.campaign_id
        where e.contact_id = c.id) as messages,
      (select json_group_array(json_object('kind', v.kind, 'name', v.name, 'at', v.at) order by v.at)
        from contact_events v where v.contact_no = c.no) as events
    from json_each(${JSON.stringify(numbers)}) as asked cross join contacts c on c.no = asked.value`.execute(reader)
  return new Map(
    rows.map(({ no, ...texts }) => [
      no,
      {
        memberships: Lines.parse(texts.memberships),
        consents: Lines.parse(texts.consents),
        suppressions: Lines.parse(texts.suppressions),
        orders: Lines.parse(texts.orders),
        messages: Lines.parse(texts.messages),
        events: Lines.parse(texts.events),
      },
    ]),
  )
}
