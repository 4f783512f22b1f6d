import { ActionIcon, Box, Group, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core'
import { Monitor, Moon, Smartphone, Sun } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RenderedMessage } from '../../../shared/contract/message-content.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { CallScript } from './CallScript.tsx'
import { ChatBubble } from './ChatBubble.tsx'
import { PostCard } from './PostCard.tsx'
import { PHONE_WIDTH, PreviewFrame } from './PreviewFrame.tsx'
import { SmsBubble } from './SmsBubble.tsx'

type Width = 'desktop' | 'phone'

/** A rendered message as its recipient gets it: an e-mail in desktop or phone width, a bubble, a call or a post. */
export function RenderedPreview(props: {
  readonly message: RenderedMessage
  readonly title: string
  readonly height?: number | string
}) {
  const { message } = props
  if (message.channel === 'sms') return <SmsBubble text={message.text} measure={message.measure} />
  if (message.channel === 'whatsapp') return <ChatBubble message={message.message} text={message.text} />
  if (message.channel === 'voice') return <CallScript message={message} />
  if (message.channel === 'social') return <PostCard message={message} />
  return <EmailPreview message={message} title={props.title} height={props.height} />
}

function EmailPreview(props: {
  readonly message: Extract<RenderedMessage, { channel: 'email' }>
  readonly title: string
  readonly height: number | string | undefined
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const [width, setWidth] = useState<Width>('desktop')
  const [part, setPart] = useState<'html' | 'text'>('html')
  const [darkInbox, setDarkInbox] = useState(false)
  const { message } = props
  const formats = useFormats()
  return (
    <Stack gap="xs" h={props.height ?? '100%'} mih={0}>
      <div>
        <Text fw={600} size="sm" style={{ overflowWrap: 'anywhere' }}>
          {message.subject === '' ? t('noSubject') : message.subject}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {message.preheader === '' ? t('noPreheader') : message.preheader}
        </Text>
      </div>
      <Group gap="xs" justify="space-between">
        <SegmentedControl
          size="xs"
          aria-label={t('part')}
          value={part}
          onChange={value => setPart(value === 'text' ? 'text' : 'html')}
          data={[
            { value: 'html', label: 'HTML' },
            { value: 'text', label: t('plainText') },
          ]}
        />
        <Group gap={4}>
          <Text size="xs" c="dimmed" className="t-num">
            {formats.bytes(message.htmlBytes)}
          </Text>
          <WidthSwitch width={width} onChange={setWidth} />
          <Tooltip label={darkInbox ? t('lightInbox') : t('darkInbox')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('darkInbox')}
              aria-pressed={darkInbox}
              onClick={() => setDarkInbox(!darkInbox)}
            >
              {darkInbox ? <Sun size={15} /> : <Moon size={15} />}
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      {part === 'html' ? (
        <div style={{ flex: 1, minHeight: 0 }}>
          <PreviewFrame
            html={message.html}
            title={props.title}
            width={width === 'phone' ? PHONE_WIDTH : undefined}
            inbox={darkInbox ? 'dark' : 'light'}
          />
        </div>
      ) : (
        <PlainText text={message.text} label={t('plainText')} />
      )}
    </Stack>
  )
}

function WidthSwitch(props: { readonly width: Width; readonly onChange: (width: Width) => void }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  return (
    <>
      {(['desktop', 'phone'] as const).map(width => (
        <Tooltip key={width} label={t(width)}>
          <ActionIcon
            variant={props.width === width ? 'light' : 'subtle'}
            color={props.width === width ? 'teal' : 'gray'}
            aria-label={t(width)}
            aria-pressed={props.width === width}
            onClick={() => props.onChange(width)}
          >
            {width === 'desktop' ? <Monitor size={15} /> : <Smartphone size={15} />}
          </ActionIcon>
        </Tooltip>
      ))}
    </>
  )
}

/** Plain text of a message, in the letters and line breaks that the recipient sees. */
export function PlainText(props: { readonly text: string; readonly label: string }) {
  return (
    <Box
      component="section"
      aria-label={props.label}
      // A scrolling region must be reachable by keyboard (WCAG 2.1.1).
      tabIndex={0}
      style={{
        flex: 1,
        minHeight: 0,
        overflow: 'auto',
        whiteSpace: 'pre-wrap',
        overflowWrap: 'anywhere',
        fontFamily: 'var(--mantine-font-family-monospace)',
        fontSize: 12.5,
        lineHeight: 1.5,
        padding: 12,
        border: '1px solid var(--mantine-color-default-border)',
        borderRadius: 'var(--mantine-radius-default)',
      }}
    >
      {props.text}
    </Box>
  )
}
