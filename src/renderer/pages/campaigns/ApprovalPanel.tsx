import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { CircleCheck, CircleX, Clock } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval, Campaign } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'
import type { Draft } from './use-draft.ts'

/** Asks for approval, shows the answer, and lets who may decide do so. */
export function ApprovalPanel(props: {
  readonly campaign: Campaign
  readonly draft: Draft
  readonly isReady: boolean
}) {
  const { t } = useTranslation()
  const { campaign } = props
  const { approval } = campaign
  return (
    <section aria-labelledby="review-approval">
      <Title order={2} id="review-approval">
        {t('wizard.approval')}
      </Title>
      <Text c="dimmed" mb="sm" maw={640}>
        {t('wizard.approvalSays')}
      </Text>
      {approval ? <Verdict approval={approval} /> : null}
      {campaign.status === 'draft' ? <Request {...props} /> : null}
      {campaign.status === 'in_review' && approval ? <Pending campaign={campaign} approval={approval} /> : null}
    </section>
  )
}

function Request({
  campaign,
  draft,
  isReady,
}: {
  readonly campaign: Campaign
  readonly draft: Draft
  readonly isReady: boolean
}) {
  const { t } = useTranslation()
  const [note, setNote] = useState('')
  const mayEdit = useMay('campaigns.edit')
  const request = useAct('campaigns.requestApproval', api.campaigns.requestApproval, { showsError: true })
  const ask = (): void => {
    draft.flush().then(
      () => request.mutate({ id: campaign.id, note }),
      () => undefined,
    )
  }
  return (
    <Stack gap="sm" maw={560} mt="xs">
      <Textarea
        label={t('wizard.note')}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
      {request.error ? <ErrorNote error={request.error} title={t('common.notDone')} /> : null}
      <Group gap="sm">
        <Button disabled={!isReady || !mayEdit} loading={request.isPending} onClick={ask}>
          {t('wizard.request')}
        </Button>
        {isReady ? null : (
          <Text fz="xs" c="dimmed">
            {t('wizard.requestBlocked')}
          </Text>
        )}
      </Group>
    </Stack>
  )
}

function Pending({ campaign, approval }: { readonly campaign: Campaign; readonly approval: Approval }) {
  const { t } = useTranslation()
  const mayEdit = useMay('campaigns.edit')
  const withdraw = useAct('campaigns.withdraw', api.campaigns.withdraw)
  const decide = useAct('approvals.decide', api.approvals.decide)
  return (
    <Stack gap="sm" mt="xs">
      {approval.canDecide ? null : (
        <Text>
          {approval.whyNot} {t('wizard.switchHint')}
        </Text>
      )}
      <Group gap="sm">
        {approval.canDecide ? (
          <Button loading={decide.isPending} onClick={() => decide.mutate({ id: approval.id, decision: 'approve' })}>
            {t('wizard.approve')}
          </Button>
        ) : null}
        <Button
          renderRoot={props => <Link to="/approvals/$id" params={{ id: approval.id }} {...props} />}
          variant="default"
        >
          {t('wizard.review')}
        </Button>
        <Button
          variant="default"
          disabled={!mayEdit}
          loading={withdraw.isPending}
          onClick={() => withdraw.mutate({ id: campaign.id })}
        >
          {t('wizard.withdraw')}
        </Button>
      </Group>
    </Stack>
  )
}

const SIGNS = {
  pending: [Clock, 'var(--t-warn)'],
  approved: [CircleCheck, 'var(--t-good)'],
  rejected: [CircleX, 'var(--t-bad)'],
  void: [CircleX, 'var(--t-quiet)'],
} as const

function Verdict({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [Sign, colour] = SIGNS[approval.state]
  const at = approval.decidedAt === null ? '' : formats.when(approval.decidedAt)
  const words = {
    pending: t('wizard.waiting', { by: approval.requestedBy, at: formats.when(approval.requestedAt) }),
    approved: t('wizard.approvedBy', { by: approval.decidedBy ?? '', at }),
    rejected: t('wizard.rejectedBy', { by: approval.decidedBy ?? '', at, note: approval.decisionNote }),
    void: t('wizard.voided'),
  }
  return (
    <Group gap={8} wrap="nowrap" role="status">
      <Sign size={15} color={colour} aria-hidden style={{ flex: 'none' }} />
      <Text>{words[approval.state]}</Text>
    </Group>
  )
}
