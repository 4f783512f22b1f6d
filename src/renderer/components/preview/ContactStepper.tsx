import { ActionIcon, Combobox, Group, InputBase, Text, Tooltip, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { nameOf } from '../../lib/contact-name.ts'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import type { ContactSteps } from './use-contact-steps.ts'

const MOST_SUGGESTIONS = 12

/** Chooses the contact a message is previewed as: by search, or one after the other. */
export function ContactStepper({ steps }: { readonly steps: ContactSteps }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const formats = useFormats()
  return (
    <Group gap={4} wrap="nowrap">
      <ContactSearch steps={steps} />
      <Tooltip label={t('previousContact')}>
        <ActionIcon
          aria-label={t('previousContact')}
          disabled={steps.index === 0}
          onClick={() => steps.go(steps.index - 1, steps.search)}
        >
          <ChevronLeft size={16} />
        </ActionIcon>
      </Tooltip>
      <Tooltip label={t('nextContact')}>
        <ActionIcon
          aria-label={t('nextContact')}
          disabled={steps.index + 1 >= steps.total}
          onClick={() => steps.go(steps.index + 1, steps.search)}
        >
          <ChevronRight size={16} />
        </ActionIcon>
      </Tooltip>
      <Text fz="xs" c="dimmed" className="t-num" style={{ whiteSpace: 'nowrap' }}>
        {steps.total === 0
          ? t('madeUp')
          : t('placeOf', { place: formats.number(steps.index + 1), total: formats.number(steps.total) })}
      </Text>
    </Group>
  )
}

function ContactSearch({ steps }: { readonly steps: ContactSteps }) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const [typed, setTyped] = useState<string | null>(null)
  const [search] = useDebouncedValue(typed ?? '', 200)
  const combobox = useCombobox({ onDropdownClose: () => setTyped(null) })
  const found = useAsk(
    'contacts.page',
    api.contacts.page,
    { search, limit: MOST_SUGGESTIONS },
    { enabled: combobox.dropdownOpened, keepLast: true },
  )
  const rows = found.data?.rows ?? []
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={id => {
        steps.go(
          Math.max(
            0,
            rows.findIndex(row => row.id === id),
          ),
          search,
        )
        combobox.closeDropdown()
      }}
    >
      <Combobox.Target>
        <InputBase
          size="xs"
          style={{ flex: 1, minWidth: 120 }}
          aria-label={t('asContact')}
          placeholder={t('findContact')}
          rightSection={<Combobox.Chevron />}
          rightSectionPointerEvents="none"
          value={typed ?? (steps.contact ? nameOf(steps.contact) : t('madeUpContact'))}
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
        <Combobox.Options aria-label={t('asContact')}>
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
          {rows.length === 0 ? <Combobox.Empty>{t('noContact')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}
