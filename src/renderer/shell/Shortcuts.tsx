import { Group, Kbd, Modal, Stack, Text } from '@mantine/core'
import { useHotkeys } from '@mantine/hooks'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { modKey } from './keys.ts'
import { sections } from './sections.ts'
import { onOpenShortcuts } from './shortcut-events.ts'

/** The keys that work everywhere, and the sheet that lists them (press ?). */
export function Shortcuts() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [opened, setOpened] = useState(false)
  useEffect(() => onOpenShortcuts(() => setOpened(true)), [])
  const numbered = sections.slice(0, 8)
  useHotkeys(
    [
      ['mod+N', () => void navigate({ to: '/campaigns', search: { create: true } })],
      ['mod+I', () => void navigate({ to: '/imports' })],
      ['mod+F', findInView],
      ...numbered.map((section, index): [string, () => void] => [
        `mod+${index + 1}`,
        () => void navigate({ to: section.path }),
      ]),
    ],
    [],
  )
  useHotkeys([['shift+?', () => setOpened(true), { usePhysicalKeys: false }]])
  const rows: readonly (readonly [string, string])[] = [
    [modKey('K'), t('shell.showPalette')],
    [modKey('N'), t('shell.newCampaign')],
    [modKey('I'), t('shell.importContacts')],
    [modKey('F'), t('shell.findInView')],
    ...numbered.map((section, index): readonly [string, string] => [
      modKey(String(index + 1)),
      t('shell.goTo', { section: t(`shell.${section.key}`) }),
    ]),
    ['j  k', t('shell.moveInLists')],
    ['Enter', t('shell.openRow')],
    ['Space', t('shell.selectRow')],
    [modKey('S'), t('shell.saveVersion')],
    [modKey('Enter'), t('shell.confirmDialog')],
    ['Esc', t('shell.closeDialog')],
    ['?', t('shell.showShortcuts')],
  ]
  return (
    <Modal
      opened={opened}
      onClose={() => setOpened(false)}
      title={t('shell.shortcuts')}
      size="sm"
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap={6}>
        {rows.map(([keys, says]) => (
          <Group key={says} justify="space-between" wrap="nowrap">
            <Text>{says}</Text>
            <Kbd size="xs">{keys}</Kbd>
          </Group>
        ))}
      </Stack>
    </Modal>
  )
}

/** Puts the cursor into the page's own search field, where it has one. */
function findInView(): void {
  const field = document.querySelector<HTMLInputElement>('main input[data-find]')
  field?.focus()
  field?.select()
}
