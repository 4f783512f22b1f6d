import { Role } from '../../shared/domain/permissions.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import type { AuditEntry } from './index.ts'

/** A member as stored. */
export interface MemberRow {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly archivedAt: number | null
}

const COLUMNS = ['id', 'name', 'email', 'role', 'archived_at as archivedAt'] as const

/** The only SQL for members, settings and the audit trail. */
export const accountStore = {
  /** Every member, in the order they came. */
  async members(reader: Reader): Promise<readonly MemberRow[]> {
    const rows = await reader.selectFrom('members').select(COLUMNS).orderBy('created_at').orderBy('id').execute()
    return rows.map(toMember)
  },

  async member(reader: Reader, id: string): Promise<MemberRow | null> {
    const row = await reader.selectFrom('members').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    return row ? toMember(row) : null
  },

  async insertMember(tx: Tx, member: MemberRow, createdAt: number): Promise<void> {
    await tx
      .insertInto('members')
      .values({
        id: member.id,
        name: member.name,
        email: member.email,
        role: member.role,
        created_at: createdAt,
        archived_at: member.archivedAt,
      })
      .execute()
  },

  async updateMember(tx: Tx, member: MemberRow): Promise<void> {
    await tx
      .updateTable('members')
      .set({ name: member.name, email: member.email, role: member.role, archived_at: member.archivedAt })
      .where('id', '=', member.id)
      .execute()
  },

  async setting(reader: Reader, key: string): Promise<string | null> {
    const row = await reader.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst()
    return row?.value ?? null
  },

  async setSetting(tx: Tx, key: string, value: string): Promise<void> {
    await tx
      .insertInto('settings')
      .values({ key, value })
      .onConflict(conflict => conflict.column('key').doUpdateSet({ value }))
      .execute()
  },

  async insertAudit(tx: Tx, entry: AuditEntry, at: number): Promise<void> {
    await tx
      .insertInto('audit')
      .values({
        at,
        actor: entry.actor,
        action: entry.action,
        entity: entry.entity,
        entity_id: entry.entityId,
        data: JSON.stringify(entry.data),
      })
      .execute()
  },
}

function toMember(row: {
  id: string
  name: string
  email: string
  role: string
  archivedAt: number | null
}): MemberRow {
  return { ...row, role: Role.parse(row.role) }
}
