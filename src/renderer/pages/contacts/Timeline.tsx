import { Button, Group, Select, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { TimelineGroup, type TimelineRequest } from '../../../shared/contract/contacts.ts'
import type { ContactId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { requestKey } from '../../lib/requests.ts'
import classes from './ContactPage.module.css'

const FIRST: TimelineRequest['after'] = null
const PAGE = 50

/** What happened to a contact, newest first, as far back as a person wants to see, all of it or of one kind. */
export function Timeline({ id }: { readonly id: ContactId }) {
  const { t } = useTranslation()
  const [group, setGroup] = useState<TimelineGroup | null>(null)
  const asked = { id, groups: group === null ? [] : [group], limit: PAGE }
  const timeline = useInfiniteQuery({
    queryKey: requestKey('contacts.timeline', asked),
    queryFn: ({ pageParam, signal }) => api.contacts.timeline({ ...asked, after: pageParam }, { signal }),
    initialPageParam: FIRST,
    getNextPageParam: last => last.next ?? undefined,
  })
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('contacts.timeline')}</Title>
        <Select
          w={170}
          clearable
          aria-label={t('contacts.timelineOnly')}
          placeholder={t('contacts.timelineAll')}
          data={TimelineGroup.options.map(value => ({ value, label: t(`contacts.timeline_${value}`) }))}
          value={group}
          onChange={value => setGroup(TimelineGroup.nullable().catch(null).parse(value))}
        />
      </Group>
      <Answer to={timeline}>
        {({ pages }) => {
          const entries = pages.flatMap(page => page.entries)
          return entries.length === 0 ? (
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
        }}
      </Answer>
      {timeline.hasNextPage ? (
        <Button
          variant="default"
          mt="xs"
          loading={timeline.isFetchingNextPage}
          onClick={() => void timeline.fetchNextPage()}
        >
          {t('contacts.timelineMore')}
        </Button>
      ) : null}
    </section>
  )
}
