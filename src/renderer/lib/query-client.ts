import { QueryClient } from '@tanstack/react-query'
import { AppError } from '../../shared/contract/failure.ts'

/** The cache of what the screens asked. Nothing goes stale by itself: the event stream says when something changed. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        retry: (failures, error) => failures < 2 && error instanceof AppError && error.code === 'unavailable',
        retryDelay: 400,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}
