import type { contract } from '../../shared/contract/index.ts'
import type { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import type { Actor, Handlers } from '../request.ts'
import type { Reader, Tx } from '../storage/transaction.ts'

/** One line of the audit trail. `data` holds ids, names of fields and statuses, no message bodies. */
export interface AuditEntry {
  readonly actor: string
  readonly action: string
  readonly entity: string
  readonly entityId: string
  readonly data: Readonly<Record<string, unknown>>
}

/** A member who is removed. */
export interface RemovedMember {
  readonly memberId: string
  /** Who owns from now on what she owned; null is nobody. */
  readonly heirId: string | null
  /** The member who removes her. */
  readonly actor: string
}

/** Members and roles, the workspace's settings, and the audit trail. */
export interface Accounts {
  /** Makes the first member (owner) and the settings when missing. */
  ensureDefaults(): Promise<void>
  /** The member that the workspace acts as at present. */
  currentActor(): Promise<Actor>
  /** Name of a member for people; 'Tidings' for the application itself. */
  memberName(reader: Reader, id: string): Promise<string>
  settings(reader: Reader): Promise<WorkspaceSettings>
  saveSettings(tx: Tx, settings: WorkspaceSettings): Promise<void>
  /** A small value of the application's own, such as a choice or a cursor. */
  setting(reader: Reader, key: string): Promise<string | null>
  setSetting(tx: Tx, key: string, value: string): Promise<void>
  audit(tx: Tx, entry: AuditEntry): Promise<void>
  /** Who is told, in the transaction, that a member is removed and who takes over what she owned; one listener. */
  onMemberRemoved(run: (tx: Tx, removed: RemovedMember) => Promise<void>): void
  readonly handlers: Handlers<(typeof contract)['team']>
}

/** Who acts when nobody does: the scheduler, the planner, the pool. */
export const SYSTEM_ACTOR = 'tidings'
