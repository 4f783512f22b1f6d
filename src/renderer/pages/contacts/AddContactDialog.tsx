import { Group, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { nameOf } from '../../lib/contact-name.ts'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'

interface AddContactDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
  readonly onAdded: (contact: Contact) => void
}

const EMPTY = { firstName: '', lastName: '', email: '', phone: '', company: '', city: '' }

/** Adds one contact by hand. */
export function AddContactDialog({ opened, onClose, onAdded }: AddContactDialogProps) {
  const { t } = useTranslation()
  const report = useReport()
  const [fields, setFields] = useState(EMPTY)
  const create = useAct('contacts.create', api.contacts.create, {
    showsError: true,
    onDone: contact => {
      setFields(EMPTY)
      report.done(t('contacts.added', { name: nameOf(contact) }))
      onAdded(contact)
    },
  })
  const field = (name: keyof typeof EMPTY) => ({
    label: t(`contacts.${name}`),
    value: fields[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setFields({ ...fields, [name]: event.currentTarget.value }),
  })
  const isEmpty = Object.values(fields).every(value => value.trim() === '')
  return (
    <ConfirmDialog
      opened={opened}
      title={t('contacts.addTitle')}
      says={t('contacts.needsSomething')}
      confirm={t('contacts.addConfirm')}
      busy={create.isPending}
      error={create.error}
      disabled={isEmpty}
      onConfirm={() =>
        create.mutate({
          firstName: fields.firstName.trim(),
          lastName: fields.lastName.trim(),
          company: fields.company.trim(),
          city: fields.city.trim(),
          email: fields.email.trim() || null,
          phone: fields.phone.trim() || null,
        })
      }
      onClose={onClose}
    >
      <Group grow>
        <TextInput {...field('firstName')} data-autofocus />
        <TextInput {...field('lastName')} />
      </Group>
      <TextInput {...field('email')} type="email" />
      <TextInput {...field('phone')} type="tel" />
      <Group grow>
        <TextInput {...field('company')} />
        <TextInput {...field('city')} />
      </Group>
    </ConfirmDialog>
  )
}
