import { AppError } from '../../shared/contract/failure.ts'
import { Permission } from '../../shared/domain/permissions.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { RequestContext } from '../request.ts'
import type { Sending } from '../sending/index.ts'
import { transaction } from '../storage/transaction.ts'
import { checkedSettings } from './checked-settings.ts'
import type { Workspace } from './index.ts'
import { createSample } from './sample/sample.ts'
import { workspaceStore } from './workspace-store.ts'

/** What the host says of itself, as far as the window shows it. */
export interface HostFacts {
  readonly folder: string
  readonly version: string
  readonly secrets: { readonly keptBy: 'system' | 'key_file' | 'unavailable' }
}

export interface WorkspaceParts extends DomainParts {
  readonly accounts: Accounts
  readonly sending: Sending
  readonly ports: HostFacts
}

const RECENT = 5
const UPCOMING = 10

/** The workspace as a whole: its frame, home page, settings, ledger check and sample. */
export function createWorkspace(parts: WorkspaceParts): Workspace {
  const { kernel, storage, accounts, sending, ports } = parts
  const sample = createSample(parts)

  async function actingMember(context: RequestContext) {
    const { members } = await accounts.handlers.list({}, context)
    const member = members.find(one => one.id === context.actor.id)
    if (!member) throw new AppError('conflict', 'The acting member was removed. Choose another member.')
    return member
  }

  return {
    handlers: {
      async overview(_input, context) {
        const [sizes, hasSample, member] = await Promise.all([
          workspaceStore.sizes(storage.reader),
          sample.isLoaded(storage.reader),
          actingMember(context),
        ])
        return {
          version: ports.version,
          folder: ports.folder,
          isEmpty: sizes.contacts + sizes.templates + sizes.campaigns === 0,
          hasSample,
          ...sizes,
          member,
          permissions: Permission.options.filter(permission => context.actor.can(permission)),
          secretsKeptBy: ports.secrets.keptBy,
        }
      },

      async home() {
        const { reader } = storage
        const [running, next, recent, awaitingDecision, unknownMessages, steps, settings] = await Promise.all([
          workspaceStore.campaignLines(reader, ['running', 'paused'], 'latest', UPCOMING),
          workspaceStore.campaignLines(reader, ['scheduled', 'approved'], 'soonest', UPCOMING),
          workspaceStore.campaignLines(reader, ['completed', 'cancelled', 'failed'], 'latest', RECENT),
          workspaceStore.awaitingDecision(reader),
          workspaceStore.unknownMessages(reader),
          workspaceStore.steps(reader),
          accounts.settings(reader),
        ])
        return {
          running: [...running],
          next: [...next],
          recent: [...recent],
          awaitingDecision,
          unknownMessages,
          checklist: [
            { step: 'contacts', done: steps.contacts },
            { step: 'template', done: steps.template },
            { step: 'campaign', done: steps.campaign },
            { step: 'approval', done: steps.approval },
            { step: 'sent', done: steps.sent },
            { step: 'identity', done: settings.organisation !== '' && settings.postalAddress !== '' },
            { step: 'account', done: steps.account },
          ],
        }
      },

      settings: () => accounts.settings(storage.reader),

      async saveSettings(wanted, { actor }) {
        const settings = checkedSettings(wanted)
        await transaction(
          storage.db,
          async tx => {
            const before = new Map(Object.entries(await accounts.settings(tx)))
            await accounts.saveSettings(tx, settings)
            const changed = Object.entries(settings)
              .filter(([key, value]) => JSON.stringify(before.get(key)) !== JSON.stringify(value))
              .map(([key]) => key)
            await accounts.audit(tx, {
              actor: actor.id,
              action: 'settings.changed',
              entity: 'settings',
              entityId: 'workspace',
              data: { fields: changed },
            })
          },
          { name: 'workspace.saveSettings' },
        )
        kernel.events.publish({ kind: 'changed', entity: 'settings', ids: [] })
        return settings
      },

      async loadSample(_input, { actor }) {
        await sample.load(actor.id)
        return { done: true }
      },

      async removeSample(_input, { actor }) {
        await sample.remove(actor.id)
        return { done: true }
      },

      verifyLedger: () => sending.verify(storage.reader),
    },
  }
}
