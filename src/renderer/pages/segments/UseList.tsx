import { Group, Stack, Text } from '@mantine/core'
import { Filter, Send } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { SegmentUse } from '../../../shared/contract/segments.ts'
import { LinkAnchor } from '../../components/links.tsx'
import { asStatus, StatusBadge } from '../../components/StatusBadge.tsx'

/** What uses a segment: campaigns with their state, and other segments. */
export function UseList({ uses }: { readonly uses: readonly SegmentUse[] }) {
  const { t } = useTranslation()
  return (
    <Stack gap={4} component="ul" m={0} p={0} aria-label={t('segments.usedBy')}>
      {uses.map(use => (
        <Group component="li" key={`${use.kind}-${use.id}`} gap="xs" wrap="nowrap">
          {use.kind === 'campaign' ? <Send size={14} aria-hidden /> : <Filter size={14} aria-hidden />}
          {use.kind === 'campaign' ? (
            <LinkAnchor to="/campaigns/$id" params={{ id: use.id }} inherit className="t-cut">
              {use.name}
            </LinkAnchor>
          ) : (
            <LinkAnchor to="/segments/$id" params={{ id: use.id }} inherit className="t-cut">
              {use.name}
            </LinkAnchor>
          )}
          {use.status === '' ? (
            <Text span fz="xs" c="dimmed">
              {t('segments.oneSegment')}
            </Text>
          ) : (
            <StatusBadge status={asStatus(use.status)} />
          )}
        </Group>
      ))}
    </Stack>
  )
}
