import { useReducedMotion } from '@mantine/hooks'
import { useMemo } from 'react'
import { theme } from '../../theme/theme.ts'
import { useTokens } from '../../theme/use-tokens.ts'

/** What a chart needs to know of the theme. */
export interface ChartTokens {
  readonly text: string
  readonly dimmed: string
  readonly grid: string
  readonly surface: string
  readonly font: string
  /** Series by what they mean; colours that stay apart for every common colour blindness. */
  readonly series: Readonly<Record<SeriesMeaning, string>>
  /** From little to much. */
  readonly ramp: readonly string[]
  readonly animate: boolean
}

/** What a line, a bar or a slice stands for. */
export type SeriesMeaning = 'good' | 'bad' | 'waiting' | 'opened' | 'clicked' | 'doubtful' | 'neutral'

const MEANINGS: readonly SeriesMeaning[] = ['good', 'bad', 'waiting', 'opened', 'clicked', 'doubtful', 'neutral']

/** The theme as a chart reads it, anew when the colour scheme changes. */
export function useChartTokens(): ChartTokens {
  const tokens = useTokens()
  const reduced = useReducedMotion()
  return useMemo(() => {
    const colour = (meaning: SeriesMeaning): string => tokens.series[MEANINGS.indexOf(meaning)] ?? tokens.dimmed
    return {
      text: tokens.text,
      dimmed: tokens.dimmed,
      grid: tokens.hairline,
      surface: tokens.ground,
      font: theme.fontFamily ?? 'sans-serif',
      series: {
        good: colour('good'),
        bad: colour('bad'),
        waiting: colour('waiting'),
        opened: colour('opened'),
        clicked: colour('clicked'),
        doubtful: colour('doubtful'),
        neutral: colour('neutral'),
      },
      ramp: tokens.ramp,
      animate: !reduced,
    }
  }, [tokens, reduced])
}
