import { AppError } from '../../shared/contract/failure.ts'
import { WorkspaceSettings } from '../../shared/contract/workspace.ts'
import { roleAllows } from '../../shared/domain/permissions.ts'
import type { DomainParts } from '../domain-parts.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { accountStore } from './account-store.ts'
import { defaultSettings } from './default-settings.ts'
import { type Accounts, type RemovedMember, SYSTEM_ACTOR } from './index.ts'
import { actingMember } from './ownership.ts'
import { teamHandlers } from './team.ts'

const SETTINGS_KEY = 'workspace.settings'
const CURRENT_MEMBER_KEY = 'team.current'

/** Members, settings and the audit trail of one workspace. */
export function createAccounts(parts: DomainParts): Accounts {
  const { kernel, storage } = parts
  let memberRemoved: (tx: Tx, removed: RemovedMember) => Promise<void> = () => Promise.resolve()

  const accounts: Omit<Accounts, 'handlers'> = {
    async ensureDefaults() {
      await transaction(
        storage.db,
        async tx => {
          if ((await accountStore.members(tx)).length === 0) {
            const now = kernel.clock.now()
            const owner = { id: kernel.ids.next(), name: 'You', email: '', role: 'owner', archivedAt: null } as const
            const approver = { ...owner, id: kernel.ids.next(), name: 'Ada Approver', role: 'approver' } as const
            await accountStore.insertMember(tx, owner, now)
            await accountStore.insertMember(tx, approver, now)
            await accountStore.setSetting(tx, CURRENT_MEMBER_KEY, owner.id)
          }
          if ((await accountStore.setting(tx, SETTINGS_KEY)) === null)
            await accounts.saveSettings(tx, defaultSettings())
        },
        { name: 'accounts.ensureDefaults' },
      )
    },
    async currentActor() {
      const chosen = await accountStore.setting(storage.reader, CURRENT_MEMBER_KEY)
      const member = actingMember(await accountStore.members(storage.reader), chosen)
      if (!member) throw new AppError('unavailable', 'This workspace has no owner. Restore it from a backup.')
      return {
        id: member.id,
        name: member.name,
        role: member.role,
        can: permission => roleAllows(member.role, permission),
      }
    },
    async memberName(reader, id) {
      if (id === SYSTEM_ACTOR) return 'Tidings'
      return (await accountStore.member(reader, id))?.name ?? 'Somebody'
    },
    async settings(reader) {
      const stored = await accountStore.setting(reader, SETTINGS_KEY)
      return stored === null ? defaultSettings() : WorkspaceSettings.parse(JSON.parse(stored))
    },
    saveSettings: (tx, settings) => accountStore.setSetting(tx, SETTINGS_KEY, JSON.stringify(settings)),
    setting: (reader, key) => accountStore.setting(reader, key),
    setSetting: (tx, key, value) => accountStore.setSetting(tx, key, value),
    onMemberRemoved: run => {
      memberRemoved = run
    },
    audit: (tx, entry) => accountStore.insertAudit(tx, entry, kernel.clock.now()),
  }
  return {
    ...accounts,
    handlers: teamHandlers(parts, accounts, CURRENT_MEMBER_KEY, (tx, removed) => memberRemoved(tx, removed)),
  }
}
