import { ActionIcon, Badge, Button, Group, Menu, Stack, Table, Text } from '@mantine/core'
import { Ellipsis, Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Sender } from '../../../shared/contract/senders.ts'
import { CHANNELS } from '../../../shared/domain/channels.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { AccountDialog } from './AccountDialog.tsx'
import classes from './AccountsTab.module.css'
import { DomainDialog } from './DomainDialog.tsx'

/** The accounts that messages leave by. */
export function AccountsTab() {
  const { t } = useTranslation()
  const mayManage = useMay('senders.manage')
  const [editing, setEditing] = useState<Sender | 'new' | null>(null)
  const [removing, setRemoving] = useState<Sender | null>(null)
  const [checking, setChecking] = useState<Sender | null>(null)
  const senders = useAsk('senders.list', api.senders.list, {})
  const remove = useAct('senders.remove', api.senders.remove, { showsError: true, onDone: () => setRemoving(null) })
  return (
    <Stack gap="md">
      <Group justify="space-between">
        <Text c="dimmed">{mayManage ? '' : t('settings.mayNot')}</Text>
        <Button leftSection={<Plus size={14} />} disabled={!mayManage} onClick={() => setEditing('new')}>
          {t('settings.addAccount')}
        </Button>
      </Group>
      <Answer to={senders}>
        {answer => (
          <Table verticalSpacing={6} aria-label={t('settings.accounts')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('settings.account')}</Table.Th>
                <Table.Th>{t('settings.state')}</Table.Th>
                <Table.Th>{t('settings.limits')}</Table.Th>
                <Table.Th ta="right">{t('settings.lastHour')}</Table.Th>
                <Table.Th ta="right">{t('settings.lastDay')}</Table.Th>
                <Table.Th ta="right">{t('settings.waiting')}</Table.Th>
                <Table.Th w={44} aria-label={t('common.more')} />
              </Table.Tr>
            </Table.Thead>
            {CHANNELS.filter(channel => answer.senders.some(sender => sender.channel === channel)).map(channel => (
              <Table.Tbody key={channel}>
                <Table.Tr className={classes.group ?? ''}>
                  <Table.Th colSpan={7} scope="rowgroup">
                    <Group gap={6} component="span" display="inline-flex">
                      <span aria-hidden="true">
                        <ChannelIcon channel={channel} />
                      </span>
                      {t(`common.channel_${channel}`)}
                    </Group>
                  </Table.Th>
                </Table.Tr>
                {answer.senders
                  .filter(sender => sender.channel === channel)
                  .map(sender => (
                    <AccountRow
                      key={sender.id}
                      sender={sender}
                      onEdit={() => setEditing(sender)}
                      onCheck={() => setChecking(sender)}
                      onRemove={() => setRemoving(sender)}
                    />
                  ))}
              </Table.Tbody>
            ))}
          </Table>
        )}
      </Answer>
      {editing === null ? null : (
        <AccountDialog sender={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
      {checking === null ? null : <DomainDialog sender={checking} onClose={() => setChecking(null)} />}
      {removing === null ? null : (
        <ConfirmDialog
          opened
          danger
          title={t('settings.removeTitle', { name: removing.name })}
          says={t('accounts.removeSays')}
          confirm={t('settings.remove')}
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate({ id: removing.id })}
          onClose={() => setRemoving(null)}
        />
      )}
    </Stack>
  )
}

function AccountRow(props: {
  readonly sender: Sender
  readonly onEdit: () => void
  readonly onCheck: () => void
  readonly onRemove: () => void
}) {
  const { t } = useTranslation()
  const formats = useFormats()
  const mayManage = useMay('senders.manage')
  const maySend = useMay('campaigns.send')
  const makeDefault = useAct('senders.makeDefault', api.senders.makeDefault)
  const pause = useAct('senders.pause', api.senders.pause)
  const resume = useAct('senders.resume', api.senders.resume)
  const { sender } = props
  const { id, limits, settings } = sender
  const limitWords = [
    ...(limits.perSecond === null ? [] : [t('settings.perSecondShort', { count: limits.perSecond })]),
    ...(limits.perHour === null ? [] : [t('settings.perHourShort', { count: limits.perHour })]),
    ...(limits.perDay === null ? [] : [t('settings.perDayShort', { count: limits.perDay })]),
    ...(limits.warmUp === null ? [] : [t('accounts.warmUpShort', { days: limits.warmUp.perDay.length })]),
  ]
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6}>
          <Text fw={500}>{sender.name}</Text>
          {sender.isDefault ? (
            <Badge size="sm" variant="light" tt="none" fw={500}>
              {t('settings.default')}
            </Badge>
          ) : null}
        </Group>
        <Text fz="xs" c="dimmed">
          {settings.provider === 'smtp'
            ? `${settings.host}:${settings.port}`
            : t(settings.provider === 'practice' ? 'settings.practiceAccount' : `settings.kind_${settings.provider}`)}
          {settings.fromAddress === '' ? '' : ` · ${settings.fromAddress}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={sender.state} {...(sender.state === 'running' ? { word: t('settings.running') } : {})} />
        {sender.stateReason === '' ? null : (
          <Text fz="xs" c="dimmed">
            {sender.stateReason}
          </Text>
        )}
        {sender.pollProblem === '' ? null : (
          <Text fz="xs" c="dimmed">
            {t('settings.pollProblem', { problem: sender.pollProblem })}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{limitWords.length === 0 ? t('settings.noLimit') : limitWords.join(' · ')}</Table.Td>
      <Table.Td className="t-num">{formats.number(sender.sentLastHour)}</Table.Td>
      <Table.Td className="t-num">{formats.number(sender.sentLastDay)}</Table.Td>
      <Table.Td className="t-num">{formats.number(sender.waiting)}</Table.Td>
      <Table.Td>
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <ActionIcon aria-label={t('settings.actionsFor', { name: sender.name })}>
              <Ellipsis size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item disabled={!mayManage} onClick={props.onEdit}>
              {t('settings.change')}
            </Menu.Item>
            {sender.channel === 'email' && settings.provider !== 'practice' ? (
              <Menu.Item onClick={props.onCheck}>{t('accounts.checkDomain')}</Menu.Item>
            ) : null}
            <Menu.Item disabled={!mayManage || sender.isDefault} onClick={() => makeDefault.mutate({ id })}>
              {t('settings.makeDefault')}
            </Menu.Item>
            {sender.state === 'running' || sender.state === 'backing_off' ? (
              <Menu.Item disabled={!maySend} onClick={() => pause.mutate({ id })}>
                {t('settings.pause')}
              </Menu.Item>
            ) : (
              <Menu.Item disabled={!maySend} onClick={() => resume.mutate({ id })}>
                {t('settings.resume')}
              </Menu.Item>
            )}
            {settings.provider === 'practice' ? null : (
              <>
                <Menu.Divider />
                <Menu.Item color="red" disabled={!mayManage} onClick={props.onRemove}>
                  {t('settings.remove')}
                </Menu.Item>
              </>
            )}
          </Menu.Dropdown>
        </Menu>
      </Table.Td>
    </Table.Tr>
  )
}
