import { Skeleton, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useSlow } from '../lib/use-slow.ts'
import { ErrorNote } from './ErrorNote.tsx'

/** A question with its answer so far; every kind of query has this. */
interface Asked<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly isPending: boolean
  refetch(): Promise<unknown>
}

interface AnswerProps<T> {
  readonly to: Asked<T>
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
