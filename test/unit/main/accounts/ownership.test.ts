import { expect, test } from 'vitest'
import type { MemberRow } from '../../../../src/main/accounts/account-store.ts'
import { actingMember, isLastOwner } from '../../../../src/main/accounts/ownership.ts'

const member = (id: string, role: MemberRow['role'], archivedAt: number | null = null): MemberRow => ({
  id,
  name: id,
  email: '',
  role,
  archivedAt,
})

test('an owner is the last one when all others are gone or something else', () => {
  const members = [member('a', 'owner'), member('b', 'owner', 5), member('c', 'analyst')]
  expect(isLastOwner(members, 'a')).toBe(true)
  expect(isLastOwner(members, 'c')).toBe(false)
  expect(isLastOwner([...members, member('d', 'owner')], 'a')).toBe(false)
})

test('when the chosen member is gone, the first owner acts', () => {
  const members = [member('a', 'analyst', 5), member('b', 'owner'), member('c', 'owner')]
  expect(actingMember(members, 'c')?.id).toBe('c')
  expect(actingMember(members, 'a')?.id).toBe('b')
  expect(actingMember([], 'a')).toBeNull()
})
