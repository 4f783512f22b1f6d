import { Group, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ContactId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { ScoreParts } from '../../components/ScoreParts.tsx'
import { useAsk } from '../../lib/requests.ts'

/** The scores of a contact with what they are made of. */
export function ScoreSection({ contactId }: { readonly contactId: ContactId }) {
  const { t } = useTranslation()
  const answer = useAsk('scores.ofContact', api.scores.ofContact, { contactId })
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('scoring.scores')}</Title>
        <LinkAnchor to="/settings/$tab" params={{ tab: 'scoring' }} fz="sm">
          {t('scoring.editRules')}
        </LinkAnchor>
      </Group>
      <Answer to={answer}>{scores => <ScoreParts scores={scores} />}</Answer>
    </section>
  )
}
