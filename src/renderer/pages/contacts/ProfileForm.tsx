import { Autocomplete, Button, Group, Select, Stack, TextInput, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { showChange } from '../../components/ChangeToast.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { MemberSelect } from '../../components/MemberSelect.tsx'
import { countriesIn } from '../../lib/countries.ts'
import { useAct } from '../../lib/requests.ts'
import { changesOf, fieldsOf, type ProfileFields } from './profile-fields.ts'

/** The values of a contact that a person can edit; saved together. */
export function ProfileForm({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const { t, i18n } = useTranslation()
  const before = useMemo(() => fieldsOf(contact), [contact])
  const [fields, setFields] = useState<ProfileFields>(before)
  const countries = useMemo(() => [...countriesIn(i18n.language)], [i18n.language])
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const update = useAct('contacts.update', api.contacts.update, {
    showsError: true,
    onDone: ({ changeId }) =>
      showChange(changeId, { doing: t('contacts.profileSaved'), done: t('contacts.profileSaved') }),
  })
  const changes = changesOf(before, fields)
  const isChanged = Object.keys(changes).length > 0
  const set = (name: keyof ProfileFields, value: string): void => setFields({ ...fields, [name]: value })
  const text = (name: keyof ProfileFields) => ({
    label: t(`contacts.${name}`),
    value: fields[name],
    readOnly: !mayEdit,
    onChange: (event: { currentTarget: { value: string } }) => set(name, event.currentTarget.value),
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (isChanged) update.mutate({ id: contact.id, changes })
      }}
    >
      <Stack gap="sm">
        <Title order={2}>{t('contacts.profile')}</Title>
        <Group grow>
          <TextInput {...text('firstName')} />
          <TextInput {...text('lastName')} />
        </Group>
        <TextInput {...text('company')} />
        <Group grow>
          <TextInput {...text('email')} type="email" />
          <TextInput {...text('phone')} type="tel" />
        </Group>
        <TextInput {...text('street')} />
        <Group grow>
          <TextInput {...text('postalCode')} />
          <TextInput {...text('city')} />
        </Group>
        <Group grow>
          <TextInput {...text('region')} />
          <Select
            label={t('contacts.country')}
            searchable
            clearable
            readOnly={!mayEdit}
            data={known(countries, fields.country)}
            value={fields.country || null}
            onChange={value => set('country', value ?? '')}
          />
        </Group>
        <Group grow>
          <Autocomplete
            label={t('contacts.timeZone')}
            readOnly={!mayEdit}
            data={zones}
            limit={30}
            value={fields.timeZone}
            onChange={value => set('timeZone', value)}
          />
          <TextInput {...text('language')} />
        </Group>
        <TextInput {...text('birthday')} description={t('contacts.birthdayHint')} />
        <Group grow>
          <TextInput {...text('leadStatus')} />
          <TextInput {...text('leadQuality')} />
        </Group>
        <MemberSelect
          label={t('contacts.ownerId')}
          readOnly={!mayEdit}
          clearable={mayEdit}
          value={fields.ownerId}
          onChange={value => set('ownerId', value)}
        />
        {update.error ? <ErrorNote error={update.error} title={t('common.notDone')} /> : null}
        {isChanged ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setFields(before)}>
              {t('contacts.discard')}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {t('contacts.saveProfile')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </form>
  )
}

function known(
  countries: readonly { value: string; label: string }[],
  country: string,
): { value: string; label: string }[] {
  const isKnown = country === '' || countries.some(one => one.value === country)
  return isKnown ? [...countries] : [{ value: country, label: country }, ...countries]
}
