import type { ChartData, ChartOptions } from 'chart.js'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Report } from '../../../shared/contract/sending.ts'
import type { Formats } from '../../lib/formats.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ChartCanvas } from './ChartCanvas.tsx'
import { ChartFrame } from './ChartFrame.tsx'
import { lineNames } from './direct-labels.ts'
import { type TimeAxis, timeAxis, timeLabel } from './time-ticks.ts'
import { type ChartTokens, useChartTokens } from './use-chart-tokens.ts'

type Bucket = Report['overTime'][number]
const LINES = ['accepted', 'rejected', 'opened', 'clicked'] as const
type Line = (typeof LINES)[number]
const COLOURS = { accepted: 'good', rejected: 'bad', opened: 'opened', clicked: 'clicked' } as const

/** Sums that grow with time, one per line of the chart. */
export function cumulate(buckets: readonly Bucket[]): readonly (Bucket & { readonly at: number })[] {
  const sum = { accepted: 0, rejected: 0, deferred: 0, opened: 0, clicked: 0 }
  return buckets.map(bucket => {
    sum.accepted += bucket.accepted
    sum.rejected += bucket.rejected
    sum.deferred += bucket.deferred
    sum.opened += bucket.opened
    sum.clicked += bucket.clicked
    return { at: bucket.at, ...sum }
  })
}

/** How a campaign went on: messages sent, failed, opened and clicked up to each moment. */
export function ProgressOverTime(props: { readonly report: Report }) {
  const { t, i18n } = useTranslation(undefined, { keyPrefix: 'charts' })
  const tokens = useChartTokens()
  const { overTime, bucketMs } = props.report
  const sums = useMemo(() => cumulate(overTime), [overTime])
  const names: Record<Line, string> = {
    accepted: t('sent'),
    rejected: t('failed'),
    opened: t('opened'),
    clicked: t('clicked'),
  }
  const shown = LINES.filter(line => line === 'accepted' || (sums.at(-1)?.[line] ?? 0) > 0)
  const formats = useFormats()
  const last = sums.at(-1)
  const first = sums[0]
  const axis = timeAxis(
    first?.at ?? 0,
    (last?.at ?? 0) + bucketMs,
    first ? -new Date(first.at).getTimezoneOffset() * 60_000 : 0,
  )
  const sentence = last
    ? t('overTimeHeadline', { sent: formats.number(last.accepted), opened: formats.number(last.opened) })
    : ''
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'medium' })
  const table = {
    columns: [t('until'), ...shown.map(line => names[line])],
    rows: sums.map(sum => [moment.format(sum.at + bucketMs), ...shown.map(line => formats.number(sum[line]))]),
  }
  return (
    <ChartFrame title={t('overTime')} headline={sentence} table={table}>
      <ChartCanvas
        type="line"
        label={`${t('overTime')}. ${sentence}`}
        data={lineData(sums, bucketMs, shown, names, tokens)}
        options={lineOptions(axis, tokens, formats)}
        plugins={[lineNames(tokens.font)]}
      />
    </ChartFrame>
  )
}

function lineData(
  sums: readonly Bucket[],
  bucketMs: number,
  shown: readonly Line[],
  names: Readonly<Record<Line, string>>,
  tokens: ChartTokens,
): ChartData<'line'> {
  const start = sums[0]
  return {
    datasets: shown.map(line => ({
      label: names[line],
      data: [...(start ? [{ x: start.at, y: 0 }] : []), ...sums.map(sum => ({ x: sum.at + bucketMs, y: sum[line] }))],
      borderColor: tokens.series[COLOURS[line]],
      backgroundColor: tokens.series[COLOURS[line]],
      borderWidth: 2,
      pointRadius: 0,
      pointHitRadius: 8,
      tension: 0,
    })),
  }
}

function lineOptions(axis: TimeAxis, tokens: ChartTokens, formats: Formats): ChartOptions<'line'> {
  return {
    responsive: true,
    maintainAspectRatio: false,
    // It is drawn anew every few seconds while a campaign runs; points in flight would look like a loss.
    animation: false,
    layout: { padding: { right: 64, top: 8 } },
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: {
        type: 'linear',
        min: axis.min,
        max: axis.max,
        grid: { display: false },
        border: { color: tokens.grid },
        ticks: {
          stepSize: axis.stepMs,
          color: tokens.dimmed,
          font: { size: 11 },
          maxRotation: 0,
          callback: value => timeLabel(Number(value), axis.stepMs),
        },
      },
      y: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: tokens.grid },
        ticks: {
          color: tokens.dimmed,
          font: { size: 11 },
          precision: 0,
          maxTicksLimit: 6,
          callback: value => formats.number(Number(value)),
        },
      },
    },
    plugins: { tooltip: { callbacks: { title: items => timeLabel(items[0]?.parsed.x ?? 0, 1000) } } },
  }
}
