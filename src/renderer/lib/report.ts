import { notifications } from '@mantine/notifications'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'

/** Says in a corner of the window that something was done, or what went wrong. */
export interface Report {
  readonly done: (text: string) => void
  readonly failed: (error: unknown) => void
}

/** Toasts for the outcome of what a person just did. Errors stay until they are closed. */
export function useReport(): Report {
  const { t } = useTranslation()
  return useMemo(() => {
    const closeButtonProps = { 'aria-label': t('common.close') }
    return {
      done: text => {
        notifications.show({ message: text, color: 'green', autoClose: 4000, withBorder: true, closeButtonProps })
      },
      failed: error => {
        const text = error instanceof Error ? error.message : String(error)
        notifications.show({
          title: t('common.notDone'),
          message: text,
          color: 'red',
          autoClose: false,
          closeButtonProps,
          withBorder: true,
        })
      },
    }
  }, [t])
}
