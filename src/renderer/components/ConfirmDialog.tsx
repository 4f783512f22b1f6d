import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { getHotkeyHandler } from '@mantine/hooks'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ErrorNote } from './ErrorNote.tsx'

interface ConfirmDialogProps {
  readonly opened: boolean
  readonly title: string
  /** What will happen, and what will not. */
  readonly says: ReactNode
  /** The verb on the button, such as "Delete 3 contacts"; never "OK". */
  readonly confirm: string
  readonly danger?: boolean
  readonly busy?: boolean
  readonly error?: unknown
  readonly disabled?: boolean
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children?: ReactNode
}

/** Asks before what cannot be undone. Escape closes, Mod+Enter confirms, focus returns where it was. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation()
  const confirm = (): void => {
    if (!props.disabled && !props.busy) props.onConfirm()
  }
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md" onKeyDown={getHotkeyHandler([['mod+Enter', confirm]])}>
        <Text component="div">{props.says}</Text>
        {props.children}
        {props.error ? <ErrorNote error={props.error} title={t('common.notDone')} /> : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            {...(props.danger ? { color: 'red' } : {})}
            loading={props.busy ?? false}
            disabled={props.disabled ?? false}
            onClick={confirm}
            {...(props.children ? {} : { 'data-autofocus': true })}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
