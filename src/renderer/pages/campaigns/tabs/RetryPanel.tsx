import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignId } from '../../../../shared/contract/define.ts'
import { api } from '../../../api.ts'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { useAct, useAsk } from '../../../lib/requests.ts'
import { useMay } from '../../../lib/use-overview.ts'

type Which = 'failed' | 'missed'

/** Offers to send again what provably never left; shows nothing where there is nothing. */
export function RetryPanel({ campaignId }: { readonly campaignId: CampaignId }) {
  const { t } = useTranslation()
  const maySend = useMay('campaigns.send')
  const [chosen, setChosen] = useState<{ readonly which: Which; readonly count: number } | null>(null)
  const preview = useAsk('sending.retryPreview', api.sending.retryPreview, { campaignId })
  const retry = useAct('sending.retry', api.sending.retry, { showsError: true, onDone: () => setChosen(null) })
  const { failed = 0, missed = 0 } = preview.data ?? {}
  if (failed === 0 && missed === 0) return null
  const offer = (which: Which, count: number) =>
    count === 0 ? null : (
      <Button variant="default" disabled={!maySend} onClick={() => setChosen({ which, count })}>
        {t(`results.retry_${which}`, { count })}
      </Button>
    )
  return (
    <Group gap="sm">
      {offer('failed', failed)}
      {missed > failed ? offer('missed', missed) : null}
      {chosen === null ? null : (
        <ConfirmDialog
          opened
          title={t('results.retryTitle', { count: chosen.count })}
          says={t(`results.retrySays_${chosen.which}`)}
          confirm={t('results.retryConfirm', { count: chosen.count })}
          busy={retry.isPending}
          error={retry.error}
          onConfirm={() => retry.mutate({ campaignId, which: chosen.which, expected: chosen.count })}
          onClose={() => setChosen(null)}
        />
      )}
    </Group>
  )
}
