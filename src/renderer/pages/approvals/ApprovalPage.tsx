import { Box, Button, Group, SegmentedControl, Stack, Text, Title } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval, Campaign, Check, Estimate } from '../../../shared/contract/campaigns.ts'
import type { RenderedMessage } from '../../../shared/contract/message-content.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { EstimateFacts, ReachWaterfall } from '../../components/estimate/EstimateFacts.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { RenderedPreview } from '../../components/preview/RenderedPreview.tsx'
import { StatusBadge } from '../../components/StatusBadge.tsx'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import classes from './ApprovalPage.module.css'
import { DecisionForm } from './DecisionForm.tsx'

interface Review {
  readonly approval: Approval
  readonly campaign: Campaign
  readonly estimate: Estimate
  readonly checks: readonly Check[]
  readonly samples: readonly { readonly contactName: string; readonly message: RenderedMessage }[]
}

/** One request: the message as recipients get it, the audience, the checks, and the decision. */
export function ApprovalPage() {
  const { id } = useParams({ from: '/approvals/$id' })
  const review = useAsk('approvals.review', api.approvals.review, { id })
  return <Answer to={review}>{answer => <Opened review={answer} />}</Answer>
}

function Opened({ review }: { readonly review: Review }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const { approval, campaign } = review
  return (
    <>
      <PageHeader
        title={campaign.name}
        aside={<StatusBadge status={approval.state} />}
        says={t('approvals.asks', { by: approval.requestedBy, at: formats.when(approval.requestedAt) })}
        actions={
          <Button
            variant="default"
            renderRoot={props => <Link to="/campaigns/$id" params={{ id: campaign.id }} {...props} />}
          >
            {t('approvals.openCampaign')}
          </Button>
        }
      />
      <div className={classes.columns}>
        <Samples samples={review.samples} />
        <Stack gap="lg" className={classes.side ?? ''} component="aside" aria-label={t('approvals.what')}>
          {approval.note === '' ? null : (
            <div>
              <Title order={2} fz="sm">
                {t('approvals.note')}
              </Title>
              <Text style={{ whiteSpace: 'pre-wrap' }}>{approval.note}</Text>
            </div>
          )}
          <DecisionForm approval={approval} />
          <div>
            <Title order={2} fz="sm" mb="xs">
              {t('approvals.audience')}
            </Title>
            <ReachWaterfall estimate={review.estimate} />
            <Box mt="sm">
              <EstimateFacts estimate={review.estimate} />
            </Box>
          </div>
          <dl className={classes.facts}>
            <dt>{t('approvals.sender')}</dt>
            <dd>{approval.summary.sender}</dd>
            <dt>{t('approvals.schedule')}</dt>
            <dd>{approval.summary.schedule}</dd>
          </dl>
          <Checks checks={review.checks} />
        </Stack>
      </div>
    </>
  )
}

function Samples({ samples }: { readonly samples: Review['samples'] }) {
  const { t } = useTranslation()
  const [shown, setShown] = useState('0')
  const sample = samples[Number(shown)] ?? samples[0]
  if (!sample) return <Text c="dimmed">{t('approvals.noSamples')}</Text>
  return (
    <section className={classes.preview} aria-label={t('approvals.preview')}>
      <Group gap="sm" mb="sm">
        <Text fz="xs" fw={500}>
          {t('approvals.preview')}
        </Text>
        <SegmentedControl
          size="xs"
          aria-label={t('approvals.samples')}
          value={shown}
          onChange={setShown}
          data={samples.map((one, at) => ({ value: String(at), label: one.contactName }))}
        />
      </Group>
      <div style={{ flex: 1, minHeight: 0 }}>
        <RenderedPreview message={sample.message} title={t('approvals.messageFor', { name: sample.contactName })} />
      </div>
    </section>
  )
}

const SIGNS = {
  ok: [CircleCheck, 'var(--t-good)'],
  warning: [CircleAlert, 'var(--t-warn)'],
  error: [CircleX, 'var(--t-bad)'],
} as const

function Checks({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation()
  return (
    <section aria-labelledby="approval-checks">
      <Title order={2} fz="sm" mb="xs" id="approval-checks">
        {t('approvals.checks')}
      </Title>
      <Stack gap={4}>
        {checks.map(check => {
          const [Sign, colour] = SIGNS[check.state]
          return (
            <Group key={check.key} gap={6} wrap="nowrap" align="flex-start">
              <Sign
                size={14}
                color={colour}
                role="img"
                aria-label={t(`status.${check.state}`)}
                style={{ flex: 'none', marginTop: 2 }}
              />
              <Text fz="xs">{check.text}</Text>
            </Group>
          )
        })}
      </Stack>
    </section>
  )
}
