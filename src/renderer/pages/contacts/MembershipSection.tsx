import { Group, TagsInput, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCard } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { LinkAnchor } from '../../components/links.tsx'
import { asStatus, StatusBadge } from '../../components/StatusBadge.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'
import { type ContactAction, ContactDialogs } from './ContactDialogs.tsx'
import classes from './ContactPage.module.css'
import { SectionButton } from './SectionButton.tsx'

/** The tags and lists of a contact. */
export function MembershipSection({ card, mayEdit }: { readonly card: ContactCard; readonly mayEdit: boolean }) {
  const { t } = useTranslation()
  const { contact } = card
  const [action, setAction] = useState<ContactAction | null>(null)
  const known = useAsk('contacts.facets', api.contacts.facets, {}).data?.tags ?? []
  const setTags = useAct('contacts.setTags', api.contacts.setTags)
  const change = (tags: readonly string[]): void => {
    const add = tags.map(tag => tag.trim()).filter(tag => tag !== '' && !contact.tags.includes(tag))
    const remove = contact.tags.filter(tag => !tags.includes(tag))
    if (add.length + remove.length > 0) setTags.mutate({ ids: [contact.id], add, remove })
  }
  return (
    <section>
      <TagsInput
        label={t('contacts.tags')}
        readOnly={!mayEdit}
        value={contact.tags}
        data={[...new Set(known.map(tag => tag.name))]}
        onChange={change}
        mb="lg"
      />
      <Group justify="space-between" mb="xs">
        <Title order={2}>{t('contacts.lists')}</Title>
        <SectionButton
          disabled={!mayEdit}
          onClick={() => setAction({ kind: 'list', ids: [contact.id], list: undefined })}
        >
          {t('contacts.addToList')}
        </SectionButton>
      </Group>
      {card.lists.length === 0 ? (
        <Text c="dimmed">{t('contacts.noLists')}</Text>
      ) : (
        <ul className={classes.plain}>
          {card.lists.map(list => (
            <Group component="li" key={list.id} justify="space-between" py={3}>
              <LinkAnchor to="/contacts" search={{ list: list.id }} inherit>
                {list.name}
              </LinkAnchor>
              <StatusBadge status={asStatus(list.status)} />
            </Group>
          ))}
        </ul>
      )}
      <ContactDialogs action={action} onClose={() => setAction(null)} onDone={() => setAction(null)} />
    </section>
  )
}
