import { Alert, Box, Button, Group, Text, UnstyledButton } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Campaign, Check } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { AudienceStep } from './steps/AudienceStep.tsx'
import { BasicsStep } from './steps/BasicsStep.tsx'
import { MessageStep } from './steps/MessageStep.tsx'
import { PersonalisationStep } from './steps/PersonalisationStep.tsx'
import { PlacesStep } from './steps/PlacesStep.tsx'
import { ReviewStep } from './steps/ReviewStep.tsx'
import { ScheduleStep } from './steps/ScheduleStep.tsx'
import { isStep, STEPS, type Step, stepState } from './steps.ts'
import { type Draft, useDraft } from './use-draft.ts'
import classes from './Wizard.module.css'
import { WizardRail } from './WizardRail.tsx'

/** The six steps of a campaign that has not started; any step can be opened at any time. */
export function Wizard({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const draft = useDraft(campaign)
  const mayEdit = useMay('campaigns.edit')
  const [stored, setStep] = useSessionStorage({ key: `wizard-${campaign.id}`, defaultValue: 'basics' })
  const step = isStep(stored) ? stored : 'basics'
  const checklist = useAsk('campaigns.checklist', api.campaigns.checklist, { id: campaign.id }, { keepLast: true })
  const checks = checklist.data?.checks ?? []
  const following = STEPS[STEPS.indexOf(step) + 1]
  return (
    <div className={classes.page}>
      <PageHeader
        title={draft.name}
        aside={<SaveState draft={draft} />}
        actions={
          following ? (
            <Button onClick={() => setStep(following)}>
              {t('wizard.next', { step: t(`wizard.step_${following}`) })}
            </Button>
          ) : null
        }
      />
      <StepNav current={step} checks={checks} onGo={setStep} />
      {mayEdit ? null : (
        <Text c="dimmed" mb="sm">
          {t('wizard.readOnly')}
        </Text>
      )}
      {campaign.status === 'draft' || !mayEdit ? null : (
        <Alert color="yellow" variant="light" icon={<CircleAlert size={16} />} mb="md" py="xs">
          {t('wizard.voids', { status: t(`status.${campaign.status}`).toLowerCase() })}
        </Alert>
      )}
      {draft.error ? (
        <ErrorNote
          error={draft.error}
          title={t('wizard.notSaved')}
          onRetry={() => void draft.flush().catch(() => undefined)}
        />
      ) : null}
      <div className={classes.columns}>
        {/* Leaving any field saves what was written in it. */}
        <Box
          component="section"
          className={classes.content ?? ''}
          aria-label={t(`wizard.step_${step}`)}
          onBlur={() => void draft.flush().catch(() => undefined)}
        >
          <fieldset className={classes.fields} disabled={!mayEdit && step !== 'review'}>
            <StepBody step={step} campaign={campaign} draft={draft} checks={checks} onGo={setStep} />
          </fieldset>
        </Box>
        <WizardRail
          campaign={campaign}
          checks={checks}
          isChecked={checklist.data !== undefined && !checklist.error && draft.state !== 'failed'}
          onGo={setStep}
        />
      </div>
    </div>
  )
}

function StepBody(props: {
  readonly step: Step
  readonly campaign: Campaign
  readonly draft: Draft
  readonly checks: readonly Check[]
  readonly onGo: (step: Step) => void
}) {
  const { step, campaign, draft } = props
  switch (step) {
    case 'basics':
      return <BasicsStep draft={draft} />
    case 'audience':
      return draft.draft.channel === 'social' ? (
        <PlacesStep draft={draft} />
      ) : (
        <AudienceStep campaignId={campaign.id} draft={draft} />
      )
    case 'message':
      return <MessageStep draft={draft} />
    case 'personalisation':
      return <PersonalisationStep campaignId={campaign.id} draft={draft} />
    case 'schedule':
      return <ScheduleStep draft={draft} />
    case 'review':
      return <ReviewStep campaign={campaign} draft={draft} checks={props.checks} onGo={props.onGo} />
  }
}

const SIGNS = {
  ok: [CircleCheck, 'var(--t-good)'],
  warning: [CircleAlert, 'var(--t-warn)'],
  error: [CircleX, 'var(--t-bad)'],
} as const

function StepNav(props: {
  readonly current: Step
  readonly checks: readonly Check[]
  readonly onGo: (step: Step) => void
}) {
  const { t } = useTranslation()
  return (
    <nav aria-label={t('wizard.steps')}>
      <ol className={classes.steps}>
        {STEPS.map((step, at) => {
          const state = stepState(step, props.checks)
          const [Sign, colour] = SIGNS[state]
          return (
            <li key={step}>
              <UnstyledButton
                className={classes.step ?? ''}
                {...(step === props.current ? { 'aria-current': 'step' } : {})}
                onClick={() => props.onGo(step)}
              >
                <Sign size={14} color={colour} role="img" aria-label={t(`status.${state}`)} />
                <span>
                  {at + 1} {t(`wizard.step_${step}`)}
                </span>
              </UnstyledButton>
            </li>
          )
        })}
      </ol>
    </nav>
  )
}

function SaveState({ draft }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const words = {
    saved: t('wizard.savedAt', { at: formats.when(draft.savedAt) }),
    unsaved: t('wizard.saving'),
    saving: t('wizard.saving'),
    failed: t('wizard.notSaved'),
  }
  return (
    <Group component="span" gap={6} display="inline-flex">
      <Text component="span" inherit role="status" {...(draft.state === 'failed' ? { c: 'var(--t-bad)' } : {})}>
        {words[draft.state]}
      </Text>
    </Group>
  )
}
