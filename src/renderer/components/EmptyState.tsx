import { Stack, Text, Title } from '@mantine/core'
import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'

interface EmptyStateProps {
  readonly icon: LucideIcon
  readonly title: string
  readonly says: string
  /** The next action, as a button. */
  readonly action?: ReactNode
}

/** Stands where a list would be, and teaches the next action. */
export function EmptyState({ icon: Icon, title, says, action }: EmptyStateProps) {
  return (
    <Stack align="center" gap="sm" py={64} px="lg" ta="center">
      <Icon size={28} strokeWidth={1.5} color="var(--mantine-color-dimmed)" aria-hidden />
      <Title order={2}>{title}</Title>
      <Text c="dimmed" maw={440}>
        {says}
      </Text>
      {action}
    </Stack>
  )
}
