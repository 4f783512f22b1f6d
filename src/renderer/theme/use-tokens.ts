import { useComputedColorScheme } from '@mantine/core'
import { darkTokens, lightTokens, type Tokens } from './tokens.ts'

/** The colours of the scheme that is shown now, for what draws by itself: charts, canvas, editors. */
export function useTokens(): Tokens {
  return useComputedColorScheme('light') === 'dark' ? darkTokens : lightTokens
}
