import { Group, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Home } from '../../../shared/contract/workspace.ts'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { ProgressLine } from '../../components/ProgressLine.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './HomePage.module.css'

type CampaignLine = Home['running'][number]

interface LinesProps {
  readonly lines: readonly CampaignLine[]
}

/** Campaigns that are sending or paused, with their progress. */
export function RunningNow({ lines }: LinesProps) {
  const { t } = useTranslation()
  return (
    <Lines title={t('home.running')} none="" lines={lines}>
      {line => (
        <ProgressLine
          label={line.name}
          done={line.finished}
          total={line.audience === 0 ? null : line.audience}
          resting={line.status === 'paused'}
        />
      )}
    </Lines>
  )
}

/** Campaigns that will start by themselves. */
export function ComingUp({ lines }: LinesProps) {
  const { t } = useTranslation()
  return (
    <Lines title={t('home.next')} none={t('home.noneNext')} lines={lines}>
      {line => (
        <Text ta="right" c="dimmed">
          {t('home.startsAt')} <Time at={line.sendAt} />
        </Text>
      )}
    </Lines>
  )
}

/** Campaigns that ended, with how many messages left. */
export function LastResults({ lines }: LinesProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Lines title={t('home.recent')} none={t('home.nothingYet')} lines={lines}>
      {line => (
        <Text ta="right" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {t('home.sentOf', { sent: formats.number(line.sent), audience: formats.number(line.audience) })}
          <Text component="span" inherit c="dimmed" ml="md">
            <Time at={line.completedAt} />
          </Text>
        </Text>
      )}
    </Lines>
  )
}

interface AllLinesProps extends LinesProps {
  readonly title: string
  readonly none: string
  readonly children: (line: CampaignLine) => ReactNode
}

function Lines({ title, none, lines, children }: AllLinesProps) {
  return (
    <section>
      <Title order={2} mb={4}>
        {title}
      </Title>
      {lines.length === 0 ? (
        <Text c="dimmed">{none}</Text>
      ) : (
        <ul className={classes.plain}>
          {lines.map(line => (
            <li key={line.id} className={classes.line}>
              <div style={{ minWidth: 0 }}>
                <Group gap="xs" wrap="nowrap">
                  <ChannelIcon channel={line.channel} />
                  <LinkAnchor to="/campaigns/$id" params={{ id: line.id }} inherit fw={500} className="t-cut">
                    {line.name}
                  </LinkAnchor>
                </Group>
                <Text fz="xs" component="div">
                  <StatusBadge status={line.status} />
                  {line.statusReason ? (
                    <Text component="span" inherit c="dimmed" ml="xs">
                      {line.statusReason}
                    </Text>
                  ) : null}
                </Text>
              </div>
              {children(line)}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
