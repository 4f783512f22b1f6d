import { Button, Table, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LiveCampaign } from '../../../shared/contract/sending-live.ts'
import { api } from '../../api.ts'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { HoldWords } from './HoldWords.tsx'
import classes from './SendingPage.module.css'

/** The campaigns that run or are paused, in the order they are served, with speed and forecast. */
export function CampaignLines({ campaigns }: { readonly campaigns: readonly LiveCampaign[] }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="live-campaigns">
      <Title order={2} mb="xs" id="live-campaigns">
        {t('sending.campaigns')}
      </Title>
      <Table verticalSpacing={6} horizontalSpacing="md" className={classes.top ?? ''} aria-labelledby="live-campaigns">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('sending.campaign')}</Table.Th>
            <Table.Th w={110}>{t('sending.state')}</Table.Th>
            <Table.Th w={80} ta="right">
              {t('sending.speed')}
            </Table.Th>
            <Table.Th w={100} ta="right">
              {t('sending.waiting')}
            </Table.Th>
            <Table.Th w={140} ta="right">
              {t('sending.finishes')}
            </Table.Th>
            <Table.Th w="28%">{t('sending.held')}</Table.Th>
            <Table.Th w={100} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {campaigns.map(campaign => (
            <Line key={campaign.id} campaign={campaign} />
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

function Line({ campaign }: { readonly campaign: LiveCampaign }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const maySend = useMay('campaigns.send')
  const pause = useAct('campaigns.pause', api.campaigns.pause)
  const resume = useAct('campaigns.resume', api.campaigns.resume)
  const { id, name, status } = campaign
  const isPaused = status === 'paused'
  const act = isPaused ? resume : pause
  return (
    <Table.Tr>
      <Table.Td>
        <LinkAnchor to="/campaigns/$id" params={{ id }} inherit fw={500}>
          {name}
        </LinkAnchor>
        <Text fz="xs" c="dimmed">
          {t('sending.priority', { priority: campaign.priority })}
        </Text>
      </Table.Td>
      <Table.Td>
        <StatusBadge status={status} />
      </Table.Td>
      <Table.Td className="t-num">{formats.rate(campaign.rate.overTenSeconds)}</Table.Td>
      <Table.Td className="t-num">{formats.number(campaign.waiting)}</Table.Td>
      <Table.Td className="t-num">
        {campaign.finishesAt === null ? (
          <Text component="span" inherit c="dimmed">
            {t('sending.unknowable')}
          </Text>
        ) : (
          <Time at={campaign.finishesAt} />
        )}
      </Table.Td>
      <Table.Td>
        <HoldWords hold={campaign.hold} />
      </Table.Td>
      <Table.Td ta="right">
        <Button
          size="compact-sm"
          variant="default"
          disabled={!maySend}
          loading={act.isPending}
          aria-label={t(isPaused ? 'sending.resumeOf' : 'sending.pauseOf', { name })}
          onClick={() => act.mutate({ id })}
        >
          {t(isPaused ? 'sending.resume' : 'sending.pause')}
        </Button>
      </Table.Td>
    </Table.Tr>
  )
}
