import { sql } from 'kysely'
import type { Reader, Tx } from '../storage/transaction.ts'
import { nameKey } from './import/engine/name-key.ts'

/** The SQL of tags. */
export const tagStore = {
  /** Tag names of each of the contacts, in order of the alphabet. */
  async namesOf(reader: Reader, contactIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const { rows } = await sql<{ contactId: string; name: string }>`
      select c.id as "contactId", t.name
      from json_each(${JSON.stringify(contactIds)}) as asked
        cross join contacts c on c.id = asked.value
        cross join contact_tags ct on ct.contact_no = c.no
        cross join tags t on t.no = ct.tag_no
      order by t.name_key`.execute(reader)
    const names = new Map<string, string[]>()
    for (const { contactId, name } of rows) {
      const known = names.get(contactId)
      if (known) known.push(name)
      else names.set(contactId, [name])
    }
    return names
  },

  /** The id of the tag with this name; `newId` becomes it when there is none yet. */
  async ensure(tx: Tx, name: string, newId: string): Promise<string> {
    const key = nameKey(name)
    await tx
      .insertInto('tags')
      .values({ id: newId, name: name.trim().normalize('NFC'), name_key: key })
      .onConflict(conflict => conflict.column('name_key').doNothing())
      .execute()
    const tag = await tx.selectFrom('tags').select('id').where('name_key', '=', key).executeTakeFirstOrThrow()
    return tag.id
  },

  /** Contacts that are gone are passed over. */
  async add(tx: Tx, tagId: string, contactIds: readonly string[]): Promise<void> {
    await sql`insert into contact_tags (tag_no, contact_no)
      select (select no from tags where id = ${tagId}), contacts.no from json_each(${JSON.stringify(contactIds)}) as asked
        cross join contacts on contacts.id = asked.value where true
      on conflict do nothing`.execute(tx)
  },

  async remove(tx: Tx, name: string, contactIds: readonly string[]): Promise<void> {
    await sql`delete from contact_tags
      where contact_no in (select no from contacts where id in (select value from json_each(${JSON.stringify(contactIds)})))
        and tag_no in (select no from tags where name_key = ${nameKey(name)})`.execute(tx)
  },
}
