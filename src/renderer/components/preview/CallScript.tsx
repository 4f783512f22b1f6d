import { Stack, Text } from '@mantine/core'
import { Phone } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RenderedVoice } from '../../../shared/contract/message-content.ts'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './previews.module.css'

/** What a call says, by which voice, and about how long it takes. */
export function CallScript({ message }: { readonly message: RenderedVoice }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const formats = useFormats()
  return (
    <Stack gap="sm">
      <Text fz="xs">
        {t('callTakes', { time: formats.duration(message.seconds) })} · {message.voice} · {message.language}
      </Text>
      <div className={classes.call}>
        <Phone size={18} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
        <p className={classes.script}>{message.text === '' ? t('nothingToSay') : message.text}</p>
      </div>
    </Stack>
  )
}
