import { Button, Group, Stack, Text, Textarea, Title } from '@mantine/core'
import { Check, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Approval } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'

/** Approves or rejects with a note; afterwards says who decided, when and why. */
export function DecisionForm({ approval }: { readonly approval: Approval }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [note, setNote] = useState('')
  const decide = useAct('approvals.decide', api.approvals.decide, { showsError: true })
  if (approval.state === 'void') return <Text>{t('approvals.void')}</Text>
  if (approval.state !== 'pending') {
    return (
      <div>
        <Text fw={600}>
          {t('approvals.decidedBy', {
            state: t(`approvals.${approval.state}`),
            by: approval.decidedBy ?? '',
            at: approval.decidedAt === null ? '' : formats.when(approval.decidedAt),
          })}
        </Text>
        <Text style={{ whiteSpace: 'pre-wrap' }}>{approval.decisionNote}</Text>
      </div>
    )
  }
  if (!approval.canDecide) {
    return (
      <Text>
        {approval.whyNot} {t('approvals.switchHint')}
      </Text>
    )
  }
  const isReasonMissing = note.trim() === ''
  return (
    <section aria-labelledby="decision-title">
      <Title order={2} fz="sm" mb="xs" id="decision-title">
        {t('approvals.decision')}
      </Title>
      <Stack gap="sm">
        <Textarea
          label={t('approvals.decisionNote')}
          autosize
          minRows={2}
          maxLength={2000}
          value={note}
          onChange={event => setNote(event.currentTarget.value)}
        />
        {decide.error ? <ErrorNote error={decide.error} title={t('common.notDone')} /> : null}
        <Group gap="sm">
          <Button
            leftSection={<Check size={15} />}
            loading={decide.isPending}
            onClick={() => decide.mutate({ id: approval.id, decision: 'approve', note })}
          >
            {t('approvals.approve')}
          </Button>
          <Button
            variant="default"
            leftSection={<X size={15} />}
            disabled={isReasonMissing}
            onClick={() => decide.mutate({ id: approval.id, decision: 'reject', note })}
          >
            {t('approvals.reject')}
          </Button>
        </Group>
        {isReasonMissing ? (
          <Text fz="xs" c="dimmed">
            {t('approvals.rejectNeeds')}
          </Text>
        ) : null}
      </Stack>
    </section>
  )
}
