import { Button, Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleCheckBig, CircleHelp } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Home } from '../../../shared/contract/workspace.ts'
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
          <Button size="xs" variant="default" component={Link} to="/approvals">
            {t('home.decide')}
          </Button>
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
          <Button size="xs" variant="default" component={Link} to="/campaigns">
            {t('home.resolve')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}
