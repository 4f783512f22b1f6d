import { Alert, Stack, Table, Text, Title } from '@mantine/core'
import { CirclePause, Info } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../../shared/contract/campaigns.ts'
import type { Progress } from '../../../../shared/contract/sending.ts'
import { api } from '../../../api.ts'
import { Answer } from '../../../components/Answer.tsx'
import { HeatMap } from '../../../components/charts/HeatMap.tsx'
import { OutcomeDoughnut } from '../../../components/charts/OutcomeDoughnut.tsx'
import { ProgressOverTime } from '../../../components/charts/ProgressOverTime.tsx'
import { TopErrors } from '../../../components/charts/TopErrors.tsx'
import { Time } from '../../../components/Figures.tsx'
import { useAsk } from '../../../lib/requests.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import classes from '../CampaignPage.module.css'
import { LiveProgress } from './LiveProgress.tsx'
import { RateFigures } from './RateFigures.tsx'
import { RetryPanel } from './RetryPanel.tsx'
import { UnknownPanel } from './UnknownPanel.tsx'

// Rate and time left move without any event.
const LIVE_EVERY_MS = 1000
const CHARTS_EVERY_MS = 3000
// While a campaign runs, it retries by itself.
const RETRYABLE = ['completed', 'failed', 'paused'] as const

/** How a campaign is getting on: counters, speed, what holds it up, figures and charts. */
export function OverviewTab({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const campaignId = campaign.id
  const isRunning = campaign.status === 'running'
  const progress = useAsk(
    'sending.progress',
    api.sending.progress,
    { campaignId },
    isRunning ? { everyMs: LIVE_EVERY_MS } : {},
  )
  const report = useAsk(
    'analytics.campaign',
    api.analytics.campaign,
    { campaignId },
    isRunning ? { everyMs: CHARTS_EVERY_MS } : {},
  )
  return (
    <Stack gap="xl" pb="xl" pr="xs">
      <Answer to={progress}>
        {answer =>
          answer.startedAt === null && answer.counts.audience === 0 ? (
            <Text c="dimmed">{answer.planning ? t('results.planning') : t('results.notStarted')}</Text>
          ) : (
            <>
              <LiveProgress progress={answer} />
              <HoldUp campaign={campaign} progress={answer} />
              {answer.counts.unknown > 0 ? (
                <UnknownPanel campaignId={campaignId} count={answer.counts.unknown} />
              ) : null}
              {RETRYABLE.some(one => one === campaign.status) ? <RetryPanel campaignId={campaignId} /> : null}
            </>
          )
        }
      </Answer>
      <Answer to={report}>
        {answer =>
          answer.counts.audience === 0 ? null : (
            <>
              <RateFigures report={answer} />
              <section className={classes.charts} aria-label={t('results.charts')}>
                <ProgressOverTime report={answer} />
                <OutcomeDoughnut report={answer} />
                <HeatMap report={answer} />
                <TopErrors report={answer} />
              </section>
            </>
          )
        }
      </Answer>
      {progress.data && progress.data.errors.length > 0 ? <ErrorGroups errors={progress.data.errors} /> : null}
    </Stack>
  )
}

function HoldUp({ campaign, progress }: { readonly campaign: Campaign; readonly progress: Progress }) {
  const { t } = useTranslation()
  const why =
    progress.holdUp || (campaign.status === 'paused' || campaign.status === 'failed' ? campaign.statusReason : '')
  if (why === '') return null
  const Icon = campaign.status === 'paused' ? CirclePause : Info
  return (
    <Alert color="yellow" variant="light" icon={<Icon size={16} />} title={t('results.holdUp')}>
      {why}
    </Alert>
  )
}

function ErrorGroups({ errors }: { readonly errors: Progress['errors'] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <section aria-labelledby="errors-title">
      <Title order={2} fz="sm" id="errors-title">
        {t('results.errors')}
      </Title>
      <Text fz="xs" c="dimmed" mb="xs">
        {t('results.errorsSays')}
      </Text>
      <Table verticalSpacing={4} aria-labelledby="errors-title">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('results.class')}</Table.Th>
            <Table.Th>{t('results.reply')}</Table.Th>
            <Table.Th ta="right">{t('results.count')}</Table.Th>
            <Table.Th ta="right">{t('results.last')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {errors.map(error => (
            <Table.Tr key={`${error.class}-${error.code}-${error.reply}`}>
              <Table.Td>{t(`results.errorClass.${errorClass(error.class)}`)}</Table.Td>
              <Table.Td>
                {error.code} {error.reply}
              </Table.Td>
              <Table.Td className="t-num">{formats.number(error.count)}</Table.Td>
              <Table.Td className="t-num">
                <Time at={error.lastAt} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}

const CLASSES = [
  'permanent_address',
  'permanent_message',
  'policy_sender',
  'rate_limited',
  'temporary',
  'account',
  'uncertain',
  'transport',
] as const

function errorClass(word: string): (typeof CLASSES)[number] | 'other' {
  return CLASSES.find(one => one === word) ?? 'other'
}
