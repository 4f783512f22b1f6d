import { sql } from 'kysely'
import type { Tx } from '../../storage/transaction.ts'
import { toColumns } from '../contact-row.ts'
import type { ContactValues } from '../contact-values.ts'

/** A merge in numbers. */
export interface MergeOfPeople {
  readonly changeNo: number
  readonly survivorNo: number
  readonly otherNos: readonly number[]
  readonly values: ContactValues
  /** The twin number that the e-mail address has where it comes from. */
  readonly twin: number
  /** Where the e-mail address of the merged contact comes from. */
  readonly emailNo: number
  readonly actor: string
  readonly now: number
}

/** The SQL that makes one contact of several. Each statement moves one kind of thing from the others to the survivor. */
export const mergePeopleStore = {
  async numbers(tx: Tx, ids: readonly string[]): Promise<ReadonlyMap<string, { no: number; twin: number }>> {
    const { rows } = await sql<{ id: string; no: number; twin: number }>`select id, no, twin from contacts
      where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(tx)
    return new Map(rows.map(({ id, no, twin }) => [id, { no, twin }]))
  },

  async apply(tx: Tx, merge: MergeOfPeople): Promise<void> {
    const { survivorNo, changeNo, now } = merge
    const others = sql`(select value from json_each(${JSON.stringify(merge.otherNos)}))`
    await sql`insert into contact_tags (contact_no, tag_no)
      select distinct ${survivorNo}, tag_no from contact_tags where contact_no in ${others}
      on conflict do nothing`.execute(tx)
    await uniteLists(tx, merge)
    await sql`update notes set contact_no = ${survivorNo} where contact_no in ${others}`.execute(tx)
    const refused = await channelsRefused(tx, merge)
    await moveConsents(tx, merge)
    await writeRefusals(tx, merge, refused)
    for (const table of ['contact_external_ids', 'orders', 'contact_events', 'contact_aliases'] as const) {
      await sql`update ${sql.table(table)} set contact_no = ${survivorNo} where contact_no in ${others}`.execute(tx)
    }
    await sql`insert into segment_members (segment_no, contact_no, entered_at)
      select segment_no, ${survivorNo}, min(entered_at) from segment_members where contact_no in ${others}
      group by segment_no on conflict do nothing`.execute(tx)
    await sql`delete from segment_members where contact_no in ${others}`.execute(tx)
    await sql`insert into contact_aliases (old_id, old_no, contact_no, change_no)
      select id, no, ${survivorNo}, ${changeNo} from contacts where no in ${others}`.execute(tx)
    await sql`delete from contacts where no in ${others}`.execute(tx)
    await tx
      .updateTable('contacts')
      .set({ ...toColumns(merge.values), twin: merge.twin, updated_at: now })
      .set(eb => ({ revision: eb('revision', '+', 1) }))
      .where('no', '=', survivorNo)
      .execute()
  },
}

/**
 * On a list that one of them left, the survivor is one who left; else the most that any of them was. A bounce is about an
 * address: it counts only with the one that stays.
 */
async function uniteLists(tx: Tx, { survivorNo, otherNos, emailNo, now }: MergeOfPeople): Promise<void> {
  const all = JSON.stringify([survivorNo, ...otherNos])
  await sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
    select list_no, ${survivorNo},
      case max(case when status = 'unsubscribed' then 4 when status = 'bounced' and contact_no = ${emailNo} then 3
        when status in ('bounced', 'active') then 2 else 1 end)
        when 4 then 'unsubscribed' when 3 then 'bounced' when 2 then 'active' else 'removed' end,
      min(added_at), added_by, source, ${now}
    from list_members where contact_no in (select value from json_each(${all})) group by list_no
    on conflict do update set status = excluded.status, changed_at = excluded.changed_at
      where status <> excluded.status`.execute(tx)
}

/** The channels that one of them refuses now, by consent or by a suppression of an address that does not stay. */
async function channelsRefused(tx: Tx, { survivorNo, otherNos, values }: MergeOfPeople): Promise<readonly Refusal[]> {
  const all = sql`(select value from json_each(${JSON.stringify([survivorNo, ...otherNos])}))`
  const { rows } = await sql<Refusal>`
    select channel, min(status) as status from (
      select channel, status, max(seq) from consents where contact_no in ${all} group by contact_no, channel)
    where status <> 'granted' group by channel
    union all
    select 'email', 'withdrawn' from contacts c cross join suppressions s
      on s.channel = 'email' and s.address_key = c.email_key and ${isOfPerson}
      where c.no in ${all} and not exists (select 1 from suppressions s
        where s.channel = 'email' and s.address_key = ${values.email?.toLowerCase() ?? ''} and ${isOfPerson})
    union all
    select 'sms', 'withdrawn' from contacts c cross join suppressions s
      on s.channel = 'sms' and s.address_key = c.phone and ${isOfPerson}
      where c.no in ${all} and not exists (select 1 from suppressions s
        where s.channel = 'sms' and s.address_key = ${values.phone ?? ''} and ${isOfPerson})`.execute(tx)
  return [...new Map(rows.toReversed().map(row => [row.channel, row])).values()]
}

interface Refusal {
  readonly channel: string
  readonly status: 'denied' | 'withdrawn'
}

// A bounce is about the address; every other suppression is the will of a person.
const isOfPerson = sql`s.reason <> 'hard_bounce'`

async function moveConsents(tx: Tx, { survivorNo, otherNos }: MergeOfPeople): Promise<void> {
  await sql`update consents set contact_no = ${survivorNo}
    where contact_no in (select value from json_each(${JSON.stringify(otherNos)}))`.execute(tx)
}

/** What one of them refuses is refused for the one that stays: that is written as a consent of its own. */
async function writeRefusals(
  tx: Tx,
  { survivorNo, now, actor }: MergeOfPeople,
  refusals: readonly Refusal[],
): Promise<void> {
  for (const { channel, status } of refusals) {
    const row = { contact_no: survivorNo, channel, status, at: now, actor }
    await tx
      .insertInto('consents')
      .values({
        ...row,
        basis: 'merge',
        source: 'merge',
        evidence: 'One of the contacts that were merged had refused.',
      })
      .execute()
  }
}
