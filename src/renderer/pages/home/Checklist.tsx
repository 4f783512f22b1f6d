import { Text, Title } from '@mantine/core'
import { Circle, CircleCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Home } from '../../../shared/contract/workspace.ts'
import { LinkAnchor } from '../../components/links.tsx'
import classes from './HomePage.module.css'

type Step = Home['checklist'][number]

const PLACES: Readonly<Record<Step['step'], string>> = {
  contacts: '/imports',
  template: '/templates',
  campaign: '/campaigns',
  approval: '/approvals',
  sent: '/campaigns',
  identity: '/settings/general',
  account: '/settings/senders',
}

/** The way to the first campaign; it goes away when every step is done. */
export function Checklist({ steps }: { readonly steps: readonly Step[] }) {
  const { t } = useTranslation()
  const left = steps.filter(step => !step.done).length
  if (left === 0) return null
  return (
    <section>
      <Title order={2}>{t('home.checklist')}</Title>
      <Text c="dimmed" mb="xs">
        {t('home.checklistSays', { count: left })}
      </Text>
      <ol className={classes.plain}>
        {steps.map(({ step, done }) => (
          <li key={step} className={classes.step}>
            {done ? (
              <CircleCheck size={15} color="var(--t-good)" role="img" aria-label={t('home.stepDone')} />
            ) : (
              <Circle size={15} color="var(--t-quiet)" role="img" aria-label={t('home.stepOpen')} />
            )}
            {done ? (
              <Text c="dimmed">{t(`home.step_${step}`)}</Text>
            ) : (
              <LinkAnchor to={PLACES[step]} inherit>
                {t(`home.step_${step}`)}
              </LinkAnchor>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}
