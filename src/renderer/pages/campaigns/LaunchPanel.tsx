import { Button, Group, Stack, Text, Title } from '@mantine/core'
import { Clock, Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import { LaunchDialog } from './LaunchDialog.tsx'
import type { Draft } from './use-draft.ts'

/** The way out: sends or schedules an approved campaign, and takes a schedule back. */
export function LaunchPanel({ campaign, draft }: { readonly campaign: Campaign; readonly draft: Draft }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const maySend = useMay('campaigns.send')
  const [asking, setAsking] = useState(false)
  const estimate = useAsk('campaigns.estimate', api.campaigns.estimate, { id: campaign.id }, { keepLast: true })
  const withdraw = useAct('campaigns.withdraw', api.campaigns.withdraw)
  if (campaign.status !== 'approved' && campaign.status !== 'scheduled') return null
  const { schedule } = draft.draft
  const reached = estimate.data?.reached ?? 0
  const label =
    schedule.kind === 'now'
      ? t('wizard.sendTo', { count: reached })
      : t('wizard.scheduleFor', { at: `${schedule.local.replace('T', ' ')} (${schedule.timeZone})` })
  return (
    <section aria-labelledby="review-send">
      <Title order={2} id="review-send" mb="sm">
        {t('wizard.send')}
      </Title>
      {campaign.status === 'scheduled' ? (
        <Stack gap="sm" align="flex-start">
          <Group gap={8}>
            <Clock size={15} color="var(--t-busy)" aria-hidden />
            <Text>
              {t('wizard.scheduledFor', { at: campaign.sendAt === null ? '' : formats.exactly(campaign.sendAt) })}
            </Text>
          </Group>
          <Button variant="default" loading={withdraw.isPending} onClick={() => withdraw.mutate({ id: campaign.id })}>
            {t('wizard.unschedule')}
          </Button>
        </Stack>
      ) : maySend ? (
        <Button
          size="md"
          leftSection={schedule.kind === 'now' ? <Send size={16} /> : <Clock size={16} />}
          disabled={!estimate.data || reached === 0 || draft.state !== 'saved'}
          onClick={() => setAsking(true)}
        >
          {label}
        </Button>
      ) : (
        <Text>
          {t('wizard.mayNotSend')} {t('wizard.switchHint')}
        </Text>
      )}
      {asking ? (
        <LaunchDialog campaign={campaign} reached={reached} label={label} onClose={() => setAsking(false)} />
      ) : null}
    </section>
  )
}
