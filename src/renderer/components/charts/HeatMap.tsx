import type { ChartData, ChartOptions } from 'chart.js'
import { useTranslation } from 'react-i18next'
import type { Report } from '../../../shared/contract/sending.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ChartCanvas } from './ChartCanvas.tsx'
import { ChartFrame } from './ChartFrame.tsx'
import { useChartTokens } from './use-chart-tokens.ts'

const HOURS = Array.from({ length: 24 }, (_, hour) => hour)
// 1 January 2024 was a Monday.
const weekdayName = (language: string, weekday: number, style: 'short' | 'long'): string =>
  new Intl.DateTimeFormat(language, { weekday: style, timeZone: 'UTC' }).format(Date.UTC(2024, 0, weekday))

/** When people react (or, before they do, when messages left): hour of the day by day of the week. */
export function HeatMap(props: { readonly report: Report }) {
  const { t, i18n } = useTranslation(undefined, { keyPrefix: 'charts' })
  const tokens = useChartTokens()
  const formats = useFormats()
  const { heat, heatOf } = props.report
  const most = heat.reduce((highest, cell) => Math.max(highest, cell.count), 0)
  const best = heat.find(cell => cell.count === most && most > 0)
  const day = (weekday: number, style: 'short' | 'long' = 'short'): string => weekdayName(i18n.language, weekday, style)
  const days = [1, 2, 3, 4, 5, 6, 7].map(weekday => day(weekday))
  const counts = new Map(heat.map(cell => [`${cell.weekday}-${cell.hour}`, cell.count]))
  const cells = [1, 2, 3, 4, 5, 6, 7].flatMap(weekday =>
    HOURS.map(hour => ({ x: hour, y: weekday, v: counts.get(`${weekday}-${hour}`) ?? 0 })),
  )
  const title = heatOf === 'engagement' ? t('heatEngagement') : t('heatAccepted')
  const sentence = best
    ? t('heatHeadline', {
        day: day(best.weekday, 'long'),
        from: clock(best.hour),
        to: clock((best.hour + 1) % 24),
        count: best.count,
      })
    : ''
  const data: ChartData<'matrix'> = {
    datasets: [
      {
        label: title,
        data: cells,
        backgroundColor: context => {
          const cell = cells[context.dataIndex]
          const share = cell && most > 0 ? cell.v / most : 0
          return shade(tokens.ramp, share)
        },
        borderWidth: 0,
        borderRadius: 2,
        width: ({ chart }) => Math.max(2, (chart.chartArea?.width ?? 0) / 24 - 2),
        height: ({ chart }) => Math.max(2, (chart.chartArea?.height ?? 0) / 7 - 2),
      },
    ],
  }
  const options: ChartOptions<'matrix'> = {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    scales: {
      x: {
        type: 'linear',
        min: -0.5,
        max: 23.5,
        afterBuildTicks: axis => {
          axis.ticks = HOURS.filter(hour => hour % 3 === 0).map(value => ({ value }))
        },
        grid: { display: false },
        border: { display: false },
        ticks: { color: tokens.dimmed, font: { size: 11 }, maxRotation: 0, callback: value => clock(Number(value)) },
      },
      y: {
        type: 'linear',
        min: 0.5,
        max: 7.5,
        reverse: true,
        afterBuildTicks: axis => {
          axis.ticks = days.map((_, at) => ({ value: at + 1 }))
        },
        grid: { display: false },
        border: { display: false },
        ticks: { color: tokens.dimmed, font: { size: 11 }, callback: value => days[Number(value) - 1] ?? '' },
      },
    },
    plugins: {
      tooltip: {
        displayColors: false,
        callbacks: {
          title: () => '',
          label: context => {
            const cell = cells[context.dataIndex]
            return cell ? `${day(cell.y, 'long')} ${clock(cell.x)}: ${formats.number(cell.v)}` : ''
          },
        },
      },
    },
  }
  const table = {
    columns: [t('when'), t('count')],
    rows: heat
      .filter(cell => cell.count > 0)
      .map(cell => [`${day(cell.weekday, 'long')} ${clock(cell.hour)}`, formats.number(cell.count)]),
  }
  return (
    <ChartFrame title={title} headline={sentence} table={table}>
      <ChartCanvas type="matrix" label={`${title}. ${sentence}`} data={data} options={options} />
    </ChartFrame>
  )
}

/** The colour of a share of the most: nothing has the first colour, the most has the last. */
function shade(ramp: readonly string[], share: number): string {
  return ramp[share === 0 ? 0 : Math.max(1, Math.round(share * (ramp.length - 1)))] ?? 'transparent'
}

function clock(hour: number): string {
  return `${String(hour).padStart(2, '0')}:00`
}
