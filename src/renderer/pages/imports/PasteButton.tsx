import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import { ClipboardPaste } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface PasteButtonProps {
  readonly busy: boolean
  readonly onFile: (file: File) => void
}

/** Takes a table or a list of addresses from the clipboard, as if it were a file. */
export function PasteButton({ busy, onFile }: PasteButtonProps) {
  const { t } = useTranslation()
  const [isOpen, setIsOpen] = useState(false)
  const [text, setText] = useState('')
  const take = (): void => {
    if (text.trim() === '') return
    onFile(new File([text], t('imports.pastedName'), { type: 'text/plain' }))
    setIsOpen(false)
  }
  return (
    <>
      <Button variant="default" leftSection={<ClipboardPaste size={14} />} onClick={() => setIsOpen(true)}>
        {t('imports.paste')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('imports.pasteTitle')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('common.close') }}
      >
        <Stack gap="md" onKeyDown={getHotkeyHandler([['mod+Enter', take]])}>
          <Text c="dimmed">{t('imports.pasteSays')}</Text>
          <Textarea
            aria-label={t('imports.pasteTitle')}
            data-autofocus
            rows={12}
            value={text}
            onChange={event => setText(event.currentTarget.value)}
            styles={{
              input: { fontFamily: 'var(--mantine-font-family-monospace)', whiteSpace: 'pre', overflow: 'auto' },
            }}
          />
          <Group justify="flex-end" gap="sm">
            <Button variant="default" onClick={() => setIsOpen(false)}>
              {t('common.cancel')}
            </Button>
            <Button onClick={take} loading={busy} disabled={text.trim() === ''}>
              {t('imports.pasteGo')}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}
