import { Text } from '@mantine/core'
import { CircleCheckBig, CircleHelp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Home } from '../../../shared/contract/workspace.ts'
import { LinkButton } from '../../components/links.tsx'
import classes from './HomePage.module.css'

/** Decisions that wait for somebody, and messages whose outcome nobody knows. */
export function WaitsForYou({ home }: { readonly home: Home }) {
  const { t } = useTranslation()
  if (home.awaitingDecision === 0 && home.unknownMessages === 0) return null
  return (
    <div>
      {home.awaitingDecision > 0 ? (
        <div className={classes.notice}>
          <CircleCheckBig size={16} color="var(--t-warn)" aria-hidden />
          <Text style={{ flex: 1 }}>{t('home.awaiting', { count: home.awaitingDecision })}</Text>
          <LinkButton size="xs" variant="default" to="/approvals">
            {t('home.decide')}
          </LinkButton>
        </div>
      ) : null}
      {home.unknownMessages > 0 ? (
        <div className={classes.notice}>
          <CircleHelp size={16} color="var(--t-warn)" aria-hidden style={{ flexShrink: 0 }} />
          <div style={{ flex: 1 }}>
            <Text>{t('home.unknown', { count: home.unknownMessages })}</Text>
            <Text fz="xs" c="dimmed">
              {t('home.unknownSays')}
            </Text>
          </div>
          <LinkButton size="xs" variant="default" to="/campaigns">
            {t('home.resolve')}
          </LinkButton>
        </div>
      ) : null}
    </div>
  )
}
