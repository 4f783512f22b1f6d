import { Mail, MessageCircle, MessageSquare, Phone, Share2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../shared/contract/define.ts'

const ICONS = {
  email: Mail,
  sms: MessageSquare,
  whatsapp: MessageCircle,
  voice: Phone,
  social: Share2,
} as const satisfies Record<Channel, unknown>

/** The sign of a channel, with its name for people who listen. */
export function ChannelIcon({ channel, size = 14 }: { readonly channel: Channel; readonly size?: number }) {
  const { t } = useTranslation()
  const Icon = ICONS[channel]
  return (
    <Icon
      size={size}
      role="img"
      aria-label={t(`common.channel_${channel}`)}
      style={{ flexShrink: 0, verticalAlign: 'middle' }}
    />
  )
}
