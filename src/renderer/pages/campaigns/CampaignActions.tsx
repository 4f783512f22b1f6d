import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { Ban, Download, Pause, Pencil, Play } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/contract/campaigns.ts'
import { api, fetchDownload } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { useMay } from '../../lib/use-overview.ts'

/** What can be done with a campaign from its page: pause, go on, cancel the rest, edit, export the recipients. */
export function CampaignActions({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const { id, status } = campaign
  const maySend = useMay('campaigns.send')
  const mayExport = useMay('contacts.export')
  const [cancelling, setCancelling] = useState(false)
  const pause = useAct('campaigns.pause', api.campaigns.pause)
  const resume = useAct('campaigns.resume', api.campaigns.resume)
  const file = useAct('sending.export', api.sending.export, { onDone: done => fetchDownload(done.token) })
  const isUnderWay = status === 'running' || status === 'paused'
  const isBefore = status === 'draft' || status === 'in_review' || status === 'approved' || status === 'scheduled'
  return (
    <>
      {isBefore ? (
        <Button
          renderRoot={props => <Link to="/campaigns/$id/edit" params={{ id }} {...props} />}
          leftSection={<Pencil size={14} />}
        >
          {t('results.edit')}
        </Button>
      ) : mayExport ? (
        <Button
          variant="default"
          leftSection={<Download size={14} />}
          loading={file.isPending}
          onClick={() => file.mutate({ campaignId: id })}
        >
          {t('results.export')}
        </Button>
      ) : null}
      {isUnderWay && maySend ? (
        <Button variant="default" leftSection={<Ban size={14} />} onClick={() => setCancelling(true)}>
          {t('results.cancel')}
        </Button>
      ) : null}
      {status === 'running' && maySend ? (
        <Button leftSection={<Pause size={14} />} loading={pause.isPending} onClick={() => pause.mutate({ id })}>
          {t('results.pause')}
        </Button>
      ) : null}
      {status === 'paused' && maySend ? (
        <Button leftSection={<Play size={14} />} loading={resume.isPending} onClick={() => resume.mutate({ id })}>
          {t('results.resume')}
        </Button>
      ) : null}
      {cancelling ? <CancelDialog campaign={campaign} onClose={() => setCancelling(false)} /> : null}
    </>
  )
}

function CancelDialog({ campaign, onClose }: { readonly campaign: Campaign; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const progress = useAsk('sending.progress', api.sending.progress, { campaignId: campaign.id })
  const cancel = useAct('campaigns.cancel', api.campaigns.cancel, { showsError: true, onDone: onClose })
  return (
    <ConfirmDialog
      opened
      danger
      title={t('results.cancelTitle', { name: campaign.name })}
      says={t('results.cancelSays', { count: formats.number(progress.data?.counts.pending ?? 0) })}
      confirm={t('results.cancelConfirm')}
      busy={cancel.isPending}
      error={cancel.error}
      onConfirm={() => cancel.mutate({ id: campaign.id })}
      onClose={onClose}
    />
  )
}
