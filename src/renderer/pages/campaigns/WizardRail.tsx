import { Anchor, Group, Stack, Text, Title } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Campaign, Check } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EstimateFacts, ReachWaterfall } from '../../components/estimate/EstimateFacts.tsx'
import { useAsk } from '../../lib/requests.ts'
import type { Step } from './steps.ts'
import classes from './Wizard.module.css'

/** What the campaign will do as it stands: who gets it, who falls out and why, cost, times, and what is still to look at. */
export function WizardRail(props: {
  readonly campaign: Campaign
  readonly checks: readonly Check[]
  /** Whether the checks are those of what is written now. */
  readonly isChecked: boolean
  readonly onGo: (step: Step) => void
}) {
  const { t } = useTranslation()
  const estimate = useAsk('campaigns.estimate', api.campaigns.estimate, { id: props.campaign.id }, { keepLast: true })
  const open = props.checks.filter(check => check.state !== 'ok')
  return (
    <aside className={classes.rail} aria-label={t('wizard.rail')}>
      <Stack gap="lg">
        <Answer to={estimate}>
          {answer => (
            <>
              <ReachWaterfall estimate={answer} />
              <EstimateFacts estimate={answer} />
            </>
          )}
        </Answer>
        <div>
          <Title order={2} fz="sm" mb={6}>
            {t('wizard.toDo')}
          </Title>
          {estimate.error ? (
            <Text fz="xs" c="var(--t-bad)">
              {t('wizard.notCounted')}
            </Text>
          ) : !props.isChecked ? null : open.length === 0 ? (
            <Group gap={6} wrap="nowrap">
              <CircleCheck size={14} color="var(--t-good)" aria-hidden />
              <Text fz="xs">{t('wizard.allGood')}</Text>
            </Group>
          ) : (
            <Stack gap={6}>
              {open.map(check => (
                <Group key={check.key} gap={6} wrap="nowrap" align="flex-start">
                  {check.state === 'error' ? (
                    <CircleX
                      size={14}
                      color="var(--t-bad)"
                      role="img"
                      aria-label={t('status.error')}
                      style={{ flex: 'none', marginTop: 2 }}
                    />
                  ) : (
                    <CircleAlert
                      size={14}
                      color="var(--t-warn)"
                      role="img"
                      aria-label={t('status.warning')}
                      style={{ flex: 'none', marginTop: 2 }}
                    />
                  )}
                  <Anchor
                    component="button"
                    type="button"
                    fz="xs"
                    ta="left"
                    c="inherit"
                    onClick={() => props.onGo(check.step)}
                  >
                    {check.text}
                  </Anchor>
                </Group>
              ))}
            </Stack>
          )}
        </div>
      </Stack>
    </aside>
  )
}
