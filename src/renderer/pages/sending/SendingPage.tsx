import { Alert, Group, Table, Text, Title } from '@mantine/core'
import { CircleHelp, Send } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LiveError, SendingLive } from '../../../shared/contract/sending-live.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor, LinkButton } from '../../components/links.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { AccountLines } from './AccountLines.tsx'
import { CampaignLines } from './CampaignLines.tsx'
import classes from './SendingPage.module.css'

// Rates and limits move without any event.
const LIVE_EVERY_MS = 1000
const MOST_LISTED = 200

/** What sending does at this moment over all campaigns and accounts, and what holds it back. */
export function SendingPage() {
  const { t } = useTranslation()
  const live = useAsk('sending.live', api.sending.live, {}, { everyMs: LIVE_EVERY_MS })
  return (
    <>
      <PageHeader title={t('sending.title')} says={t('sending.says')} />
      <div className={classes.page}>
        <Unknowns />
        <Answer to={live}>{answer => <Live live={answer} />}</Answer>
      </div>
    </>
  )
}

function Live({ live }: { readonly live: SendingLive }) {
  const { t } = useTranslation()
  const isIdle = live.campaigns.length === 0 && live.waiting === 0
  return (
    <>
      {isIdle ? (
        <EmptyState
          icon={Send}
          title={t('sending.idle')}
          says={t('sending.idleSays')}
          action={
            <LinkButton to="/campaigns" variant="default">
              {t('sending.toCampaigns')}
            </LinkButton>
          }
        />
      ) : (
        <>
          <Figures live={live} />
          <CampaignLines campaigns={live.campaigns} />
        </>
      )}
      <AccountLines accounts={live.accounts} />
      <Errors errors={live.errors} />
    </>
  )
}

function Figures({ live }: { readonly live: SendingLive }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const figures = [
    ['rateNow', formats.rate(live.rate.overTenSeconds)],
    ['rateMinute', formats.rate(live.rate.overMinute)],
    ['waiting', formats.number(live.waiting)],
    ['due', formats.number(live.due)],
  ] as const
  return (
    <section aria-label={t('sending.figures')}>
      <dl className={classes.figures}>
        {figures.map(([key, value]) => (
          <div key={key}>
            <dt>{t(`sending.${key}`)}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Unknowns() {
  const { t } = useTranslation()
  const list = useAsk('campaigns.list', api.campaigns.list, { limit: MOST_LISTED })
  const rows = list.data?.rows.filter(row => row.unknown > 0) ?? []
  if (rows.length === 0) return null
  return (
    <Alert color="yellow" variant="light" icon={<CircleHelp size={16} />} title={t('sending.unknownTitle')}>
      <Text>{t('sending.unknownSays')}</Text>
      {rows.map(row => (
        <Group key={row.id} gap="sm" mt={4}>
          <LinkAnchor to="/campaigns/$id" params={{ id: row.id }} inherit fw={500}>
            {row.name}
          </LinkAnchor>
          <Text>{t('sending.unknownOf', { count: row.unknown })}</Text>
        </Group>
      ))}
    </Alert>
  )
}

function Errors({ errors }: { readonly errors: readonly LiveError[] }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <section aria-labelledby="live-errors">
      <Title order={2} mb="xs" id="live-errors">
        {t('sending.errors')}
      </Title>
      {errors.length === 0 ? (
        <Text c="dimmed">{t('sending.noErrors')}</Text>
      ) : (
        <Table verticalSpacing={4} aria-labelledby="live-errors">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('sending.errorKind')}</Table.Th>
              <Table.Th>{t('sending.reply')}</Table.Th>
              <Table.Th ta="right">{t('sending.count')}</Table.Th>
              <Table.Th ta="right">{t('sending.last')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {errors.map(error => (
              <Table.Tr key={`${error.class} ${error.code}`}>
                <Table.Td>{error.label}</Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>
                  {error.code} {error.example}
                </Table.Td>
                <Table.Td className="t-num">{formats.number(error.count)}</Table.Td>
                <Table.Td className="t-num">
                  <Time at={error.lastAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </section>
  )
}
