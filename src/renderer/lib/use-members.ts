import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { useAsk } from './requests.ts'

/** A member as something to choose. */
export interface MemberChoice {
  readonly value: string
  readonly label: string
}

/** The members who can own contacts, and those of `kept` who were removed since, who are shown as such. */
export function useMembers(kept: readonly string[] = []): readonly MemberChoice[] {
  const { t } = useTranslation()
  const members = useAsk('team.list', api.team.list, {}).data?.members
  const asked = kept.join(' ')
  return useMemo(
    () =>
      (members ?? [])
        .filter(member => member.archivedAt === null || asked.split(' ').includes(member.id))
        .map(({ id, name, archivedAt }) => ({
          value: id,
          label: archivedAt === null ? name : t('contacts.ownerRemoved', { name }),
        })),
    [members, asked, t],
  )
}
