import { ActionIcon, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ImportOptions } from '../../../shared/contract/imports.ts'

type Constants = ImportOptions['constants']

interface ConstantsFormProps {
  readonly constants: Constants
  readonly onChange: (constants: Constants) => void
}

const FIELDS = [
  'country',
  'language',
  'source',
  'leadStatus',
  'leadQuality',
  'company',
  'city',
  'region',
  'postalCode',
  'timeZone',
] as const

/** Values for all rows that bring none: a country, a language, where the contacts come from. */
export function ConstantsForm({ constants, onChange }: ConstantsFormProps) {
  const { t } = useTranslation()
  const label = (field: string): string => t(`imports.target_${field}`)
  const free = FIELDS.filter(field => constants[field] === undefined)
  return (
    <Stack gap={6}>
      <Text component="label" htmlFor="constant-field" fw={500} fz="sm">
        {t('imports.constants')}
      </Text>
      {Object.entries(constants).map(([field, value]) => (
        <Group key={field} gap={4} wrap="nowrap" align="flex-end">
          <TextInput
            label={label(field)}
            value={value}
            maxLength={300}
            style={{ flex: 1 }}
            onChange={event => onChange({ ...constants, [field]: event.currentTarget.value })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            mb={2}
            aria-label={t('imports.constantRemove', { field: label(field) })}
            onClick={() => onChange(Object.fromEntries(Object.entries(constants).filter(([one]) => one !== field)))}
          >
            <X size={14} />
          </ActionIcon>
        </Group>
      ))}
      <Select
        id="constant-field"
        placeholder={t('imports.constantsPlaceholder')}
        value={null}
        data={free.map(field => ({ value: field, label: label(field) }))}
        onChange={field => {
          if (field) onChange({ ...constants, [field]: '' })
        }}
      />
    </Stack>
  )
}
