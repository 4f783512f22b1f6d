import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Member } from '../../../shared/contract/workspace.ts'
import { Role } from '../../../shared/domain/permissions.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct } from '../../lib/requests.ts'

/** Adds a member or changes one. */
export function MemberDialog(props: { readonly member: Member | null; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const { member } = props
  const [name, setName] = useState(member?.name ?? '')
  const [email, setEmail] = useState(member?.email ?? '')
  const [role, setRole] = useState<Role>(member?.role ?? 'creator')
  const save = useAct('team.save', api.team.save, { showsError: true, onDone: props.onClose })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') save.mutate({ id: member?.id ?? null, name: name.trim(), email: email.trim(), role })
  }
  return (
    <Modal
      opened
      onClose={props.onClose}
      title={member ? t('settings.editMember', { name: member.name }) : t('settings.newMember')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            data-autofocus
            required
            label={t('common.name')}
            maxLength={100}
            value={name}
            onChange={event => setName(event.currentTarget.value)}
          />
          <TextInput
            type="email"
            label={t('settings.email')}
            maxLength={254}
            value={email}
            onChange={event => setEmail(event.currentTarget.value)}
          />
          <Select
            label={t('settings.role')}
            allowDeselect={false}
            value={role}
            data={Role.options.map(one => ({ value: one, label: t(`shell.role_${one}`) }))}
            onChange={value => setRole(Role.parse(value))}
          />
          {save.error ? <ErrorNote error={save.error} title={t('common.notDone')} /> : null}
          <Group justify="flex-end">
            <Button type="submit" loading={save.isPending} disabled={name.trim() === ''}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
