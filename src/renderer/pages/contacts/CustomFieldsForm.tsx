import { Autocomplete, Button, Group, SimpleGrid, Stack, TextInput, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Contact, ContactFields } from '../../../shared/contract/contacts.ts'
import type { FieldType } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { showChange } from '../../components/ChangeToast.tsx'
import { ErrorNote } from '../../components/ErrorNote.tsx'
import { useAct, useAsk } from '../../lib/requests.ts'

interface Field {
  readonly key: string
  readonly label: string
  readonly type: FieldType
  readonly options: readonly string[]
}

/** The fields that this workspace added to contacts, each edited as what it is; saved together. */
export function CustomFieldsForm({ contact, mayEdit }: { readonly contact: Contact; readonly mayEdit: boolean }) {
  const fields = useAsk('contacts.facets', api.contacts.facets, {}).data?.fields ?? []
  return fields.length === 0 ? null : <Form contact={contact} mayEdit={mayEdit} fields={fields} />
}

function Form(props: { readonly contact: Contact; readonly mayEdit: boolean; readonly fields: readonly Field[] }) {
  const { contact, mayEdit, fields } = props
  const { t } = useTranslation()
  const before = Object.fromEntries(fields.map(({ key }) => [key, textOf(contact.custom[key])]))
  const [typed, setTyped] = useState<Record<string, string>>({})
  const update = useAct('contacts.update', api.contacts.update, {
    showsError: true,
    onDone: ({ changeId }) => {
      setTyped({})
      showChange(changeId, { doing: t('contacts.profileSaved'), done: t('contacts.profileSaved') })
    },
  })
  const custom: ContactFields['custom'] = {}
  for (const [key, value] of Object.entries(typed)) {
    if (value.trim() !== before[key]) custom[key] = value.trim() === '' ? null : value.trim()
  }
  const isChanged = Object.keys(custom).length > 0
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (isChanged) update.mutate({ id: contact.id, changes: { custom } })
      }}
    >
      <Stack gap="sm" mt="lg">
        <Title order={2}>{t('contacts.customFields')}</Title>
        <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
          {fields.map(field => (
            <FieldInput
              key={field.key}
              field={field}
              readOnly={!mayEdit}
              value={typed[field.key] ?? before[field.key] ?? ''}
              onChange={value => setTyped({ ...typed, [field.key]: value })}
            />
          ))}
        </SimpleGrid>
        {update.error ? <ErrorNote error={update.error} title={t('common.notDone')} /> : null}
        {isChanged ? (
          <Group justify="flex-end">
            <Button variant="default" onClick={() => setTyped({})}>
              {t('contacts.discard')}
            </Button>
            <Button type="submit" loading={update.isPending}>
              {t('contacts.saveFields')}
            </Button>
          </Group>
        ) : null}
      </Stack>
    </form>
  )
}

function FieldInput(props: {
  readonly field: Field
  readonly readOnly: boolean
  readonly value: string
  readonly onChange: (value: string) => void
}) {
  const { t } = useTranslation()
  const { field, readOnly, value, onChange } = props
  const common = { label: field.label, readOnly, value }
  const take = (event: { currentTarget: { value: string } }): void => onChange(event.currentTarget.value)
  switch (field.type) {
    case 'number':
      return <TextInput {...common} inputMode="decimal" onChange={take} />
    case 'date':
      return <TextInput {...common} placeholder={t('contacts.dayHint')} onChange={take} />
    case 'boolean':
      return <Autocomplete {...common} data={['true', 'false']} onChange={onChange} />
    case 'choice':
      return <Autocomplete {...common} data={[...field.options]} onChange={onChange} />
    case 'list':
    case 'text':
      return <TextInput {...common} onChange={take} />
  }
}

function textOf(value: ContactFields['custom'][string] | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}
