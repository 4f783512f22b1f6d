import { Select, type SelectProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useMembers } from '../lib/use-members.ts'

interface MemberSelectProps extends Omit<SelectProps, 'value' | 'onChange' | 'data'> {
  /** The member's id; empty is nobody. */
  readonly value: string
  readonly onChange: (id: string) => void
  /** A member who cannot be chosen. */
  readonly except?: string
}

/** Chooses a member of the workspace, or nobody. */
export function MemberSelect({ value, onChange, except, ...rest }: MemberSelectProps) {
  const { t } = useTranslation()
  const members = useMembers(value === '' ? [] : [value])
  return (
    <Select
      clearable
      searchable
      placeholder={t('contacts.ownerNobody')}
      {...rest}
      value={value || null}
      data={members.filter(member => member.value !== except)}
      onChange={chosen => onChange(chosen ?? '')}
    />
  )
}
