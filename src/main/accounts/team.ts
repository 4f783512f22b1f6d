import { AppError, notFound } from '../../shared/contract/failure.ts'
import type { contract } from '../../shared/contract/index.ts'
import { readEmail } from '../../shared/domain/email-address.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Handlers } from '../request.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { accountStore, type MemberRow } from './account-store.ts'
import type { Accounts, RemovedMember } from './index.ts'
import { actingMember, isLastOwner } from './ownership.ts'

/** Answers what is asked about members: who they are, who acts, and changes to them. */
export function teamHandlers(
  parts: DomainParts,
  accounts: Pick<Accounts, 'audit'>,
  currentMemberKey: string,
  memberRemoved: (tx: Tx, removed: RemovedMember) => Promise<void>,
): Handlers<(typeof contract)['team']> {
  const { kernel, storage, scheduler } = parts
  const changed = (ids: readonly string[]): void =>
    kernel.events.publish({ kind: 'changed', entity: 'member', ids: [...ids] })

  return {
    list: async () => ({ members: [...(await accountStore.members(storage.reader))] }),

    async switchTo({ id }, { actor }) {
      const member = await transaction(
        storage.db,
        async tx => {
          const chosen = await loadMember(tx, id)
          if (chosen.archivedAt !== null) {
            throw new AppError('conflict', `${chosen.name} is no longer a member. Choose somebody else.`, { id })
          }
          await accountStore.setSetting(tx, currentMemberKey, id)
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'team.switched',
            entity: 'member',
            entityId: id,
            data: {},
          })
          return chosen
        },
        { name: 'team.switchTo' },
      )
      changed([id])
      return member
    },

    async save({ id, name, email, role }, { actor }) {
      const address = normalEmail(email)
      const member = await transaction(
        storage.db,
        async tx => {
          const before = id === null ? null : await loadMember(tx, id)
          const after: MemberRow = {
            id: before?.id ?? kernel.ids.next(),
            name: name.trim(),
            email: address,
            role,
            archivedAt: before?.archivedAt ?? null,
          }
          if (before && role !== 'owner' && isLastOwner(await accountStore.members(tx), before.id)) {
            throw new AppError('conflict', `${before.name} is the only owner. Make somebody else an owner first.`, {
              id,
            })
          }
          if (before) await accountStore.updateMember(tx, after)
          else await accountStore.insertMember(tx, after, kernel.clock.now())
          await accounts.audit(tx, {
            actor: actor.id,
            action: before ? 'member.changed' : 'member.added',
            entity: 'member',
            entityId: after.id,
            data: before ? { roleBefore: before.role, role } : { role },
          })
          return after
        },
        { name: 'team.save' },
      )
      changed([member.id])
      return member
    },

    async archive({ id, heirId }, { actor }) {
      await transaction(
        storage.db,
        async tx => {
          const member = await loadMember(tx, id)
          if (member.archivedAt !== null) return
          const members = await accountStore.members(tx)
          if (heirId !== null && !members.some(one => one.id === heirId && one.id !== id && one.archivedAt === null)) {
            throw new AppError('invalid_input', 'Choose another member to take over her contacts, or nobody.', {
              heirId,
            })
          }
          if (isLastOwner(members, id)) {
            throw new AppError('conflict', `${member.name} is the only owner. Make somebody else an owner first.`, {
              id,
            })
          }
          await accountStore.updateMember(tx, { ...member, archivedAt: kernel.clock.now() })
          if ((await accountStore.setting(tx, currentMemberKey)) === id) {
            const next = actingMember(await accountStore.members(tx), null)
            if (next) await accountStore.setSetting(tx, currentMemberKey, next.id)
          }
          await memberRemoved(tx, { memberId: id, heirId, actor: actor.id })
          await accounts.audit(tx, {
            actor: actor.id,
            action: 'member.archived',
            entity: 'member',
            entityId: id,
            data: { role: member.role },
          })
        },
        { name: 'team.archive' },
      )
      scheduler.wake()
      changed([id])
      return { done: true }
    },
  }
}

async function loadMember(tx: Tx, id: string): Promise<MemberRow> {
  const member = await accountStore.member(tx, id)
  if (!member) throw notFound('member', id)
  return member
}

function normalEmail(raw: string): string {
  if (raw.trim() === '') return ''
  const reading = readEmail(raw)
  if (reading.kind === 'address') return reading.address
  throw new AppError('invalid_input', 'The e-mail address of the member is not complete. Write it as name@example.org.')
}
