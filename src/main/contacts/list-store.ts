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

/** The SQL of lists and who is on them. */
export const listStore = {
  /** Every list with its numbers, or the one asked for. Who was removed is no member. */
  async summaries(reader: Reader, id: string | null = null): Promise<readonly ListRow[]> {
    const { rows } = await sql<ListRow>`
      select l.id, l.name, l.description, coalesce(n.members, 0) as members, coalesce(n.active, 0) as active,
        coalesce(n.unsubscribed, 0) as unsubscribed, coalesce(n.bounced, 0) as bounced,
        l.created_at as "createdAt", l.updated_at as "updatedAt"
      from lists l left join (
        select list_id, sum(status <> 'removed') as members, sum(status = 'active') as active,
          sum(status = 'unsubscribed') as unsubscribed, sum(status = 'bounced') as bounced
        from list_members where ${id === null ? sql`true` : sql`list_id = ${id}`} group by list_id
      ) n on n.list_id = l.id
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
    const result = await tx.deleteFrom('lists').where('id', '=', id).executeTakeFirst()
    return result.numDeletedRows > 0n
  },

  async exists(reader: Reader, id: string): Promise<boolean> {
    return (await reader.selectFrom('lists').select('id').where('id', '=', id).executeTakeFirst()) !== undefined
  },

  /** Who unsubscribed or bounced stays so; who was removed is back. Returns how many are on the list who were not. */
  async addMembers(tx: Tx, listId: string, contactIds: readonly string[], by: string, at: number): Promise<number> {
    const result =
      await sql`insert into list_members (list_id, contact_id, status, added_at, added_by, source, changed_at)
      select ${listId}, contacts.id, 'active', ${at}, ${by}, 'added by hand', ${at}
      from json_each(${JSON.stringify(contactIds)}) as asked cross join contacts on contacts.id = asked.value where true
      on conflict (list_id, contact_id) do update
        set status = 'active', added_at = excluded.added_at, added_by = excluded.added_by, changed_at = excluded.changed_at
        where list_members.status = 'removed'`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  /** An unsubscribe is kept: taken off and put on again she would be written to. Returns how many were taken off. */
  async removeMembers(tx: Tx, listId: string, contactIds: readonly string[], at: number): Promise<number> {
    const result = await sql`update list_members set status = 'removed', changed_at = ${at}
      where list_id = ${listId} and contact_id in (select value from json_each(${JSON.stringify(contactIds)}))
        and status in ('active', 'bounced')`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  async touch(tx: Tx, id: string, at: number): Promise<void> {
    await tx.updateTable('lists').set({ updated_at: at }).where('id', '=', id).execute()
  },

  async membershipsOf(reader: Reader, contactId: string) {
    return reader
      .selectFrom('list_members as m')
      .innerJoin('lists as l', 'l.id', 'm.list_id')
      .select(['l.id', 'l.name', 'm.status', 'm.added_at as addedAt', 'm.source', 'm.changed_at as changedAt'])
      .where('m.contact_id', '=', contactId)
      .orderBy('l.name_key')
      .execute()
  },
}
