import { Stack, Timeline, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../../shared/contract/campaigns.ts'
import { Time } from '../../../components/Figures.tsx'
import { useFormats } from '../../../lib/use-formats.ts'
import classes from '../CampaignPage.module.css'

/** What the campaign was set to, and what happened to it; nothing here can be changed. */
export function SettingsTab({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { draft, approval } = campaign
  const { schedule } = draft
  const events = happened(campaign)
  return (
    <Stack gap="xl" pb="xl">
      <dl className={classes.facts}>
        <dt>{t('common.channel')}</dt>
        <dd>{t(`common.channel_${draft.channel}`)}</dd>
        <dt>{t('wizard.category')}</dt>
        <dd>{draft.category === 'marketing' ? t('wizard.marketing') : t('wizard.transactional')}</dd>
        <dt>{t('results.sender')}</dt>
        <dd>{approval?.summary.sender ?? (draft.fromName || t('results.none'))}</dd>
        <dt>{t('results.when')}</dt>
        <dd>
          {schedule.kind === 'now' ? t('wizard.now') : `${schedule.local.replace('T', ' ')} (${schedule.timeZone})`}
        </dd>
        <dt>{t('wizard.rate')}</dt>
        <dd>{draft.ratePerSecond === null ? t('results.none') : formats.rate(draft.ratePerSecond)}</dd>
        <dt>{t('results.approval')}</dt>
        <dd>
          {approval?.decidedAt
            ? `${t(`status.${approval.state}`)}: ${t('results.approvedBy', { by: approval.decidedBy ?? '', at: formats.when(approval.decidedAt) })}`
            : t('results.none')}
        </dd>
      </dl>
      <section aria-labelledby="timeline-title">
        <Title order={2} fz="sm" mb="md" id="timeline-title">
          {t('results.timeline')}
        </Title>
        <Timeline bulletSize={12} lineWidth={1} active={events.length}>
          {events.map(event => (
            <Timeline.Item key={event.key} title={t(`results.${event.key}`, event.words)} lineVariant="solid">
              <Time at={event.at} />
              {event.note === '' ? null : <div>{event.note}</div>}
            </Timeline.Item>
          ))}
        </Timeline>
      </section>
    </Stack>
  )

  function happened(one: Campaign) {
    const asked = one.approval
    return [
      { key: 'createdEvent' as const, at: one.createdAt, words: { by: one.createdBy, state: '' }, note: '' },
      ...(asked
        ? [
            {
              key: 'requestedEvent' as const,
              at: asked.requestedAt,
              words: { by: asked.requestedBy, state: '' },
              note: asked.note,
            },
          ]
        : []),
      ...(asked?.decidedAt
        ? [
            {
              key: 'decidedEvent' as const,
              at: asked.decidedAt,
              words: { by: asked.decidedBy ?? '', state: t(`status.${asked.state}`) },
              note: asked.decisionNote,
            },
          ]
        : []),
      ...(one.startedAt
        ? [{ key: 'startedEvent' as const, at: one.startedAt, words: { by: '', state: '' }, note: '' }]
        : []),
      ...(one.completedAt
        ? [
            {
              key: 'completedEvent' as const,
              at: one.completedAt,
              words: { by: '', state: '' },
              note: one.statusReason,
            },
          ]
        : []),
    ]
  }
}
