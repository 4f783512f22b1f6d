import { Avatar, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Keyboard, UsersRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { useReport } from '../lib/report.ts'
import { useAct, useAsk } from '../lib/requests.ts'
import { useOverview } from '../lib/use-overview.ts'
import { openShortcuts } from './shortcut-events.ts'

/** Who acts, switching to another member, light or dark, and the list of shortcuts. */
export function MemberMenu() {
  const { t } = useTranslation()
  const report = useReport()
  const client = useQueryClient()
  const member = useOverview()?.member
  const members = useAsk('team.list', api.team.list, {}).data?.members ?? []
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const switchTo = useAct('team.switchTo', api.team.switchTo, {
    onDone: next => {
      // What may be seen and done depends on the member, so every answer is asked again.
      void client.invalidateQueries()
      report.done(t('shell.nowActingAs', { name: next.name }))
    },
  })
  if (!member) return null
  return (
    <Menu position="bottom-end" width={260} shadow="md">
      <Menu.Target>
        <UnstyledButton style={{ display: 'flex', alignItems: 'center', gap: 8, borderRadius: 6, padding: '2px 6px' }}>
          <Avatar size={24} radius="xl" color="teal" variant="filled" name={member.name} aria-hidden />
          <Text component="span" className="t-cut" maw={130}>
            <span className="t-visually-hidden">{t('shell.actingAs')} </span>
            {member.name}
            <span className="t-visually-hidden">, {t(`shell.role_${member.role}`)}</span>
          </Text>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('shell.actAs')}</Menu.Label>
        {members
          .filter(other => other.archivedAt === null)
          .map(other => (
            <Menu.Item
              key={other.id}
              leftSection={
                other.id === member.id ? <Check size={14} /> : <span style={{ width: 14, display: 'block' }} />
              }
              rightSection={
                <Text fz="xs" c="dimmed">
                  {t(`shell.role_${other.role}`)}
                </Text>
              }
              onClick={() => {
                if (other.id !== member.id) switchTo.mutate({ id: other.id })
              }}
            >
              {other.name}
            </Menu.Item>
          ))}
        <Menu.Item component={Link} to="/settings/team" leftSection={<UsersRound size={14} />}>
          {t('shell.manageMembers')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>{t('shell.theme')}</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mx={4}
          mb={4}
          aria-label={t('shell.theme')}
          value={colorScheme}
          onChange={scheme => setColorScheme(scheme === 'light' || scheme === 'dark' ? scheme : 'auto')}
          data={[
            { value: 'light', label: t('shell.themeLight') },
            { value: 'dark', label: t('shell.themeDark') },
            { value: 'auto', label: t('shell.themeAuto') },
          ]}
        />
        <Menu.Divider />
        <Menu.Item leftSection={<Keyboard size={14} />} rightSection="?" onClick={openShortcuts}>
          {t('shell.shortcuts')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
