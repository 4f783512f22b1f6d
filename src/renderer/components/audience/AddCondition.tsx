import { Button, Combobox, Text, useCombobox } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../../../shared/domain/segment-rule.ts'
import { type CatalogueEntry, searchCatalogue } from './condition-catalogue.ts'

interface AddConditionProps {
  readonly entries: readonly CatalogueEntry[]
  readonly onAdd: (make: (id: string) => Condition) => void
  /** Words of the group it adds to, for a screen reader. */
  readonly to: string
  readonly isPrimary?: boolean
}

/** Finds what to ask about by typing a part of its name, and adds a condition about it. */
export function AddCondition({ entries, onAdd, to, isPrimary }: AddConditionProps) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const combobox = useCombobox({
    onDropdownOpen: () => combobox.focusSearchInput(),
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setTyped('')
    },
  })
  const found = searchCatalogue(entries, typed)
  const groups = typed === '' ? grouped(found) : [['', found] as const]
  return (
    <Combobox
      store={combobox}
      width={300}
      position="bottom-start"
      shadow="md"
      withinPortal
      onOptionSubmit={key => {
        const entry = entries.find(one => one.key === key)
        combobox.closeDropdown()
        if (entry) onAdd(entry.make)
      }}
    >
      <Combobox.Target targetType="button" withAriaAttributes={false}>
        <Button
          size="compact-sm"
          variant={isPrimary ? 'light' : 'subtle'}
          {...(isPrimary ? {} : { color: 'gray', c: 'dimmed' })}
          leftSection={<Plus size={13} aria-hidden />}
          aria-label={t('segments.addConditionTo', { group: to })}
          aria-haspopup="listbox"
          aria-expanded={combobox.dropdownOpened}
          onClick={() => combobox.toggleDropdown()}
        >
          {t('segments.addCondition')}
        </Button>
      </Combobox.Target>
      <Combobox.Dropdown>
        <Combobox.Search
          aria-label={t('segments.findField')}
          placeholder={t('segments.findField')}
          value={typed}
          onChange={event => {
            setTyped(event.currentTarget.value)
            combobox.updateSelectedOptionIndex()
            combobox.selectFirstOption()
          }}
        />
        <Combobox.Options aria-label={t('segments.fields')} mah={320} style={{ overflowY: 'auto' }}>
          {groups.map(([group, members]) =>
            group === '' ? (
              members.map(entry => <Entry key={entry.key} entry={entry} showsGroup />)
            ) : (
              <Combobox.Group key={group} label={group}>
                {members.map(entry => (
                  <Entry key={entry.key} entry={entry} />
                ))}
              </Combobox.Group>
            ),
          )}
          {found.length === 0 ? <Combobox.Empty>{t('segments.noField')}</Combobox.Empty> : null}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  )
}

function grouped(entries: readonly CatalogueEntry[]): readonly (readonly [string, readonly CatalogueEntry[]])[] {
  const groups = [...new Set(entries.map(entry => entry.group))]
  return groups.map(group => [group, entries.filter(entry => entry.group === group)])
}

function Entry({ entry, showsGroup }: { readonly entry: CatalogueEntry; readonly showsGroup?: boolean }) {
  return (
    <Combobox.Option value={entry.key} py={4}>
      {entry.label}
      {showsGroup ? (
        <Text span fz="xs" c="dimmed" ml={8}>
          {entry.group}
        </Text>
      ) : null}
    </Combobox.Option>
  )
}
