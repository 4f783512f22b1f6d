import { Alert, Button } from '@mantine/core'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../shared/contract/campaigns.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { useAsk } from '../../lib/requests.ts'
import { Wizard } from './Wizard.tsx'

const EDITABLE: readonly Campaign['status'][] = ['draft', 'in_review', 'approved', 'scheduled']

/** Edits a campaign in six steps. */
export function CampaignWizardPage() {
  const { t } = useTranslation()
  const { id } = useParams({ from: '/campaigns/$id/edit' })
  const campaign = useAsk('campaigns.get', api.campaigns.get, { id })
  return (
    <Answer to={campaign}>
      {answer =>
        EDITABLE.includes(answer.status) ? (
          <Wizard key={answer.id} campaign={answer} />
        ) : (
          <>
            <PageHeader title={answer.name} />
            <Alert variant="light" color="blue" title={t('wizard.locked')}>
              <Button renderRoot={props => <Link to="/campaigns/$id" params={{ id }} {...props} />} variant="default">
                {t('wizard.toCampaign')}
              </Button>
            </Alert>
          </>
        )
      }
    </Answer>
  )
}
