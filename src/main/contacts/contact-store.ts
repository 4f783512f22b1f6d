import { sql } from 'kysely'
import { FieldType } from '../../shared/contract/imports.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { CONTACT_COLUMNS, fromRow, type StoredContact, toColumns } from './contact-row.ts'
import type { ContactValues } from './contact-values.ts'
import type { CustomField } from './custom-value.ts'

/** SQL for one contact at a time, and for changes to many. */
export const contactStore = {
  async find(reader: Reader, id: string): Promise<StoredContact | null> {
    const row = await reader.selectFrom('contacts').select(CONTACT_COLUMNS).where('id', '=', id).executeTakeFirst()
    return row ? fromRow(row) : null
  },

  /** Another contact with this e-mail address, if there is one. */
  async otherWithEmail(reader: Reader, emailKey: string, exceptId: string): Promise<StoredContact | null> {
    const row = await reader
      .selectFrom('contacts')
      .select(CONTACT_COLUMNS)
      .where('email_key', '=', emailKey)
      .where('id', '<>', exceptId)
      .orderBy('twin')
      .executeTakeFirst()
    return row ? fromRow(row) : null
  },

  async insert(tx: Tx, id: string, values: ContactValues, source: string, at: number): Promise<void> {
    await tx
      .insertInto('contacts')
      .values({
        id,
        revision: 1,
        ...toColumns(values),
        twin: 0,
        source,
        lead_score: 0,
        created_at: at,
        updated_at: at,
        last_activity_at: null,
      })
      .execute()
  },

  /** `moved` says that the e-mail address is another one than before: the contact is then its only holder. */
  async update(tx: Tx, id: string, values: ContactValues, moved: boolean, at: number): Promise<void> {
    await tx
      .updateTable('contacts')
      .set(eb => ({
        ...toColumns(values),
        revision: eb('revision', '+', 1),
        updated_at: at,
        ...(moved ? { twin: 0 } : {}),
      }))
      .where('id', '=', id)
      .execute()
  },

  /** Deletes contacts with their memberships, tags, notes and consents. Returns how many there were. */
  async remove(tx: Tx, ids: readonly string[]): Promise<number> {
    const result =
      await sql`delete from contacts where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(tx)
    return Number(result.numAffectedRows ?? 0)
  },

  /** Ids with the addresses that they would be written to at. */
  async addresses(
    reader: Reader,
    ids: readonly string[],
  ): Promise<readonly { readonly id: string; readonly email: string | null; readonly phone: string | null }[]> {
    return reader.selectFrom('contacts').select(['id', 'email', 'phone']).where('id', 'in', ids).execute()
  },

  async customFields(reader: Reader): Promise<readonly CustomField[]> {
    const rows = await reader.selectFrom('custom_fields').select(['key', 'label', 'type']).orderBy('key').execute()
    return rows.map(row => ({ ...row, type: FieldType.parse(row.type) }))
  },

  /** Ids of the members who can own contacts. */
  async owners(reader: Reader): Promise<readonly string[]> {
    const rows = await reader.selectFrom('members').select('id').where('archived_at', 'is', null).execute()
    return rows.map(row => row.id)
  },

  /** Whether a member owns any contact. */
  async ownsAny(reader: Reader, memberId: string): Promise<boolean> {
    const { rows } = await sql<{ owns: number }>`
      select exists (select 1 from contacts where owner_id = ${memberId}) as owns`.execute(reader)
    return rows[0]?.owns === 1
  },

  async addNote(
    tx: Tx,
    note: { readonly id: string; readonly contactId: string; readonly body: string; readonly authorId: string },
    at: number,
  ): Promise<void> {
    await sql`insert into notes (id, contact_no, body, author_id, created_at)
      select ${note.id}, no, ${note.body}, ${note.authorId}, ${at} from contacts where id = ${note.contactId}`.execute(
      tx,
    )
    await sql`update contacts set revision = revision + 1 where id = ${note.contactId}`.execute(tx)
  },

  async touch(tx: Tx, ids: readonly string[], at: number): Promise<void> {
    await sql`update contacts set updated_at = ${at}, revision = revision + 1
      where id in (select value from json_each(${JSON.stringify(ids)}))`.execute(tx)
  },
}
