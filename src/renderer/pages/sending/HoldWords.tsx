import { Group, Text } from '@mantine/core'
import { CircleCheck, CirclePause, Clock, Gauge, type LucideIcon, Snowflake } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { LiveHold } from '../../../shared/contract/sending-live.ts'
import { Time } from '../../components/Figures.tsx'

const ICONS: Readonly<Record<LiveHold['kind'], LucideIcon>> = {
  none: CircleCheck,
  paused: CirclePause,
  stopped: CirclePause,
  resting: Snowflake,
  limit: Gauge,
  warm_up: Gauge,
  family_limit: Gauge,
  family_rest: Snowflake,
  campaign_rate: Gauge,
  priority: Clock,
  not_due: Clock,
}

/** What keeps messages back, and until when. */
export function HoldWords({ hold }: { readonly hold: LiveHold }) {
  const { t } = useTranslation()
  if (hold.kind === 'none') {
    return (
      <Text component="span" inherit c="dimmed">
        {t('sending.notHeld')}
      </Text>
    )
  }
  const Icon = ICONS[hold.kind]
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <Icon size={14} color="var(--t-warn)" aria-hidden style={{ flex: 'none', marginTop: 3 }} />
      <Text component="span" inherit>
        {hold.text}
        {hold.until === null ? null : (
          <Text component="span" inherit c="dimmed">
            {' '}
            ({t('sending.until')} <Time at={hold.until} />)
          </Text>
        )}
      </Text>
    </Group>
  )
}
