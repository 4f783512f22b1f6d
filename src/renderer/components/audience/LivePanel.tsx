import { Progress, Skeleton, Tabs, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../lib/use-formats.ts'
import { useSlow } from '../../lib/use-slow.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { CheckTab } from './CheckTab.tsx'
import classes from './LivePanel.module.css'
import { OverlapTab } from './OverlapTab.tsx'
import { SampleTab } from './SampleTab.tsx'
import type { LiveCount } from './use-live-count.ts'
import type { RuleCatalogue } from './use-rule-catalogue.ts'

interface LivePanelProps {
  readonly live: LiveCount
  readonly catalogue: RuleCatalogue
  /** The segment that is edited, so that it is not compared with itself. */
  readonly segmentId: string | null
}

// Sooner, the words would only flicker.
const PATIENCE_MS = 150

/** Beside the rule: how many people it finds now, who they are, what they have in common with other segments. */
export function LivePanel({ live, catalogue, segmentId }: LivePanelProps) {
  const { t } = useTranslation()
  const [tab, setTab] = useState<string | null>('sample')
  const isEmpty = live.people === null && live.problems.length === 0 && !live.isStale
  return (
    <aside className={classes.panel} aria-label={t('segments.live')}>
      <Headline live={live} total={live.total || catalogue.total} />
      {live.error ? <ErrorNote error={live.error} /> : null}
      {live.problems.length > 0 ? (
        <Text c="dimmed" mt="sm">
          {t('segments.panelIncomplete')}
        </Text>
      ) : isEmpty && !live.error ? (
        <Text c="dimmed" mt="sm">
          {t('segments.panelEmpty')}
        </Text>
      ) : (
        <Tabs value={tab} onChange={setTab} keepMounted={false} mt="md">
          <Tabs.List mb="xs">
            <Tabs.Tab value="sample">{t('segments.sample')}</Tabs.Tab>
            <Tabs.Tab value="overlap">{t('segments.overlap')}</Tabs.Tab>
            <Tabs.Tab value="check">{t('segments.check')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="sample">
            <SampleTab rule={live.settled} words={catalogue.words} isStale={live.isStale} />
          </Tabs.Panel>
          <Tabs.Panel value="overlap">
            <OverlapTab rule={live.settled} segmentId={segmentId} />
          </Tabs.Panel>
          <Tabs.Panel value="check">
            <CheckTab rule={live.settled} words={catalogue.words} />
          </Tabs.Panel>
        </Tabs>
      )}
    </aside>
  )
}

function Headline({ live, total }: { readonly live: LiveCount; readonly total: number }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { people } = live
  const isSlow = useSlow(live.isStale, PATIENCE_MS)
  const share = people === null || total === 0 ? null : people / total
  return (
    <div>
      <div className={classes.number} data-stale={live.isStale ? '' : undefined} data-testid="live-count">
        {people === null ? live.isStale ? <Skeleton h={30} w={90} /> : '–' : formats.number(people)}
      </div>
      <Text fz="xs" c="dimmed" role="status" aria-live="polite">
        {live.problems.length > 0
          ? t('segments.problems', { count: live.problems.length })
          : isSlow
            ? t('segments.counting')
            : people === null
              ? t('segments.noNumber')
              : t('segments.shareOf', { count: people, share: formats.percent(share), total: formats.number(total) })}
      </Text>
      <Progress
        mt={8}
        size={3}
        value={(share ?? 0) * 100}
        aria-label={t('segments.share')}
        transitionDuration={120}
        className={classes.bar ?? ''}
      />
    </div>
  )
}
