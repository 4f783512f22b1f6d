import { Alert, Button, Group } from '@mantine/core'
import { CircleHelp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api.ts'
import { ConfirmDialog } from '../../../components/ConfirmDialog.tsx'
import { useAct } from '../../../lib/requests.ts'
import { useMay } from '../../../lib/use-overview.ts'

type Decision = 'treat_as_sent' | 'send_again'

/** Asks a person to decide about messages whose fate nobody knows. */
export function UnknownPanel(props: { readonly campaignId: string; readonly count: number }) {
  const { t } = useTranslation()
  const maySend = useMay('campaigns.send')
  const [decision, setDecision] = useState<Decision | null>(null)
  const resolve = useAct('sending.resolveUnknown', api.sending.resolveUnknown, {
    showsError: true,
    onDone: () => setDecision(null),
  })
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<CircleHelp size={16} />}
      title={t('results.unknownTitle', { count: props.count })}
    >
      {t('results.unknownSays')}
      <Group gap="sm" mt="sm">
        <Button variant="default" disabled={!maySend} onClick={() => setDecision('treat_as_sent')}>
          {t('results.treatAsSent')}
        </Button>
        <Button variant="default" disabled={!maySend} onClick={() => setDecision('send_again')}>
          {t('results.sendAgain')}
        </Button>
      </Group>
      {decision === null ? null : (
        <ConfirmDialog
          opened
          title={decision === 'send_again' ? t('results.againTitle') : t('results.treatTitle')}
          says={decision === 'send_again' ? t('results.againSays') : t('results.treatSays')}
          confirm={decision === 'send_again' ? t('results.sendAgain') : t('results.treatAsSent')}
          danger={decision === 'send_again'}
          busy={resolve.isPending}
          error={resolve.error}
          onConfirm={() => resolve.mutate({ campaignId: props.campaignId, messageIds: null, decision })}
          onClose={() => setDecision(null)}
        />
      )}
    </Alert>
  )
}
