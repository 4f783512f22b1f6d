import { Select, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Suppression } from '../../../shared/contract/contacts.ts'
import { PersonChannel } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'

const REASONS = ['manual', 'unsubscribe', 'do_not_call', 'complaint'] as const

/** Stops all messages to an address. */
export function SuppressDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const report = useReport()
  const [channel, setChannel] = useState<PersonChannel>('email')
  const [address, setAddress] = useState('')
  const [reason, setReason] = useState<(typeof REASONS)[number]>('manual')
  const [note, setNote] = useState('')
  const suppress = useAct('compliance.suppress', api.compliance.suppress, {
    showsError: true,
    onDone: made => {
      report.done(t('suppressions.added', { address: made.address }))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      title={t('suppressions.addTitle')}
      says=""
      confirm={t('suppressions.addConfirm')}
      busy={suppress.isPending}
      error={suppress.error}
      disabled={address.trim() === ''}
      onConfirm={() => suppress.mutate({ channel, address: address.trim(), reason, note: note.trim() })}
      onClose={onClose}
    >
      <Select
        label={t('common.channel')}
        allowDeselect={false}
        value={channel}
        data={PersonChannel.options.map(value => ({ value, label: t(`common.channel_${value}`) }))}
        onChange={value => setChannel(PersonChannel.parse(value))}
      />
      <TextInput
        label={t('suppressions.address')}
        data-autofocus
        maxLength={320}
        value={address}
        onChange={event => setAddress(event.currentTarget.value)}
      />
      <Select
        label={t('suppressions.reason')}
        allowDeselect={false}
        value={reason}
        data={REASONS.map(value => ({ value, label: t(`contacts.reason_${value}`) }))}
        onChange={value => setReason(REASONS.find(one => one === value) ?? 'manual')}
      />
      <TextInput
        label={t('suppressions.note')}
        maxLength={1000}
        value={note}
        onChange={event => setNote(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}

interface LiftDialogProps {
  readonly suppression: Suppression
  readonly onClose: () => void
}

/** Allows messages to an address again, with the evidence. */
export function LiftDialog({ suppression, onClose }: LiftDialogProps) {
  const { t } = useTranslation()
  const report = useReport()
  const [evidence, setEvidence] = useState('')
  const { channel, address } = suppression
  const lift = useAct('compliance.lift', api.compliance.lift, {
    showsError: true,
    onDone: () => {
      report.done(t('suppressions.lifted', { address }))
      onClose()
    },
  })
  return (
    <ConfirmDialog
      opened
      title={t('suppressions.liftTitle', { address })}
      says={t('suppressions.liftSays')}
      confirm={t('suppressions.liftConfirm')}
      busy={lift.isPending}
      error={lift.error}
      disabled={evidence.trim().length < 3}
      onConfirm={() => lift.mutate({ channel, address, evidence: evidence.trim() })}
      onClose={onClose}
    >
      <Textarea
        label={t('suppressions.evidence')}
        description={t('suppressions.evidenceHint')}
        data-autofocus
        maxLength={1000}
        autosize
        minRows={2}
        value={evidence}
        onChange={event => setEvidence(event.currentTarget.value)}
      />
    </ConfirmDialog>
  )
}
