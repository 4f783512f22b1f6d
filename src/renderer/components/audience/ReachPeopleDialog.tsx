import { Button, Modal, ScrollArea, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Audience } from '../../../shared/contract/campaigns.ts'
import type { CampaignId, Channel } from '../../../shared/contract/define.ts'
import type { ReachStep } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { requestKey } from '../../lib/requests.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { LinkAnchor } from '../links.tsx'

/** A step at which people fall out; null for those who are reached, and all who were chosen. */
export type WhichReach = ReachStep['step'] | 'chosen' | null

interface ReachPeopleDialogProps {
  readonly asked: { readonly channel: Channel; readonly audience: Audience; readonly campaignId: CampaignId }
  readonly step: ReachStep['step'] | null
  readonly title: string
  readonly onClose: () => void
}

/** Lists who falls out at a step, or who is reached. */
export function ReachPeopleDialog({ asked, step, title, onClose }: ReachPeopleDialogProps) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: requestKey('segments.reachPeople', { ...asked, step }),
    queryFn: async ({ pageParam, signal }) =>
      api.segments.reachPeople({ ...asked, step, after: pageParam }, { signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
  })
  const people = pages.data?.pages.flatMap(page => page.people) ?? []
  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('common.close') }}>
      {pages.error ? <ErrorNote error={pages.error} /> : null}
      <ScrollArea.Autosize mah={420} type="auto" viewportProps={{ tabIndex: 0 }}>
        <Table verticalSpacing={4} aria-label={title}>
          <Table.Tbody>
            {people.map(person => (
              <Table.Tr key={person.id}>
                <Table.Td>
                  <LinkAnchor to="/contacts/$id" params={{ id: person.id }} inherit c="inherit" fw={500}>
                    {person.name}
                  </LinkAnchor>
                </Table.Td>
                <Table.Td>{person.email ?? person.phone}</Table.Td>
                <Table.Td c="dimmed">{[person.company, person.city].filter(Boolean).join(', ')}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {pages.data && people.length === 0 ? <Text c="dimmed">{t('common.noRows')}</Text> : null}
      </ScrollArea.Autosize>
      {pages.hasNextPage ? (
        <Button mt="sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('audience.more100')}
        </Button>
      ) : null}
    </Modal>
  )
}
