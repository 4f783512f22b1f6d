import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useBlocker } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'

/** Asks before a rule is left whose changes are not saved; `onSave` is offered where it can be saved right away. */
export function LeaveSegmentDialog(props: { readonly isDirty: boolean; readonly onSave?: () => Promise<void> }) {
  const { t } = useTranslation()
  const { onSave } = props
  const blocker = useBlocker({
    shouldBlockFn: () => props.isDirty,
    enableBeforeUnload: () => props.isDirty,
    withResolver: true,
  })
  if (blocker.status !== 'blocked') return null
  return (
    <Modal
      opened
      onClose={blocker.reset}
      title={t('segments.leaveTitle')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Stack gap="md">
        <Text>{t('segments.leaveSays')}</Text>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={blocker.reset} {...(onSave ? {} : { 'data-autofocus': true })}>
            {t('segments.stay')}
          </Button>
          <Button variant="default" onClick={blocker.proceed}>
            {t('segments.leaveDrop')}
          </Button>
          {onSave ? (
            <Button data-autofocus onClick={() => void onSave().then(blocker.proceed, blocker.reset)}>
              {t('segments.leaveSave')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </Modal>
  )
}
