import { Box, Stack, Text } from '@mantine/core'
import { ExternalLink, FileText, Image, Reply, Video } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RenderedWhatsapp } from '../../../shared/contract/message-content.ts'
import classes from './previews.module.css'

type Message = RenderedWhatsapp['message']
const MEDIA = { image: Image, video: Video, document: FileText } as const

/** A WhatsApp message as it stands in a chat: header or picture, text, and the buttons below. */
export function ChatBubble({ message, text }: { readonly message: Message; readonly text: string }) {
  return (
    <Stack gap={2} maw={380} align="stretch">
      <Box className={classes.bubble ?? ''}>
        <Head message={message} />
        {text === '' ? ' ' : text}
      </Box>
      {buttonsOf(message).map(({ key, icon: Icon, words }) => (
        <div key={key} className={classes.button}>
          <Icon size={13} aria-hidden />
          <span>{words}</span>
        </div>
      ))}
    </Stack>
  )
}

function Head({ message }: { readonly message: Message }) {
  if (message.kind === 'template') {
    const { header } = message
    if (header.kind === 'none') return null
    if (header.kind === 'text')
      return header.text === '' ? null : <strong className={classes.head}>{header.text}</strong>
    return <Medium kind={header.kind} link={header.link} />
  }
  return message.kind === 'image' || message.kind === 'video' || message.kind === 'document' ? (
    <Medium kind={message.kind} link={message.link} />
  ) : null
}

function Medium(props: { readonly kind: keyof typeof MEDIA; readonly link: string }) {
  const { t } = useTranslation()
  const Icon = MEDIA[props.kind]
  return (
    <span className={classes.medium}>
      <Icon size={20} role="img" aria-label={t(`message.header_${props.kind}`)} />
      <Text component="span" fz="xs" style={{ overflowWrap: 'anywhere' }}>
        {props.link === '' ? t('message.noLink') : props.link}
      </Text>
    </span>
  )
}

function buttonsOf(message: Message) {
  if (message.kind === 'link') return [{ key: 'link', icon: ExternalLink, words: message.label }]
  if (message.kind === 'buttons') return message.buttons.map(one => ({ key: one.id, icon: Reply, words: one.title }))
  if (message.kind !== 'template') return []
  return message.buttons.map(one => ({
    key: `${one.kind} ${one.index}`,
    icon: one.kind === 'url' ? ExternalLink : Reply,
    words: one.value,
  }))
}
