import { Group, Stack, Text } from '@mantine/core'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { Progress } from '../../../../shared/contract/sending.ts'
import { Time } from '../../../components/Figures.tsx'
import { ProgressLine } from '../../../components/ProgressLine.tsx'
import { usePlace } from '../../../lib/place.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import classes from '../CampaignPage.module.css'

const SAY_EVERY_MS = 5000
const COUNTERS = ['audience', 'sent', 'failed', 'skipped', 'pending', 'unknown'] as const

/** The counters of a campaign, its bar, its speed against the limit and the time that is left. */
export function LiveProgress({ progress }: { readonly progress: Progress }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { counts, status } = progress
  const finished = counts.sent + counts.failed + counts.skipped + counts.unknown
  const isRunning = status === 'running'
  useSpoken(
    t('common.doneOfTotal', { done: formats.number(finished), total: formats.number(counts.audience) }),
    isRunning,
  )
  return (
    <Stack gap="md">
      <dl className={classes.figures}>
        {COUNTERS.filter(one => one !== 'unknown' || counts.unknown > 0).map(one => (
          <div key={one} className={classes.figure}>
            <dt>{t(`results.${one}`)}</dt>
            <dd data-testid={`count-${one}`}>{formats.number(counts[one])}</dd>
          </div>
        ))}
        {isRunning ? (
          <div className={classes.figure}>
            <dt>
              {t('results.speed')}
              {progress.limitPerSecond === null
                ? ''
                : ` ${t('results.ofLimit', { limit: formats.rate(progress.limitPerSecond) })}`}
            </dt>
            <dd>{formats.rate(progress.ratePerSecond)}</dd>
          </div>
        ) : null}
      </dl>
      <ProgressLine
        label={t('results.progress')}
        done={finished}
        total={progress.planning ? null : counts.audience}
        ratePerSecond={isRunning ? progress.ratePerSecond : null}
        secondsLeft={isRunning ? progress.secondsLeft : null}
        resting={status === 'paused'}
      />
      <Group gap="lg">
        {progress.planning ? <Text fz="xs">{t('results.planning')}</Text> : null}
        {progress.startedAt === null ? null : (
          <Text fz="xs" c="dimmed" component="div">
            {t('results.started')} <Time at={progress.startedAt} />
          </Text>
        )}
        {progress.completedAt === null ? null : (
          <Text fz="xs" c="dimmed" component="div">
            {t('results.completed')} <Time at={progress.completedAt} />
          </Text>
        )}
        {progress.retrying > 0 ? (
          <Text fz="xs" c="dimmed">
            {t('results.retrying', { count: progress.retrying })}
          </Text>
        ) : null}
      </Group>
    </Stack>
  )
}

// Counters move many times a second; people who listen hear them every five seconds at most.
function useSpoken(sentence: string, isOn: boolean): void {
  const { announce } = usePlace()
  const latest = useRef(sentence)
  useEffect(() => {
    latest.current = sentence
  }, [sentence])
  useEffect(() => {
    if (!isOn) return
    const timer = setInterval(() => announce(latest.current), SAY_EVERY_MS)
    return () => clearInterval(timer)
  }, [isOn, announce])
}
