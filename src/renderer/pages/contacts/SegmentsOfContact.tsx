import { Group, Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ContactId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Time } from '../../components/Figures.tsx'
import { LinkAnchor } from '../../components/links.tsx'
import { useAsk } from '../../lib/requests.ts'
import classes from './ContactPage.module.css'

/** The segments that a contact is in; nothing where she is in none. */
export function SegmentsOfContact({ contactId }: { readonly contactId: ContactId }) {
  const { t } = useTranslation()
  const segments = useAsk('segments.ofContact', api.segments.ofContact, { contactId }).data?.segments ?? []
  if (segments.length === 0) return null
  return (
    <section>
      <Title order={2} mb="xs">
        {t('contacts.segments')}
      </Title>
      <ul className={classes.plain}>
        {segments.map(segment => (
          <Group component="li" key={segment.id} justify="space-between" py={3}>
            <LinkAnchor to="/segments/$id" params={{ id: segment.id }} inherit>
              {segment.name}
            </LinkAnchor>
            <Text c="dimmed">
              <Time at={segment.enteredAt} />
            </Text>
          </Group>
        ))}
      </ul>
    </section>
  )
}
