import { Button, Table, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Segment } from '../../../shared/contract/segments.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { requestKey } from '../../lib/requests.ts'

const PAGE = 100

/** The people in a segment, a hundred at a time. */
export function PeopleTab({ segment }: { readonly segment: Segment }) {
  const { t } = useTranslation()
  const which = { kind: 'segment' as const, id: segment.id }
  const pages = useInfiniteQuery({
    queryKey: requestKey('segments.people', { which }),
    queryFn: async ({ pageParam, signal }) => api.segments.people({ which, after: pageParam, limit: PAGE }, { signal }),
    initialPageParam: '',
    getNextPageParam: last => last.next,
    placeholderData: keepPreviousData,
  })
  if (pages.error) return <ErrorNote error={pages.error} onRetry={() => void pages.refetch()} />
  const people = pages.data?.pages.flatMap(page => page.people) ?? []
  if (pages.data && people.length === 0) return <Text c="dimmed">{t('segments.nobody')}</Text>
  if (!pages.data) return null
  return (
    <>
      <Table highlightOnHover verticalSpacing={5} aria-label={t('segments.tab_people')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('contacts.name')}</Table.Th>
            <Table.Th>{t('contacts.email')}</Table.Th>
            <Table.Th>{t('contacts.phone')}</Table.Th>
            <Table.Th>{t('contacts.company')}</Table.Th>
            <Table.Th>{t('contacts.city')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {people.map(person => (
            <Table.Tr key={person.id}>
              <Table.Td>
                <LinkAnchor to="/contacts/$id" params={{ id: person.id }} inherit fw={500} c="inherit">
                  {person.name}
                </LinkAnchor>
              </Table.Td>
              <Table.Td>{person.email}</Table.Td>
              <Table.Td>{person.phone}</Table.Td>
              <Table.Td>{person.company}</Table.Td>
              <Table.Td>{person.city}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {pages.hasNextPage ? (
        <Button mt="sm" variant="default" loading={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
          {t('segments.morePeople')}
        </Button>
      ) : null}
    </>
  )
}
