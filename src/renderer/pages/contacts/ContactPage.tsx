import { Alert, Button, Group, Text } from '@mantine/core'
import { useNavigate, useParams } from '@tanstack/react-router'
import { CircleSlash, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ContactCard } from '../../../shared/contract/contacts.ts'
import { ContactId } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { Answer } from '../../components/Answer.tsx'
import { ChannelIcon } from '../../components/ChannelIcon.tsx'
import { Time } from '../../components/Figures.tsx'
import { PageHeader } from '../../components/PageHeader.tsx'
import { nameOf } from '../../lib/contact-name.ts'
import { useAsk } from '../../lib/requests.ts'
import { useMay } from '../../lib/use-overview.ts'
import { ConsentSection } from './ConsentSection.tsx'
import { type ContactAction, ContactDialogs } from './ContactDialogs.tsx'
import classes from './ContactPage.module.css'
import { CustomFieldsForm } from './CustomFieldsForm.tsx'
import { MembershipSection } from './MembershipSection.tsx'
import { MoreFields } from './MoreFields.tsx'
import { NotesSection } from './NotesSection.tsx'
import { ProfileForm } from './ProfileForm.tsx'
import { PurchasesSection } from './PurchasesSection.tsx'
import { ReachSection } from './ReachSection.tsx'
import { ScoreSection } from './ScoreSection.tsx'
import { SegmentsOfContact } from './SegmentsOfContact.tsx'
import { Timeline } from './Timeline.tsx'

/** One contact: profile, lists, consent, notes, and everything that happened. */
export function ContactPage() {
  const { id } = useParams({ from: '/contacts/$id' })
  const card = useAsk('contacts.get', api.contacts.get, { id: ContactId.parse(id) })
  return <Answer to={card}>{found => <Card key={found.contact.id} card={found} />}</Answer>
}

function Card({ card }: { readonly card: ContactCard }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const mayEdit = useMay('contacts.edit')
  const [action, setAction] = useState<ContactAction | null>(null)
  const { contact } = card
  return (
    <>
      <PageHeader
        title={nameOf(contact)}
        aside={[contact.company, contact.city].filter(part => part !== '').join(' · ')}
        actions={
          <Button
            variant="default"
            leftSection={<Trash2 size={14} />}
            disabled={!mayEdit}
            onClick={() => setAction({ kind: 'delete', ids: [contact.id], list: undefined })}
          >
            {t('contacts.delete')}
          </Button>
        }
      />
      <Suppressed card={card} />
      <div className={classes.layout}>
        <div className={classes.column}>
          <ProfileForm key={contact.updatedAt} contact={contact} mayEdit={mayEdit} />
          <CustomFieldsForm contact={contact} mayEdit={mayEdit} />
          <MoreFields contact={contact} />
        </div>
        <div className={classes.column}>
          <MembershipSection card={card} mayEdit={mayEdit} />
          <SegmentsOfContact contactId={contact.id} />
          <ConsentSection card={card} mayEdit={mayEdit} />
          <ReachSection contactId={contact.id} />
          <ScoreSection contactId={contact.id} />
          <PurchasesSection contactId={contact.id} />
          <NotesSection card={card} mayEdit={mayEdit} />
          <Timeline id={contact.id} />
        </div>
      </div>
      <ContactDialogs
        action={action}
        onClose={() => setAction(null)}
        onDone={() => void navigate({ to: '/contacts', replace: true })}
      />
    </>
  )
}

function Suppressed({ card }: { readonly card: ContactCard }) {
  const { t } = useTranslation()
  if (card.suppressions.length === 0) return null
  return (
    <Alert color="yellow" variant="light" mb="md" icon={<CircleSlash size={16} />} title={t('contacts.blocked')}>
      {card.suppressions.map(one => (
        <Group key={`${one.channel} ${one.address}`} gap="xs">
          <ChannelIcon channel={one.channel} />
          <Text>
            {one.address}: {t(`contacts.reason_${one.reason}`)} · <Time at={one.at} />
            {one.note ? ` · ${one.note}` : ''}
          </Text>
        </Group>
      ))}
    </Alert>
  )
}
