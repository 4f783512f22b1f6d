import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** Asks before a page is left whose changes are not saved. */
export function LeaveDialog(props: { readonly isDirty: boolean; readonly onSave: () => Promise<void> }) {
  const { t } = useTranslation()
  const blocker = useBlocker({
    shouldBlockFn: () => props.isDirty,
    enableBeforeUnload: () => props.isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  const saveAndLeave = (): void => {
    props.onSave().then(blocker.proceed, blocker.reset)
  }
  return (
    <Modal
      opened
      onClose={blocker.reset}
      title={t('templates.leaveTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text>{t('templates.leaveSays')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={blocker.reset}>
            {t('templates.stay')}
          </Button>
          <Button variant="default" onClick={blocker.proceed}>
            {t('templates.leaveDrop')}
          </Button>
          <Button data-autofocus onClick={saveAndLeave}>
            {t('templates.leaveSave')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
