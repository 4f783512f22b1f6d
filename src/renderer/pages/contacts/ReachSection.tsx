import { Button, Group, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CampaignId, ContactId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { asStatus, StatusBadge } from '../../components/StatusBadge.tsx'
import { WhyDialog } from '../../components/why/WhyDialog.tsx'
import { useAsk } from '../../lib/requests.ts'
import classes from './ContactPage.module.css'

/** Whether the last campaigns reached a contact, and why not. */
export function ReachSection({ contactId }: { readonly contactId: ContactId }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<CampaignId | null>(null)
  const messages = useAsk('sending.ofContact', api.sending.ofContact, { contactId, limit: 8 })
  return (
    <section>
      <Title order={2} mb="xs">
        {t('contacts.reach')}
      </Title>
      <Answer to={messages}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Text c="dimmed">{t('contacts.reachNone')}</Text>
          ) : (
            <ul className={classes.plain}>
              {rows.map(row => (
                <li key={row.messageId}>
                  <Group justify="space-between" py={3} wrap="nowrap" gap="sm">
                    <Group gap="xs" wrap="nowrap" miw={0}>
                      <StatusBadge status={asStatus(row.state)} />
                      <LinkAnchor to="/campaigns/$id" params={{ id: row.campaignId }} inherit className="t-cut">
                        {row.campaignName}
                      </LinkAnchor>
                    </Group>
                    <Group gap="xs" wrap="nowrap">
                      <Text c="dimmed" style={{ whiteSpace: 'nowrap' }}>
                        <Time at={row.updatedAt} />
                      </Text>
                      <Button
                        size="compact-xs"
                        variant="subtle"
                        aria-label={t('why.askOf', { name: row.campaignName })}
                        onClick={() => setAsking(row.campaignId)}
                      >
                        {t('why.ask')}
                      </Button>
                    </Group>
                  </Group>
                  {row.state === 'accepted' ? null : (
                    <Text fz="xs" c="dimmed" pb={3} style={{ overflowWrap: 'anywhere' }}>
                      {row.reasonText}
                    </Text>
                  )}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
      {asking === null ? null : <WhyDialog campaignId={asking} contactId={contactId} onClose={() => setAsking(null)} />}
    </section>
  )
}
