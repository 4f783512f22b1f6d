import { Box, Group, Text, Title } from '@mantine/core'
import { type ReactNode, useEffect, useRef } from 'react'
import { usePlace } from '../lib/place.ts'

interface PageHeaderProps {
  readonly title: string
  /** A quiet line beside the title: a count, a state, when it was saved. */
  readonly aside?: ReactNode
  /** One sentence under the title, where the page needs explaining. */
  readonly says?: ReactNode
  /** Buttons at the right; one of them at most is the primary one. */
  readonly actions?: ReactNode
}

/** The one heading of a page. It takes the focus after navigation and names the window. */
export function PageHeader({ title, aside, says, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const { setTitle } = usePlace()
  useEffect(() => {
    setTitle(title)
  }, [title, setTitle])
  useEffect(() => {
    const takeFocus = (): void => heading.current?.focus({ preventScroll: true })
    // A page that arrives behind an open dialog must not take the keys away from it: it waits until the dialog is gone.
    const dialog = document.activeElement?.closest('[role="dialog"]')
    if (dialog) return whenGone(dialog, () => nothingHasFocus() && takeFocus())
    // On the first paint nothing has the focus yet and the skip link should come first.
    if (document.activeElement !== document.body || window.history.length > 1) takeFocus()
    return undefined
  }, [])
  return (
    <Group component="header" justify="space-between" align="flex-start" gap="md" mb="md" wrap="nowrap">
      <Box miw={0}>
        <Group gap="sm" align="baseline" wrap="nowrap">
          <Title order={1} ref={heading} tabIndex={-1} className="t-cut">
            {title}
          </Title>
          {aside ? (
            <Text component="div" c="dimmed" className="t-cut">
              {aside}
            </Text>
          ) : null}
        </Group>
        {says ? (
          <Text c="dimmed" maw={720}>
            {says}
          </Text>
        ) : null}
      </Box>
      {actions ? (
        <Group gap="sm" wrap="nowrap" style={{ flexShrink: 0 }}>
          {actions}
        </Group>
      ) : null}
    </Group>
  )
}

// What the dialog gave the focus back to keeps it, and so does a dialog that came after it.
function nothingHasFocus(): boolean {
  return document.activeElement === document.body && document.querySelector('[role="dialog"]') === null
}

/** Runs `then` once, as soon as `element` has left the page; the result stops waiting. */
function whenGone(element: Element, then: () => unknown): () => void {
  const observer = new MutationObserver(() => {
    if (element.isConnected) return
    observer.disconnect()
    then()
  })
  observer.observe(document.body, { childList: true, subtree: true })
  return () => observer.disconnect()
}
