import { Button, Stack, Table, Text, Title } from '@mantine/core'
import type { ChartData, ChartOptions } from 'chart.js'
import { LogIn, LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Segment } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ChartCanvas } from '../../components/charts/ChartCanvas.tsx'
import { ChartFrame } from '../../components/charts/ChartFrame.tsx'
import { type ChartTokens, useChartTokens } from '../../components/charts/use-chart-tokens.ts'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import type { Formats } from '../../lib/formats.ts'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

const DAYS = 90
const MOVES = 50
const MOST_MOVES = 1000

/** Who came into a segment and who left it: by day as a chart, and one by one. */
export function HistoryTab({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation()
  const history = useAsk('segments.history', api.segments.history, { id: segment.id, days: DAYS })
  if (segment.kind === 'static') return <Text c="dimmed">{t('segments.fixedHistory')}</Text>
  return (
    <Stack gap="xl" maw={980}>
      <Answer to={history}>{({ days }) => <MovesChart days={days} />}</Answer>
      <MoveList segment={segment} />
    </Stack>
  )
}

interface Day {
  readonly day: string
  readonly entered: number
  readonly left: number
  readonly people: number
}

function MovesChart({ days }: { readonly days: readonly Day[] }) {
  const { t, i18n } = useTranslation()
  const formats = useFormats()
  const tokens = useChartTokens()
  const sum = (of: 'entered' | 'left'): string => formats.number(days.reduce((all, day) => all + day[of], 0))
  const headline = t('segments.historyHeadline', {
    entered: sum('entered'),
    left: sum('left'),
    people: formats.number(days.at(-1)?.people ?? 0),
  })
  const table = {
    columns: [t('segments.day'), t('segments.entered'), t('segments.left'), t('segments.people')],
    rows: days
      .filter(day => day.entered > 0 || day.left > 0)
      .map(day => [day.day, ...[day.entered, day.left, day.people].map(formats.number)]),
  }
  return (
    <ChartFrame title={t('segments.history')} headline={headline} table={table}>
      <ChartCanvas
        type="bar"
        label={`${t('segments.history')}. ${headline}`}
        data={barData(days, [t('segments.entered'), t('segments.left')], tokens, dayNames(i18n.language))}
        options={barOptions(tokens, formats)}
      />
    </ChartFrame>
  )
}

// Days come as days of the workspace's zone; as such they are named, wherever the window is.
function dayNames(language: string): (day: string) => string {
  const format = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
  return day => format.format(new Date(`${day}T00:00:00Z`))
}

function barData(
  days: readonly Day[],
  names: readonly [string, string],
  tokens: ChartTokens,
  nameOf: (day: string) => string,
): ChartData<'bar'> {
  return {
    labels: days.map(({ day }) => nameOf(day)),
    datasets: [
      { label: names[0], data: days.map(({ entered }) => entered), backgroundColor: tokens.series.good },
      { label: names[1], data: days.map(({ left }) => -left), backgroundColor: tokens.series.bad },
    ],
  }
}

function barOptions(tokens: ChartTokens, formats: Formats): ChartOptions<'bar'> {
  return {
    responsive: true,
    maintainAspectRatio: false,
    animation: false,
    scales: {
      x: {
        stacked: true,
        grid: { display: false },
        border: { color: tokens.grid },
        ticks: { color: tokens.dimmed, font: { size: 11 }, maxRotation: 0, autoSkip: true, maxTicksLimit: 8 },
      },
      y: {
        stacked: true,
        beginAtZero: true,
        border: { display: false },
        grid: { color: tokens.grid },
        ticks: {
          color: tokens.dimmed,
          font: { size: 11 },
          precision: 0,
          maxTicksLimit: 6,
          callback: value => formats.number(Math.abs(Number(value))),
        },
      },
    },
    plugins: {
      tooltip: {
        callbacks: { label: item => `${item.dataset.label ?? ''}: ${formats.number(Math.abs(item.parsed.y ?? 0))}` },
      },
    },
  }
}

function MoveList({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation()
  const [limit, setLimit] = useState(MOVES)
  const moves = useAsk('segments.moves', api.segments.moves, { id: segment.id, limit }, { keepLast: true })
  return (
    <section aria-label={t('segments.moves')}>
      <Title order={2} mb="xs">
        {t('segments.moves')}
      </Title>
      <Answer to={moves}>
        {({ moves: rows, total }) =>
          rows.length === 0 ? (
            <Text c="dimmed">{t('segments.noMoves')}</Text>
          ) : (
            <>
              <Table verticalSpacing={4} aria-label={t('segments.moves')}>
                <Table.Tbody>
                  {rows.map(move => (
                    <Table.Tr key={`${move.at} ${move.kind} ${move.contactId ?? move.name}`}>
                      <Table.Td w={110} c={move.kind === 'entered' ? 'var(--t-good)' : 'dimmed'}>
                        {move.kind === 'entered' ? <LogIn size={13} aria-hidden /> : <LogOut size={13} aria-hidden />}{' '}
                        {t(`segments.${move.kind}`)}
                      </Table.Td>
                      <Table.Td>
                        {move.contactId === null ? (
                          <Text span inherit c="dimmed">
                            {t('segments.deletedPerson')}
                          </Text>
                        ) : (
                          <LinkAnchor to="/contacts/$id" params={{ id: move.contactId }} inherit c="inherit">
                            {move.name}
                          </LinkAnchor>
                        )}
                      </Table.Td>
                      <Table.Td ta="right" c="dimmed" w={160}>
                        <Time at={move.at} />
                      </Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
              {rows.length < Math.min(total, MOST_MOVES) ? (
                <Button mt="sm" variant="default" onClick={() => setLimit(limit === MOVES ? 250 : MOST_MOVES)}>
                  {t('segments.moreMoves')}
                </Button>
              ) : null}
            </>
          )
        }
      </Answer>
    </section>
  )
}
