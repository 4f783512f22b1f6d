import { Button, Group, Text, Title } from '@mantine/core'
import { Pencil } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../../shared/contract/campaigns.ts'
import { wordsOf } from '../../../../shared/contract/message-parts.ts'
import { api } from '../../../api.ts'
import { audienceWords } from '../../../components/audience/audience-words.ts'
import { useRuleCatalogue } from '../../../components/audience/use-rule-catalogue.ts'
import { useAsk } from '../../../lib/requests.ts'
import type { Step } from '../steps.ts'
import type { Draft } from '../use-draft.ts'
import classes from '../Wizard.module.css'

/** What each step holds, in a line or two, with the way back to it. */
export function SummaryCards(props: {
  readonly campaign: Campaign
  readonly draft: Draft
  readonly onGo: (step: Step) => void
}) {
  const { t } = useTranslation()
  const { draft, name } = props.draft
  const catalogue = useRuleCatalogue()
  const senders = useAsk('senders.list', api.senders.list, {})
  const sender = senders.data?.senders.find(one =>
    draft.senderId === null ? one.isDefault && one.channel === draft.channel : one.id === draft.senderId,
  )
  const { audience, schedule, content } = draft
  const { chosen, without } = catalogue.isReady
    ? audienceWords(audience, catalogue.total, catalogue.words)
    : { chosen: [t('rules.gap')], without: [] }
  return (
    <section aria-label={t('wizard.summary')} className={classes.cards}>
      <Card step="basics" onGo={props.onGo}>
        <Text fw={500}>{name}</Text>
        <Text c="dimmed">
          {t(`common.channel_${draft.channel}`)} ·{' '}
          {draft.category === 'marketing' ? t('wizard.marketing') : t('wizard.transactional')} · {sender?.name}
        </Text>
      </Card>
      <Card step="audience" onGo={props.onGo}>
        <Text fw={500}>{chosen.length > 0 ? chosen.join(', ') : t('wizard.nobody')}</Text>
        {without.length > 0 ? <Text c="dimmed">{t('wizard.notFor', { what: without.join(', ') })}</Text> : null}
      </Card>
      <Card step="message" onGo={props.onGo}>
        <Text fw={500} lineClamp={2}>
          {content === null ? t('wizard.noMessage') : wordsOf(content) || t('preview.noSubject')}
        </Text>
        {content?.channel === 'email' ? (
          <Text c="dimmed" truncate>
            {content.preheader}
          </Text>
        ) : null}
      </Card>
      <Card step="schedule" onGo={props.onGo}>
        <Text fw={500}>
          {schedule.kind === 'now' ? t('wizard.now') : `${schedule.local.replace('T', ' ')} (${schedule.timeZone})`}
        </Text>
      </Card>
    </section>
  )
}

function Card(props: { readonly step: Step; readonly onGo: (step: Step) => void; readonly children: ReactNode }) {
  const { t } = useTranslation()
  const name = t(`wizard.step_${props.step}`)
  return (
    <div className={classes.card}>
      <Group justify="space-between" mb={2}>
        <Title order={3} fz="xs" c="dimmed" fw={500}>
          {name}
        </Title>
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Pencil size={12} />}
          aria-label={t('wizard.editStep', { step: name })}
          onClick={() => props.onGo(props.step)}
        >
          {t('wizard.edit')}
        </Button>
      </Group>
      {props.children}
    </div>
  )
}
