import { Group, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../lib/use-formats.ts'

interface ProgressLineProps {
  readonly label: string
  readonly done: number
  /** null when nobody knows yet. */
  readonly total: number | null
  readonly ratePerSecond?: number | null
  readonly secondsLeft?: number | null
  /** Nothing moves at the moment, on purpose. */
  readonly resting?: boolean
  /** The steps are no things that a person counts: only their share is shown. */
  readonly shareOnly?: boolean
}

/** How far long work is: done of total, rate, and the time that is left. */
export function ProgressLine({
  label,
  done,
  total,
  ratePerSecond,
  secondsLeft,
  resting,
  shareOnly,
}: ProgressLineProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const share = total === null || total === 0 ? 0 : Math.min(1, done / total)
  const count =
    total === null
      ? formats.number(done)
      : t('common.doneOfTotal', { done: formats.number(done), total: formats.number(total) })
  const parts = [
    ...(shareOnly ? [] : [count]),
    ...(ratePerSecond ? [formats.rate(ratePerSecond)] : []),
    ...(secondsLeft ? [t('common.timeLeft', { time: formats.duration(secondsLeft) })] : []),
  ]
  return (
    <div>
      <Progress.Root size={6} radius="xl" mb={4}>
        <Progress.Section
          value={total === null ? 100 : share * 100}
          animated={total === null}
          color={resting ? 'gray' : 'teal'}
          aria-label={label}
        />
      </Progress.Root>
      <Group justify="space-between" gap="sm" wrap="nowrap">
        <Text fz="xs" c="dimmed" className="t-cut" style={{ fontVariantNumeric: 'tabular-nums' }}>
          {parts.join(' · ')}
        </Text>
        {total === null ? null : (
          <Text fz="xs" c="dimmed" className="t-num">
            {formats.percent(Math.floor(share * 1000) / 1000)}
          </Text>
        )}
      </Group>
    </div>
  )
}
