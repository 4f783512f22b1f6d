import type { MemberRow } from './account-store.ts'

/** Whether a workspace would be left without an owner if `id` were no longer one. */
export function isLastOwner(members: readonly MemberRow[], id: string): boolean {
  const owners = members.filter(member => member.role === 'owner' && member.archivedAt === null)
  return owners.length === 1 && owners[0]?.id === id
}

/** Who acts: the chosen member, or the first owner when the choice is gone. Null when there is nobody at all. */
export function actingMember(members: readonly MemberRow[], chosen: string | null): MemberRow | null {
  const present = members.filter(member => member.archivedAt === null)
  return present.find(member => member.id === chosen) ?? present.find(member => member.role === 'owner') ?? null
}
