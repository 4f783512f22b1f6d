import { Button, Group, NumberInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ScoreSettings } from '../../../shared/contract/scores.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import { IconButton } from './IconButton.tsx'
import { ScoreExample } from './ScoreExample.tsx'
import { ScoreRules } from './ScoreRules.tsx'
import classes from './ScoringTab.module.css'

/** How contacts are scored, with a contact beside it whose scores follow what is typed. */
export function ScoringTab() {
  const settings = useAsk('scores.settings', api.scores.settings, {})
  return <Answer to={settings}>{answer => <ScoringForm key={JSON.stringify(answer)} settings={answer} />}</Answer>
}

const WEIGHTS = [
  'replied',
  'repliedSms',
  'purchased',
  'clicked',
  'opened',
  'custom',
  'bounced',
  'unsubscribed',
  'complained',
] as const

function ScoringForm({ settings }: { readonly settings: ScoreSettings }) {
  const { t } = useTranslation()
  const report = useReport()
  const mayManage = useMay('workspace.manage')
  const [draft, setDraft] = useState(settings)
  const progress = useAsk('scores.progress', api.scores.progress, {})
  const save = useAct('scores.save', api.scores.save, {
    showsError: true,
    onDone: () => report.done(t('scoring.saved')),
  })
  const isDirty = JSON.stringify(draft) !== JSON.stringify(settings)
  const change = (part: Partial<ScoreSettings>): void => setDraft(before => ({ ...before, ...part }))
  return (
    <div className={classes.layout}>
      <fieldset disabled={!mayManage} className={classes.form}>
        <Stack gap="lg">
          {mayManage ? null : <Text c="dimmed">{t('settings.mayNot')}</Text>}
          <Weights weights={draft.weights} onChange={weights => change({ weights })} />
          <ScoreRules rules={draft.rules} onChange={rules => change({ rules })} />
          <Thresholds thresholds={draft.thresholds} onChange={thresholds => change({ thresholds })} />
          {save.error ? <ErrorNote error={save.error} title={t('common.notDone')} /> : null}
          <Group>
            <Button loading={save.isPending} disabled={!isDirty} onClick={() => save.mutate(draft)}>
              {t('scoring.save')}
            </Button>
            {(progress.data?.waiting ?? 0) > 0 ? (
              <Text c="dimmed">{t('scoring.waiting', { count: progress.data?.waiting ?? 0 })}</Text>
            ) : null}
          </Group>
        </Stack>
      </fieldset>
      <aside className={classes.example} aria-label={t('scoring.example')}>
        <ScoreExample settings={draft} />
      </aside>
    </div>
  )
}

interface WeightsProps {
  readonly weights: ScoreSettings['weights']
  readonly onChange: (weights: ScoreSettings['weights']) => void
}

function Weights({ weights, onChange }: WeightsProps) {
  const { t } = useTranslation()
  return (
    <section>
      <Title order={2}>{t('scoring.weights')}</Title>
      <Text c="dimmed" mb="sm">
        {t('scoring.weightsSays')}
      </Text>
      <div className={classes.weights}>
        {WEIGHTS.map(what => (
          <NumberInput
            key={what}
            label={t(`scoring.what_${what}`)}
            min={-100}
            max={100}
            value={weights[what]}
            onChange={value => onChange({ ...weights, [what]: numberOf(value) })}
          />
        ))}
        <NumberInput
          label={t('scoring.opensPerDay')}
          min={1}
          max={100}
          allowDecimal={false}
          value={weights.opensPerDay}
          onChange={value => onChange({ ...weights, opensPerDay: Math.max(1, numberOf(value)) })}
        />
      </div>
    </section>
  )
}

interface ThresholdsProps {
  readonly thresholds: ScoreSettings['thresholds']
  readonly onChange: (thresholds: ScoreSettings['thresholds']) => void
}

const MOST_THRESHOLDS = 5

function Thresholds({ thresholds, onChange }: ThresholdsProps) {
  const { t } = useTranslation()
  const replace = (index: number, part: Partial<ScoreSettings['thresholds'][number]>): void =>
    onChange(thresholds.map((one, place) => (place === index ? { ...one, ...part } : one)))
  return (
    <section>
      <Title order={2}>{t('scoring.thresholds')}</Title>
      <Text c="dimmed" mb="sm">
        {t('scoring.thresholdsSays')}
      </Text>
      <Stack gap="xs">
        {thresholds.map((threshold, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a threshold has nothing else that stays while it is typed.
          <Group key={index} gap="xs" wrap="nowrap">
            <TextInput
              aria-label={t('scoring.thresholdName')}
              maxLength={60}
              value={threshold.name}
              onChange={event => replace(index, { name: event.currentTarget.value })}
            />
            <NumberInput
              aria-label={t('scoring.thresholdAt')}
              w={100}
              min={-1000}
              max={1000}
              allowDecimal={false}
              value={threshold.at}
              onChange={value => replace(index, { at: numberOf(value) })}
            />
            <IconButton
              icon={X}
              label={t('scoring.removeThreshold')}
              onClick={() => onChange(thresholds.filter((_, place) => place !== index))}
            />
          </Group>
        ))}
        <Group>
          <Button
            size="xs"
            variant="default"
            leftSection={<Plus size={14} />}
            disabled={thresholds.length >= MOST_THRESHOLDS}
            onClick={() => onChange([...thresholds, { name: '', at: 50 }])}
          >
            {t('scoring.addThreshold')}
          </Button>
        </Group>
      </Stack>
    </section>
  )
}

/** The number in a number input; an empty one is nothing. */
function numberOf(value: number | string): number {
  const number = Number(value)
  return Number.isFinite(number) ? number : 0
}
