import { Autocomplete, Button, Group, Select, Stack, Table, Text, TextInput, Title } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact } from '../../../shared/contract/contacts.ts'
import { api } from '../../api.ts'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { Time } from '../../components/Figures.tsx'
import { countriesIn } from '../../lib/countries.ts'
import { useReport } from '../../lib/report.ts'
import { useAct } from '../../lib/requests.ts'
import { changesOf, fieldsOf, type ProfileFields } from './profile-fields.ts'

/** The values of a contact that a person can edit; saved together. */
export function ProfileForm({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const { t, i18n } = useTranslation()
  const report = useReport()
  const before = useMemo(() => fieldsOf(contact), [contact])
  const [fields, setFields] = useState<ProfileFields>(before)
  const countries = useMemo(() => [...countriesIn(i18n.language)], [i18n.language])
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const update = useAct('contacts.update', api.contacts.update, {
    showsError: true,
    onDone: () => report.done(t('contacts.profileSaved')),
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
        <MoreFields contact={contact} />
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

function MoreFields({ contact }: { readonly contact: Contact }) {
  const { t } = useTranslation()
  const rows: readonly (readonly [string, string])[] = [
    ...Object.entries(contact.custom).map(([key, value]): [string, string] => [
      key.replaceAll('_', ' '),
      value === null ? '' : String(value),
    ]),
    ...Object.entries(contact.socials),
    [t('contacts.source'), contact.source],
  ]
  return (
    <section>
      <Title order={2} mt="md" mb="xs">
        {t('contacts.customFields')}
      </Title>
      <Table verticalSpacing={4} horizontalSpacing={0}>
        <Table.Tbody>
          {rows
            .filter(([, value]) => value !== '')
            .map(([label, value]) => (
              <Table.Tr key={label}>
                <Table.Td c="dimmed" w={130} tt="capitalize">
                  {label}
                </Table.Td>
                <Table.Td style={{ overflowWrap: 'anywhere' }}>{value}</Table.Td>
              </Table.Tr>
            ))}
        </Table.Tbody>
      </Table>
      <Text fz="xs" c="dimmed" mt="xs">
        {t('contacts.createdAt')} <Time at={contact.createdAt} /> · {t('contacts.updatedAt')}{' '}
        <Time at={contact.updatedAt} />
      </Text>
    </section>
  )
}
