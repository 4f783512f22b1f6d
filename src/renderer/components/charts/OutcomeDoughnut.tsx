import { Box, Group, Stack, Text } from '@mantine/core'
import type { ChartData, ChartOptions } from 'chart.js'
import { useTranslation } from 'react-i18next'
import type { Report } from '../../../shared/contract/sending.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ChartCanvas } from './ChartCanvas.tsx'
import { ChartFrame } from './ChartFrame.tsx'
import { type ChartTokens, type SeriesMeaning, useChartTokens } from './use-chart-tokens.ts'

type Outcome = Report['outcomes'][number]

const HUES: Readonly<Record<string, SeriesMeaning>> = {
  accepted: 'good',
  rejected: 'bad',
  unknown: 'doubtful',
  skipped: 'neutral',
  cancelled: 'neutral',
  ready: 'waiting',
  claimed: 'waiting',
  attempting: 'waiting',
  pending: 'waiting',
}

/** What became of the audience: each outcome with its share, named beside the ring. */
export function OutcomeDoughnut(props: { readonly report: Report }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'charts' })
  const tokens = useChartTokens()
  const outcomes = props.report.outcomes.filter(outcome => outcome.count > 0)
  const total = outcomes.reduce((sum, outcome) => sum + outcome.count, 0)
  const formats = useFormats()
  const colours = colourful(outcomes, tokens)
  const sentence = t('outcomesHeadline', { sent: formats.number(props.report.accepted), total: formats.number(total) })
  const data: ChartData<'doughnut'> = {
    labels: outcomes.map(outcome => outcome.label),
    datasets: [
      {
        data: outcomes.map(outcome => outcome.count),
        backgroundColor: colours,
        borderColor: tokens.surface,
        borderWidth: 2,
      },
    ],
  }
  const options: ChartOptions<'doughnut'> = {
    responsive: true,
    maintainAspectRatio: false,
    cutout: '64%',
    animation: tokens.animate ? { duration: 140 } : false,
  }
  const table = {
    columns: [t('outcome'), t('messages'), t('share')],
    rows: outcomes.map(outcome => [
      outcome.label,
      formats.number(outcome.count),
      formats.percent(outcome.count / total),
    ]),
  }
  return (
    <ChartFrame title={t('outcomes')} headline={sentence} table={table}>
      <Group h="100%" wrap="nowrap" gap="lg" align="center">
        <Box style={{ position: 'relative', height: '100%', width: '42%', maxWidth: 200 }}>
          <ChartCanvas type="doughnut" label={`${t('outcomes')}. ${sentence}`} data={data} options={options} />
        </Box>
        <Stack gap={6} flex={1} miw={0} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
          {outcomes.map((outcome, at) => (
            <Group key={`${outcome.state}-${outcome.reason}`} component="li" gap={8} wrap="nowrap">
              <Box w={10} h={10} style={{ borderRadius: 2, background: colours[at], flex: 'none' }} />
              <Text size="xs" flex={1} truncate title={outcome.label}>
                {outcome.label}
              </Text>
              <Text size="xs" className="t-num" fw={600}>
                {formats.number(outcome.count)}
              </Text>
              <Text size="xs" className="t-num" c="dimmed" w={48} ta="right">
                {formats.percent(outcome.count / total)}
              </Text>
            </Group>
          ))}
        </Stack>
      </Group>
    </ChartFrame>
  )
}

// Several reasons of one state share its hue and fade, so that the ring reads as states first.
function colourful(outcomes: readonly Outcome[], tokens: ChartTokens): string[] {
  const seen = new Map<string, number>()
  return outcomes.map(outcome => {
    const hue = HUES[outcome.state] ?? 'neutral'
    const before = seen.get(hue) ?? 0
    seen.set(hue, before + 1)
    const alpha = Math.max(0.35, 1 - before * 0.22)
    return `${tokens.series[hue]}${Math.round(alpha * 255)
      .toString(16)
      .padStart(2, '0')}`
  })
}
