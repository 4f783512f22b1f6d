import { Autocomplete, Select, Stack, TagsInput, Title } from '@mantine/core'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { DuplicatePolicy, ImportOptions } from '../../../shared/contract/imports.ts'
import { api } from '../../api.ts'
import { countriesIn } from '../../lib/countries.ts'
import { useAsk } from '../../lib/requests.ts'
import { ConstantsForm } from './ConstantsForm.tsx'

interface OptionsFormProps {
  readonly options: ImportOptions
  readonly onChange: (change: Partial<ImportOptions>) => void
}

const DATE_ORDERS = ImportOptions.shape.dateOrder.unwrap()
const DECIMALS = ImportOptions.shape.decimal.unwrap()

/** What is done with known addresses, and what everybody in the file gets. */
export function OptionsForm({ options, onChange }: OptionsFormProps) {
  const { t, i18n } = useTranslation()
  const facets = useAsk('contacts.facets', api.contacts.facets, {}).data
  const countries = useMemo(() => [...countriesIn(i18n.language)], [i18n.language])
  return (
    <Stack gap="md" component="section" mt="xl" pb="md">
      <Title order={2}>{t('imports.options')}</Title>
      <Select
        label={t('imports.duplicates')}
        allowDeselect={false}
        value={options.duplicates}
        data={DuplicatePolicy.options.map(policy => ({ value: policy, label: t(`imports.dup_${policy}`) }))}
        onChange={value => {
          const policy = DuplicatePolicy.safeParse(value)
          if (policy.success) onChange({ duplicates: policy.data })
        }}
      />
      <Autocomplete
        label={t('imports.list')}
        placeholder={t('imports.listPlaceholder')}
        value={options.listName}
        data={[...new Set((facets?.lists ?? []).map(list => list.name))]}
        maxLength={100}
        onChange={listName => onChange({ listName })}
      />
      <TagsInput
        label={t('imports.tags')}
        placeholder={options.tags.length === 0 ? t('imports.tagsPlaceholder') : ''}
        value={options.tags}
        data={[...new Set((facets?.tags ?? []).map(tag => tag.name))]}
        maxTags={20}
        onChange={tags => onChange({ tags: tags.map(tag => tag.trim().slice(0, 60)).filter(tag => tag !== '') })}
      />
      <Select
        label={t('imports.country')}
        searchable
        allowDeselect={false}
        value={options.country}
        data={countries}
        onChange={country => {
          if (country) onChange({ country })
        }}
      />
      <Select
        label={t('imports.dateOrder')}
        allowDeselect={false}
        value={options.dateOrder}
        data={DATE_ORDERS.options.map(order => ({ value: order, label: t(`imports.date_${order}`) }))}
        onChange={value => {
          const order = DATE_ORDERS.safeParse(value)
          if (order.success) onChange({ dateOrder: order.data })
        }}
      />
      <Select
        label={t('imports.decimal')}
        allowDeselect={false}
        value={options.decimal}
        data={DECIMALS.options.map(sign => ({ value: sign, label: t(`imports.decimal_${sign}`) }))}
        onChange={value => {
          const sign = DECIMALS.safeParse(value)
          if (sign.success) onChange({ decimal: sign.data })
        }}
      />
      <ConstantsForm constants={options.constants} onChange={constants => onChange({ constants })} />
    </Stack>
  )
}
