import { NumberInput, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BulkFields } from '../../../shared/contract/contact-bulk.ts'
import { MemberId } from '../../../shared/contract/define.ts'
import type { FieldType } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx'
import { MemberSelect } from '../../components/MemberSelect.tsx'
import { countriesIn } from '../../lib/countries.ts'
import { useAsk } from '../../lib/requests.ts'
import { type BulkDialogProps, useBulk } from './use-bulk.ts'

const SHARED = [
  'company',
  'street',
  'city',
  'region',
  'postalCode',
  'country',
  'timeZone',
  'language',
  'leadStatus',
  'leadQuality',
  'ownerId',
] as const
type SharedField = (typeof SHARED)[number]

/** Writes one value into one field of many contacts; an empty value takes away what is there. */
export function EditFieldDialog({ target, onDone, onClose }: BulkDialogProps) {
  const { t } = useTranslation()
  const [field, setField] = useState<string | null>(null)
  const [value, setValue] = useState('')
  const custom = useAsk('contacts.facets', api.contacts.facets, {}).data?.fields ?? []
  const bulk = useBulk(onDone)
  const own = custom.find(one => `custom:${one.key}` === field)
  const choose = (chosen: string | null): void => {
    setField(chosen)
    setValue('')
  }
  return (
    <ConfirmDialog
      opened
      title={t('contacts.editTitle', { count: target.count })}
      says={t('contacts.editSays')}
      confirm={t(value === '' ? 'contacts.editClear' : 'contacts.editConfirm', { count: target.count })}
      busy={bulk.busy}
      error={bulk.error}
      disabled={field === null}
      onConfirm={() => {
        const fields = field === null ? null : fieldsOf(field, value, own?.type)
        if (fields) bulk.run(target, { kind: 'set_fields', fields })
      }}
      onClose={onClose}
    >
      <Select
        label={t('contacts.editField')}
        data-autofocus
        searchable
        value={field}
        data={[
          ...SHARED.map(name => ({ value: name, label: t(`contacts.column_${name}`) })),
          ...custom.map(one => ({ value: `custom:${one.key}`, label: one.label })),
        ]}
        onChange={choose}
      />
      {field === null ? null : (
        <ValueField field={field} type={own?.type} options={own?.options ?? []} value={value} onChange={setValue} />
      )}
    </ConfirmDialog>
  )
}

interface ValueFieldProps {
  readonly field: string
  readonly type: FieldType | undefined
  readonly options: readonly string[]
  readonly value: string
  readonly onChange: (value: string) => void
}

function ValueField({ field, type, options, value, onChange }: ValueFieldProps) {
  const { t } = useTranslation()
  const label = t('contacts.editValue')
  const description = t('contacts.editEmpty')
  const choice = { label, description, clearable: true, searchable: true, value: value || null }
  const chosen = (next: string | null): void => onChange(next ?? '')
  if (field === 'country') return <Select {...choice} data={[...countriesIn(navigator.language)]} onChange={chosen} />
  if (field === 'ownerId')
    return <MemberSelect label={label} description={description} value={value} onChange={onChange} />
  if (type === 'boolean') {
    const data = [
      { value: 'true', label: t('contacts.operator_yes') },
      { value: 'false', label: t('contacts.operator_no') },
    ]
    return <Select {...choice} data={data} onChange={chosen} />
  }
  if (type === 'choice' && options.length > 0) return <Select {...choice} data={[...options]} onChange={chosen} />
  if (type === 'number') {
    return (
      <NumberInput label={label} description={description} value={value} onChange={next => onChange(String(next))} />
    )
  }
  return (
    <TextInput
      label={label}
      description={description}
      type={type === 'date' ? 'date' : 'text'}
      maxLength={300}
      value={value}
      onChange={event => onChange(event.currentTarget.value)}
    />
  )
}

function fieldsOf(field: string, value: string, type: FieldType | undefined): BulkFields {
  if (field.startsWith('custom:')) {
    const typed =
      value === '' ? null : type === 'number' ? Number(value) : type === 'boolean' ? value === 'true' : value
    return { custom: { [field.slice(7)]: typed } }
  }
  const shared: SharedField | undefined = SHARED.find(name => name === field)
  if (shared === undefined) return {}
  if (shared === 'ownerId') return { ownerId: value === '' ? null : MemberId.parse(value) }
  return shared === 'timeZone' || shared === 'language'
    ? { [shared]: value.trim() || null }
    : { [shared]: value.trim() }
}
