import type { ChartData, ChartOptions } from 'chart.js'
import { useTranslation } from 'react-i18next'
import type { Report } from '../../../shared/contract/sending.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ChartCanvas } from './ChartCanvas.tsx'
import { ChartFrame } from './ChartFrame.tsx'
import { barNumbers } from './direct-labels.ts'
import { useChartTokens } from './use-chart-tokens.ts'

const LONGEST_LABEL = 26

/** The most frequent errors, longest bar first. */
export function TopErrors(props: { readonly report: Report }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'charts' })
  const tokens = useChartTokens()
  const formats = useFormats()
  const errors = [...props.report.topErrors].sort((one, other) => other.count - one.count).slice(0, 8)
  const total = errors.reduce((sum, error) => sum + error.count, 0)
  const first = errors[0]
  const sentence = first ? t('errorsHeadline', { count: total, first: first.label }) : ''
  const data: ChartData<'bar'> = {
    labels: errors.map(error => shorten(error.label)),
    datasets: [
      {
        label: t('errors'),
        data: errors.map(error => error.count),
        backgroundColor: tokens.series.bad,
        borderRadius: 2,
        maxBarThickness: 18,
      },
    ],
  }
  const options: ChartOptions<'bar'> = {
    indexAxis: 'y',
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    layout: { padding: { right: 40 } },
    scales: {
      x: {
        beginAtZero: true,
        border: { display: false },
        grid: { color: tokens.grid },
        ticks: { color: tokens.dimmed, font: { size: 11 }, precision: 0, maxTicksLimit: 5 },
      },
      y: { grid: { display: false }, border: { display: false }, ticks: { color: tokens.text, font: { size: 11 } } },
    },
    plugins: { tooltip: { callbacks: { title: items => errors[items[0]?.dataIndex ?? 0]?.label ?? '' } } },
  }
  const table = {
    columns: [t('error'), t('count')],
    rows: errors.map(error => [error.label, formats.number(error.count)]),
  }
  return (
    <ChartFrame title={t('errors')} headline={sentence} table={table}>
      <ChartCanvas
        type="bar"
        label={`${t('errors')}. ${sentence}`}
        data={data}
        options={options}
        plugins={[barNumbers(tokens.font, tokens.text, formats.number)]}
      />
    </ChartFrame>
  )
}

function shorten(label: string): string {
  return label.length > LONGEST_LABEL ? `${label.slice(0, LONGEST_LABEL - 1)}…` : label
}
