import { sql } from 'kysely'
import type { Reader, Tx } from '../storage/transaction.ts'
import { nameKey } from './import/engine/name-key.ts'

export interface ListRow {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly members: number
  readonly active: number
  readonly unsubscribed: number
  readonly bounced: number
  readonly createdAt: number
  readonly updatedAt: number
}

interface Changed {
  readonly contactNo: number
}

/** The SQL of lists and who is on them. */
export const listStore = {
  /** Every list with its numbers, or the one asked for. Who was removed is no member. */
  async summaries(reader: Reader, id: string | null = null): Promise<readonly ListRow[]> {
    const { rows } = await sql<ListRow>`
      select l.id, l.name, l.description, coalesce(n.members, 0) as members, coalesce(n.active, 0) as active,
        coalesce(n.unsubscribed, 0) as unsubscribed, coalesce(n.bounced, 0) as bounced,
        l.created_at as "createdAt", l.updated_at as "updatedAt"
      from lists l left join (
        select list_no, sum(status <> 'removed') as members, sum(status = 'active') as active,
          sum(status = 'unsubscribed') as unsubscribed, sum(status = 'bounced') as bounced
        from list_members where ${id === null ? sql`true` : sql`list_no = (select no from lists where id = ${id})`}
        group by list_no
      ) n on n.list_no = l.no
      where ${id === null ? sql`true` : sql`l.id = ${id}`}
      order by l.name_key`.execute(reader)
    return rows
  },

  async withName(reader: Reader, name: string): Promise<{ readonly id: string; readonly name: string } | null> {
    const row = await reader
      .selectFrom('lists')
      .select(['id', 'name'])
      .where('name_key', '=', nameKey(name))
      .executeTakeFirst()
    return row ?? null
  },

  async insert(tx: Tx, list: { readonly id: string; readonly name: string; readonly description: string }, at: number) {
    await tx
      .insertInto('lists')
      .values({ ...list, name_key: nameKey(list.name), created_at: at, updated_at: at })
      .execute()
  },

  /** Returns whether there is such a list. */
  async update(tx: Tx, list: { readonly id: string; readonly name: string; readonly description: string }, at: number) {
    const result = await tx
      .updateTable('lists')
      .set({ name: list.name, name_key: nameKey(list.name), description: list.description, updated_at: at })
      .where('id', '=', list.id)
      .executeTakeFirst()
    return result.numUpdatedRows > 0n
  },

  /** Returns whether there was such a list. */
  async remove(tx: Tx, id: string): Promise<boolean> {
    await sql`update contacts set revision = revision + 1 where no in (
      select contact_no from list_members where list_no = (select no from lists where id = ${id}))`.execute(tx)
    const result = await tx.deleteFrom('lists').where('id', '=', id).executeTakeFirst()
    return result.numDeletedRows > 0n
  },

  async exists(reader: Reader, id: string): Promise<boolean> {
    return (await reader.selectFrom('lists').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  },

  /** Who unsubscribed or bounced stays so; who was removed is back. Returns how many are on the list who were not. */
  async addMembers(tx: Tx, listId: string, contactIds: readonly string[], by: string, at: number): Promise<number> {
    const { rows } = await sql<Changed>`
      insert into list_members (list_no, contact_no, status, added_at, added_by, source, changed_at)
      select (select no from lists where id = ${listId}), contacts.no, 'active', ${at}, ${by}, 'added by hand', ${at}
      from json_each(${JSON.stringify(contactIds)}) as asked cross join contacts on contacts.id = asked.value where true
      on conflict (list_no, contact_no) do update
        set status = 'active', added_at = excluded.added_at, added_by = excluded.added_by, changed_at = excluded.changed_at
        where list_members.status = 'removed'
      returning contact_no as "contactNo"`.execute(tx)
    await countChange(tx, rows)
    return rows.length
  },

  /** An unsubscribe is kept: taken off and put on again she would be written to. Returns how many were taken off. */
  async removeMembers(tx: Tx, listId: string, contactIds: readonly string[], at: number): Promise<number> {
    const { rows } = await sql<Changed>`update list_members set status = 'removed', changed_at = ${at}
      where list_no = (select no from lists where id = ${listId})
        and contact_no in (select no from contacts where id in (select value from json_each(${JSON.stringify(contactIds)})))
        and status in ('active', 'bounced')
      returning contact_no as "contactNo"`.execute(tx)
    await countChange(tx, rows)
    return rows.length
  },

  async touch(tx: Tx, id: string, at: number): Promise<void> {
    await tx.updateTable('lists').set({ updated_at: at }).where('id', '=', id).execute()
  },

  async membershipsOf(reader: Reader, contactId: string) {
    return reader
      .selectFrom('list_members as m')
      .innerJoin('lists as l', 'l.no', 'm.list_no')
      .select(['l.id', 'l.name', 'm.status', 'm.added_at as addedAt', 'm.source', 'm.changed_at as changedAt'])
      .where('m.contact_no', '=', eb => eb.selectFrom('contacts').select('no').where('id', '=', contactId))
      .orderBy('l.name_key')
      .execute()
  },
}

/** Who is on which lists is part of the contact. */
async function countChange(tx: Tx, rows: readonly Changed[]): Promise<void> {
  const numbers = JSON.stringify(rows.map(row => row.contactNo))
  await sql`update contacts set revision = revision + 1 where no in (select value from json_each(${numbers}))`.execute(
    tx,
  )
}
