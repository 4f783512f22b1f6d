import { Skeleton, Stack } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useSlow } from '../lib/use-slow.ts'
import { ErrorNote } from './ErrorNote.tsx'

interface AnswerProps<T> {
  readonly to: UseQueryResult<T, Error>
  readonly children: (answer: T) => ReactNode
}

/** Shows what was answered; a failure always shows, and a skeleton only when it takes longer than 300 ms. */
export function Answer<T>({ to, children }: AnswerProps<T>) {
  const slow = useSlow(to.isPending, 300)
  if (to.data !== undefined) {
    return (
      <>
        {to.error ? <ErrorNote error={to.error} onRetry={() => void to.refetch()} /> : null}
        {children(to.data)}
      </>
    )
  }
  if (to.error) return <ErrorNote error={to.error} onRetry={() => void to.refetch()} />
  if (!slow) return null
  return (
    <Stack gap="sm" aria-hidden>
      <Skeleton height={14} width="40%" />
      <Skeleton height={14} width="70%" />
      <Skeleton height={14} width="60%" />
    </Stack>
  )
}
