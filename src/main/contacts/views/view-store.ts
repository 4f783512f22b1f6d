import { ContactView, SavedView } from '../../../shared/contract/contacts.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'
import { nameKey } from '../import/engine/name-key.ts'

/** The SQL of saved views. */
export const viewStore = {
  async all(reader: Reader): Promise<readonly SavedView[]> {
    const rows = await reader
      .selectFrom('saved_views')
      .select(['id', 'name', 'view', 'updated_at'])
      .orderBy('name_key')
      .execute()
    return rows.map(row => read(row))
  },

  async find(reader: Reader, id: string): Promise<SavedView | null> {
    const row = await reader
      .selectFrom('saved_views')
      .select(['id', 'name', 'view', 'updated_at'])
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? read(row) : null
  },

  async withName(reader: Reader, name: string): Promise<{ readonly id: string; readonly name: string } | null> {
    const row = await reader
      .selectFrom('saved_views')
      .select(['id', 'name'])
      .where('name_key', '=', nameKey(name))
      .executeTakeFirst()
    return row ?? null
  },

  async save(
    tx: Tx,
    saved: { readonly id: string; readonly name: string; readonly view: ContactView; readonly madeBy: string },
    at: number,
  ): Promise<void> {
    const values = { name: saved.name, name_key: nameKey(saved.name), view: JSON.stringify(saved.view), updated_at: at }
    await tx
      .insertInto('saved_views')
      .values({ id: saved.id, made_by: saved.madeBy, created_at: at, ...values })
      .onConflict(conflict => conflict.column('id').doUpdateSet(values))
      .execute()
  },

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('saved_views').where('id', '=', id).execute()
  },
}

function read(row: { id: string; name: string; view: string; updated_at: number }): SavedView {
  const view = ContactView.parse(JSON.parse(row.view))
  return SavedView.parse({ ...view, id: row.id, name: row.name, updatedAt: row.updated_at })
}
