import { type Insertable, sql } from 'kysely'
import type { Channel } from '../../../shared/contract/define.ts'
import type { Tables } from '../../storage/tables.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** Rows of a table as they are written. */
export type Rows<T extends keyof Tables> = readonly Insertable<Tables[T]>[]

/** A list and a contact on it, by their ids. */
export interface SampleMember {
  readonly listId: string
  readonly contactId: string
  readonly status: 'active' | 'bounced' | 'unsubscribed'
  readonly addedAt: number
  readonly changedAt: number
}

/** What a contact said about messages, by her id. */
export interface SampleConsent {
  readonly contactId: string
  readonly channel: Channel
  readonly status: 'granted' | 'denied' | 'withdrawn'
  readonly basis: string
  readonly evidence: string
  readonly at: number
}

/** Tables that the sample writes into, in an order in which every reference is there already. */
export interface SampleRows {
  readonly contacts: Rows<'contacts'>
  readonly lists: Rows<'lists'>
  readonly members: readonly SampleMember[]
  readonly tags: Rows<'tags'>
  readonly tagged: readonly { readonly tagId: string; readonly contactId: string }[]
  readonly consents: readonly SampleConsent[]
  readonly suppressions: Rows<'suppressions'>
  readonly templates: Rows<'templates'>
  readonly template_versions: Rows<'template_versions'>
  readonly campaigns: Rows<'campaigns'>
  readonly messages: Rows<'messages'>
  readonly attempts: Rows<'attempts'>
}

const SAMPLE = 'sample'
// SQLite binds 32,766 values a statement; the widest row has 27.
const PAGE = 500

/** The SQL that puts the sample in and takes it out. */
export const sampleStore = {
  /** The practice account for e-mail, which the sample's campaign says it went out by. */
  async practiceSender(reader: Reader): Promise<string | null> {
    const row = await reader
      .selectFrom('senders')
      .select('id')
      .where('channel', '=', 'email')
      .where('provider', '=', 'practice')
      .orderBy('created_at')
      .executeTakeFirst()
    return row?.id ?? null
  },

  /** Names of lists and tags that are in use already, by their keys. */
  async takenNames(
    reader: Reader,
  ): Promise<{ readonly lists: ReadonlySet<string>; readonly tags: ReadonlyMap<string, string> }> {
    const lists = await reader.selectFrom('lists').select('name_key').execute()
    const tags = await reader.selectFrom('tags').select(['name_key', 'id']).execute()
    return { lists: new Set(lists.map(row => row.name_key)), tags: new Map(tags.map(row => [row.name_key, row.id])) }
  },

  /** E-mail addresses (as keys) that contacts have already; the sample leaves these people out. */
  async takenEmails(reader: Reader, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const rows = await reader.selectFrom('contacts').select('email_key').where('email_key', 'in', keys).execute()
    return new Set(rows.flatMap(row => (row.email_key === null ? [] : [row.email_key])))
  },

  async insert(tx: Tx, rows: SampleRows, actor: string): Promise<void> {
    await insertPages(tx, 'contacts', rows.contacts)
    await insertPages(tx, 'lists', rows.lists)
    await insertPages(tx, 'tags', rows.tags)
    await sql`insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
      select lists.no, contacts.no, row.value ->> 'status', row.value ->> 'addedAt', ${actor}, ${SAMPLE}, row.value ->> 'changedAt'
      from json_each(${JSON.stringify(rows.members)}) as row
        cross join lists on lists.id = row.value ->> 'listId'
        cross join contacts on contacts.id = row.value ->> 'contactId'`.execute(tx)
    await sql`insert into contact_tags (tag_no, contact_no)
      select tags.no, contacts.no from json_each(${JSON.stringify(rows.tagged)}) as row
        cross join tags on tags.id = row.value ->> 'tagId'
        cross join contacts on contacts.id = row.value ->> 'contactId'`.execute(tx)
    await sql`insert into consents (contact_no, channel, status, basis, source, evidence, at, actor)
      select contacts.no, row.value ->> 'channel', row.value ->> 'status', row.value ->> 'basis', ${SAMPLE},
        row.value ->> 'evidence', row.value ->> 'at', ${actor}
      from json_each(${JSON.stringify(rows.consents)}) as row
        cross join contacts on contacts.id = row.value ->> 'contactId' order by row.key`.execute(tx)
    await insertPages(tx, 'suppressions', rows.suppressions)
    await insertPages(tx, 'templates', rows.templates)
    await insertPages(tx, 'template_versions', rows.template_versions)
    await insertPages(tx, 'campaigns', rows.campaigns)
    await insertPages(tx, 'messages', rows.messages)
    await insertPages(tx, 'attempts', rows.attempts)
  },

  /**
   * Takes the made-up campaign out with its messages, attempts and ledger rows. The database itself allows it for a campaign
   * that was made as a sample, and for no other (trigger ledger_keeps_rows); the mark cannot be set later.
   */
  async removeCampaign(tx: Tx, campaignId: string): Promise<void> {
    await sql`delete from ledger where campaign_id = ${campaignId}`.execute(tx)
    await sql`delete from attempts where message_id in (select id from messages where campaign_id = ${campaignId})`.execute(
      tx,
    )
    await tx.deleteFrom('messages').where('campaign_id', '=', campaignId).execute()
    await tx.deleteFrom('campaigns').where('id', '=', campaignId).where('is_sample', '=', 1).execute()
  },

  /** Takes the made-up people out, and what stopped messages to them. Returns how many there were. */
  async removePeople(tx: Tx): Promise<number> {
    await tx.deleteFrom('suppressions').where('source', '=', SAMPLE).execute()
    const result = await tx.deleteFrom('contacts').where('source', '=', SAMPLE).executeTakeFirst()
    return Number(result.numDeletedRows)
  },

  /** Lists, tags and templates of the sample go, except where something of hers depends on them by now. */
  async removeUnused(
    tx: Tx,
    ids: { readonly lists: readonly string[]; readonly tags: readonly string[]; readonly templates: readonly string[] },
  ): Promise<void> {
    await sql`delete from lists where id in (select value from json_each(${JSON.stringify(ids.lists)}))
      and not exists (select 1 from list_members m where m.list_no = lists.no)
      and not exists (select 1 from campaigns c, json_each(c.draft, '$.audience.listIds') as used where used.value = lists.id)`.execute(
      tx,
    )
    await sql`delete from tags where id in (select value from json_each(${JSON.stringify(ids.tags)}))
      and not exists (select 1 from contact_tags t where t.tag_no = tags.no)
      and not exists (select 1 from campaigns c, json_each(c.draft, '$.audience.tagIds') as used where used.value = tags.id)`.execute(
      tx,
    )
    await sql`delete from templates where id in (select value from json_each(${JSON.stringify(ids.templates)}))
      and version = 1
      and not exists (select 1 from campaigns c where c.draft ->> '$.templateId' = templates.id)`.execute(tx)
  },
}

async function insertPages<T extends keyof Tables>(tx: Tx, table: T, rows: Rows<T>): Promise<void> {
  for (let from = 0; from < rows.length; from += PAGE) {
    await tx
      .insertInto<keyof Tables>(table)
      .values(rows.slice(from, from + PAGE))
      .execute()
  }
}
