import { Button } from '@mantine/core'
import type { ReactNode } from 'react'

interface SectionButtonProps {
  readonly disabled: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}

/** The quiet button beside the title of a section. */
export function SectionButton({ disabled, onClick, children }: SectionButtonProps) {
  return (
    <Button size="xs" variant="default" disabled={disabled} onClick={onClick}>
      {children}
    </Button>
  )
}
