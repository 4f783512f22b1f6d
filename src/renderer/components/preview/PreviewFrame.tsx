import { Box, Text } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type Inbox, isolateMessage } from './isolate-message.ts'

/** The width of a usual telephone in CSS pixels. */
export const PHONE_WIDTH = 375

/** HTML of a message as its recipient would see it, sanitised and locked in a frame that can do nothing. */
export function PreviewFrame(props: {
  readonly html: string
  readonly title: string
  readonly width?: number | undefined
  readonly height?: number | string
  readonly inbox?: Inbox
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const inbox = props.inbox ?? 'light'
  const message = useMemo(() => isolateMessage(props.html, inbox), [props.html, inbox])
  return (
    <Box style={{ display: 'flex', flexDirection: 'column', minHeight: 0, height: props.height ?? '100%' }}>
      <Box
        style={{
          flex: 1,
          minHeight: 0,
          width: '100%',
          maxWidth: props.width ?? '100%',
          margin: '0 auto',
          background: '#fff',
          border: '1px solid var(--mantine-color-default-border)',
          borderRadius: 'var(--mantine-radius-default)',
          overflow: 'hidden',
          // Mail programs turn the colours of a message round that has no dark ones of its own.
          filter: inbox === 'dark' && !message.knowsDark ? 'invert(1) hue-rotate(180deg)' : 'none',
        }}
      >
        <iframe
          sandbox=""
          srcDoc={message.document}
          title={props.title}
          style={{ width: '100%', height: '100%', border: 0, display: 'block', colorScheme: 'light' }}
        />
      </Box>
      {message.blockedImages > 0 ? (
        <Text size="xs" c="dimmed" mt={4}>
          {t('blockedImages', { count: message.blockedImages })}
        </Text>
      ) : null}
    </Box>
  )
}
