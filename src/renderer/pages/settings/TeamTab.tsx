import { ActionIcon, Badge, Button, Group, Menu, Stack, Table, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MemberId } from '../../../shared/contract/define.ts'
import type { Member } from '../../../shared/contract/workspace.ts'
import { Permission, type Role, roleAllows } from '../../../shared/domain/permissions.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { MemberSelect } from '../../components/MemberSelect.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useMay, useOverview } from '../../lib/use-overview.ts'
import { MemberDialog } from './MemberDialog.tsx'

/** The members with their roles, and what each role may do. */
export function TeamTab() {
  const { t } = useTranslation()
  const mayManage = useMay('team.manage')
  const acting = useOverview()?.member.id
  const [editing, setEditing] = useState<Member | 'new' | null>(null)
  const [removing, setRemoving] = useState<Member | null>(null)
  const [heir, setHeir] = useState('')
  const members = useAsk('team.list', api.team.list, {})
  const client = useQueryClient()
  // What may be seen and done depends on the member, so every answer is asked again.
  const switchTo = useAct('team.switchTo', api.team.switchTo, { onDone: () => void client.invalidateQueries() })
  const archive = useAct('team.archive', api.team.archive, { showsError: true, onDone: () => endRemoving() })
  const endRemoving = (): void => {
    setRemoving(null)
    setHeir('')
  }
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed">{mayManage ? '' : t('settings.mayNot')}</Text>
        <Button leftSection={<Plus size={14} />} disabled={!mayManage} onClick={() => setEditing('new')}>
          {t('settings.addMember')}
        </Button>
      </Group>
      <Answer to={members}>
        {answer => (
          <Table verticalSpacing={6} aria-label={t('settings.team')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('settings.member')}</Table.Th>
                <Table.Th>{t('settings.role')}</Table.Th>
                <Table.Th>{t('settings.may')}</Table.Th>
                <Table.Th w={44} aria-label={t('common.more')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {answer.members.map(member => (
                <Table.Tr key={member.id}>
                  <Table.Td>
                    <Group gap={6}>
                      <Text fw={500}>{member.name}</Text>
                      {member.id === acting ? (
                        <Badge size="sm" variant="light" tt="none" fw={500}>
                          {t('settings.acting')}
                        </Badge>
                      ) : null}
                      {member.archivedAt === null ? null : <Text c="dimmed">{t('settings.archivedMember')}</Text>}
                    </Group>
                    <Text fz="xs" c="dimmed">
                      {member.email}
                    </Text>
                  </Table.Td>
                  <Table.Td>{t(`shell.role_${member.role}`)}</Table.Td>
                  <Table.Td>
                    <Permissions role={member.role} />
                  </Table.Td>
                  <Table.Td>
                    <Menu position="bottom-end" shadow="md">
                      <Menu.Target>
                        <ActionIcon aria-label={t('settings.actionsFor', { name: member.name })}>
                          <Ellipsis size={16} />
                        </ActionIcon>
                      </Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item
                          disabled={member.id === acting || member.archivedAt !== null}
                          onClick={() => switchTo.mutate({ id: member.id })}
                        >
                          {t('settings.actAs')}
                        </Menu.Item>
                        <Menu.Item disabled={!mayManage} onClick={() => setEditing(member)}>
                          {t('settings.change')}
                        </Menu.Item>
                        <Menu.Item color="red" disabled={!mayManage} onClick={() => setRemoving(member)}>
                          {t('settings.archiveMember')}
                        </Menu.Item>
                      </Menu.Dropdown>
                    </Menu>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Answer>
      {editing === null ? null : (
        <MemberDialog member={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {removing === null ? null : (
        <ConfirmDialog
          opened
          danger
          title={t('settings.archiveTitle', { name: removing.name })}
          says={t('settings.archiveSays')}
          confirm={t('settings.archiveMember')}
          busy={archive.isPending}
          error={archive.error}
          onConfirm={() => archive.mutate({ id: removing.id, heirId: heir === '' ? null : MemberId.parse(heir) })}
          onClose={endRemoving}
        >
          <MemberSelect label={t('settings.heir')} value={heir} except={removing.id} onChange={setHeir} />
        </ConfirmDialog>
      )}
    </Stack>
  )
}

function Permissions({ role }: { readonly role: Role }) {
  const { t } = useTranslation()
  const allowed = Permission.options.filter(permission => roleAllows(role, permission))
  return (
    <Text fz="xs" c="dimmed" maw={560}>
      {allowed.length === 0
        ? t('settings.readOnly')
        : allowed.map(permission => t(`settings.permission.${permission}`)).join(', ')}
    </Text>
  )
}
