import { Stack, Text } from '@mantine/core'
import { Image, Link2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { RenderedSocial } from '../../../shared/contract/message-content.ts'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './previews.module.css'

/** A post as a card: picture, text and link, with its length below. */
export function PostCard({ message }: { readonly message: RenderedSocial }) {
  const { t } = useTranslation()
  const formats = useFormats()
  // Networks count code points, not what a person sees as one letter.
  const count = Array.from(message.text).length
  return (
    <Stack gap="sm">
      <div className={classes.post}>
        {message.imageLink === '' ? null : (
          <span className={classes.medium}>
            <Image size={20} role="img" aria-label={t('message.header_image')} />
            <Text component="span" fz="xs">
              {message.imageLink}
            </Text>
          </span>
        )}
        {message.text === '' ? ' ' : message.text}
        {message.link === '' ? null : (
          <Text component="span" display="flex" fz="sm" mt={8} c="var(--mantine-color-anchor)" style={{ gap: 6 }}>
            <Link2 size={14} aria-hidden style={{ flex: 'none', marginTop: 3 }} />
            {message.link}
          </Text>
        )}
      </div>
      <Text fz="xs">{t('preview.letters', { count, letters: formats.number(count) })}</Text>
    </Stack>
  )
}
