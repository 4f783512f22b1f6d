import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ContactId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { useAsk } from '../../lib/requests.ts'
import classes from './ContactPage.module.css'

/** What happened to a contact, newest first. */
export function Timeline({ id }: { readonly id: ContactId }) {
  const { t } = useTranslation()
  const timeline = useAsk('contacts.timeline', api.contacts.timeline, { id, limit: 200 })
  return (
    <section>
      <Title order={2} mb="xs">
        {t('contacts.timeline')}
      </Title>
      <Answer to={timeline}>
        {({ entries }) =>
          entries.length === 0 ? (
            <Text c="dimmed">{t('contacts.timelineEmpty')}</Text>
          ) : (
            <ol className={classes.plain}>
              {entries.map(entry => (
                <li
                  key={`${entry.at} ${entry.kind} ${entry.messageId} ${entry.title} ${entry.detail}`}
                  className={classes.entry}
                >
                  <span className={classes.when}>
                    <Time at={entry.at} />
                  </span>
                  <div>
                    {entry.campaignId ? (
                      <LinkAnchor to="/campaigns/$id" params={{ id: entry.campaignId }} inherit>
                        {entry.title}
                      </LinkAnchor>
                    ) : (
                      <Text>{entry.title}</Text>
                    )}
                    {entry.detail ? (
                      <Text fz="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                        {entry.detail}
                      </Text>
                    ) : null}
                  </div>
                </li>
              ))}
            </ol>
          )
        }
      </Answer>
    </section>
  )
}
