import { Loader, Tooltip } from '@mantine/core'
import { Activity } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { api } from '../api.ts'
import { LinkIcon } from '../components/links.tsx'
import { useAsk } from '../lib/requests.ts'

/** Turns while something runs in the background, and leads to it. */
export function ActivityRing() {
  const { t } = useTranslation()
  const running = useAsk('activity.running', api.activity.running, {}).data ?? { running: 0, sending: 0 }
  const parts = [
    ...(running.sending > 0 ? [t('shell.activitySending', { count: running.sending })] : []),
    ...(running.running > 0 ? [t('shell.activityRunning', { count: running.running })] : []),
  ]
  const label = parts.length > 0 ? parts.join(', ') : t('shell.activityNone')
  return (
    <Tooltip label={label}>
      <LinkIcon to="/activity" aria-label={label}>
        {parts.length > 0 ? <Loader size={16} aria-hidden /> : <Activity size={16} aria-hidden />}
      </LinkIcon>
    </Tooltip>
  )
}
