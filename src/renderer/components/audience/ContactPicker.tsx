import { Combobox, InputBase, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { nameOf } from '../../lib/contact-name.ts'
import { useAsk } from '../../lib/requests.ts'

const MOST = 12

/** Finds one contact by name, address or company. */
export function ContactPicker(props: { readonly label: string; readonly onChoose: (id: string) => void }) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [search] = useDebouncedValue(typed, 150)
  const combobox = useCombobox()
  const found = useAsk(
    'contacts.page',
    api.contacts.page,
    { search, limit: MOST },
    { enabled: combobox.dropdownOpened, keepLast: true },
  )
  const rows = found.data?.rows ?? []
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={id => {
        const row = rows.find(one => one.id === id)
        if (!row) return
        setTyped(nameOf(row))
        props.onChoose(row.id)
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          size="xs"
          aria-label={props.label}
          placeholder={t('segments.findContact')}
          value={typed}
          onClick={() => combobox.openDropdown()}
          onFocus={event => event.currentTarget.select()}
          onBlur={() => combobox.closeDropdown()}
          onChange={event => {
            setTyped(event.currentTarget.value)
            combobox.openDropdown()
            combobox.selectFirstOption()
          }}
        />
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Options aria-label={props.label}>
          {rows.map(row => (
            <Combobox.Option key={row.id} value={row.id}>
              <Text fz="sm" truncate>
                {nameOf(row)}
              </Text>
              <Text fz="xs" c="dimmed" truncate>
                {row.email ?? row.phone}
              </Text>
            </Combobox.Option>
          ))}
          {rows.length === 0 ? <Combobox.Empty>{t('segments.noContact')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
