import { Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ChangeConflict } from '../../../shared/contract/changes.ts'
import { LinkAnchor } from '../../components/links.tsx'

interface ConflictListProps {
  readonly conflicts: { readonly rows: readonly ChangeConflict[]; readonly total: number }
}

/** Contacts that an undo leaves as they are, and why. */
export function ConflictList({ conflicts: { rows, total } }: ConflictListProps) {
  const { t } = useTranslation()
  return (
    <ul style={{ margin: 0, paddingLeft: 18 }}>
      {rows.map((conflict, index) => (
        <li key={conflict.contactId ?? `${conflict.name} ${index}`}>
          {conflict.contactId === null ? (
            conflict.name
          ) : (
            <LinkAnchor to="/contacts/$id" params={{ id: conflict.contactId }} inherit>
              {conflict.name}
            </LinkAnchor>
          )}{' '}
          <Text component="span" inherit c="dimmed">
            {t(`imports.conflict_${conflict.reason}`)}
          </Text>
        </li>
      ))}
      {total > rows.length ? (
        <Text component="li" c="dimmed">
          {t('imports.conflictsMore', { count: total - rows.length })}
        </Text>
      ) : null}
    </ul>
  )
}
