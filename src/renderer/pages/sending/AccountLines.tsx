import { Button, Group, Table, Text, Title } from '@mantine/core'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveAccount, LiveFamily, LiveWindow } from '../../../shared/contract/sending-live.ts'
import { api } from '../../api.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { HoldWords } from './HoldWords.tsx'
import classes from './SendingPage.module.css'

/** The accounts that have work or are held back, with their speed and how much of each limit is used, per mailbox provider too. */
export function AccountLines({ accounts }: { readonly accounts: readonly LiveAccount[] }) {
  const { t } = useTranslation()
  const busy = accounts.filter(isBusy)
  const idle = accounts.length - busy.length
  return (
    <section aria-labelledby="live-accounts">
      <Title order={2} mb="xs" id="live-accounts">
        {t('sending.accounts')}
      </Title>
      {busy.length === 0 ? null : (
        <Table verticalSpacing={6} horizontalSpacing="md" className={classes.top ?? ''} aria-labelledby="live-accounts">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('sending.account')}</Table.Th>
              <Table.Th w={130}>{t('sending.state')}</Table.Th>
              <Table.Th w={80} ta="right">
                {t('sending.speed')}
              </Table.Th>
              <Table.Th w={100} ta="right">
                {t('sending.waiting')}
              </Table.Th>
              <Table.Th w="20%">{t('sending.limits')}</Table.Th>
              <Table.Th w="26%">{t('sending.held')}</Table.Th>
              <Table.Th w={100} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {busy.map(account => (
              <Fragment key={account.id}>
                <Line account={account} />
                {account.families
                  .filter(family => family.waiting > 0)
                  .map(family => (
                    <FamilyLine key={family.family} family={family} />
                  ))}
              </Fragment>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {idle > 0 ? (
        <Text fz="xs" c="dimmed" mt="xs">
          {t('sending.idleAccounts', { count: idle })}
        </Text>
      ) : null}
    </section>
  )
}

function Line({ account }: { readonly account: LiveAccount }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const maySend = useMay('campaigns.send')
  const pause = useAct('senders.pause', api.senders.pause)
  const resume = useAct('senders.resume', api.senders.resume)
  const { id, name, state } = account
  const isStopped = state === 'paused' || state === 'tripped'
  const act = isStopped ? resume : pause
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={6} wrap="nowrap">
          <ChannelIcon channel={account.channel} />
          <Text fw={500}>{name}</Text>
        </Group>
        <Text fz="xs" c="dimmed">
          {t('sending.onWire')}: {t('sending.ofConnections', { open: account.onWire, most: account.concurrency })}
          {account.warmUpDay === null ? '' : ` · ${t('sending.warmUpDay', { day: account.warmUpDay })}`}
        </Text>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={state} {...(state === 'running' ? { word: t('settings.running') } : {})} />
        {account.stateReason === '' ? null : (
          <Text fz="xs" c="dimmed">
            {account.stateReason}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="t-num">{formats.rate(account.rate.overTenSeconds)}</Table.Td>
      <Table.Td className="t-num">{formats.number(account.waiting)}</Table.Td>
      <Table.Td>
        <Windows windows={account.windows} />
      </Table.Td>
      <Table.Td>
        <HoldWords hold={account.hold} />
      </Table.Td>
      <Table.Td ta="right">
        <Button
          size="compact-sm"
          variant="default"
          disabled={!maySend}
          loading={act.isPending}
          aria-label={t(isStopped ? 'sending.resumeOf' : 'sending.pauseOf', { name })}
          onClick={() => act.mutate({ id })}
        >
          {t(isStopped ? 'sending.resume' : 'sending.pause')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}

function FamilyLine({ family }: { readonly family: LiveFamily }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Table.Tr className={classes.family ?? ''}>
      <Table.Th scope="row" fw={400} pl={30} colSpan={2}>
        {t(`accounts.family.${family.family}`)}
      </Table.Th>
      <Table.Td className="t-num">{formats.rate(family.rate.overTenSeconds)}</Table.Td>
      <Table.Td className="t-num">{formats.number(family.waiting)}</Table.Td>
      <Table.Td>{family.windows.length > 0 ? <Windows windows={family.windows} /> : null}</Table.Td>
      <Table.Td colSpan={2}>
        <HoldWords hold={family.hold} />
      </Table.Td>
    </Table.Tr>
  )
}

function Windows({ windows }: { readonly windows: readonly LiveWindow[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  if (windows.length === 0) {
    return (
      <Text component="span" inherit c="dimmed">
        {t('sending.noLimits')}
      </Text>
    )
  }
  return (
    <>
      {windows.map(({ window, used, limit, left }) => (
        <Text key={window} component="div" fz="xs" className="t-num" ta="left" {...(left === 0 ? { fw: 600 } : {})}>
          {t(`sending.window.${window}`, { used: formats.number(used), limit: formats.number(limit) })}
        </Text>
      ))}
    </>
  )
}

function isBusy(account: LiveAccount): boolean {
  return account.waiting > 0 || account.onWire > 0 || account.state !== 'running'
}
