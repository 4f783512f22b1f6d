import { Alert, Button, Code, Group, Text } from '@mantine/core'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../shared/contract/failure.ts'

interface ErrorNoteProps {
  readonly error: unknown
  /** What could not be done, as a headline. */
  readonly title?: string
  readonly onRetry?: () => void
}

/** Says what went wrong, why, and what to do now; the technical part is folded away. */
export function ErrorNote({ error, title, onRetry }: ErrorNoteProps) {
  const { t } = useTranslation()
  const message = error instanceof Error ? error.message : String(error)
  const details = error instanceof AppError ? JSON.stringify({ code: error.code, ...error.details }, null, 2) : ''
  return (
    <Alert
      color="red"
      variant="light"
      role="alert"
      icon={<CircleAlert size={16} />}
      title={title ?? t('common.notShown')}
    >
      <Text>{message}</Text>
      {details ? (
        <details>
          <summary>{t('common.details')}</summary>
          <Code block fz="xs" mt="xs">
            {details}
          </Code>
        </details>
      ) : null}
      {onRetry ? (
        <Group mt="sm">
          <Button variant="default" onClick={onRetry}>
            {t('common.tryAgain')}
          </Button>
        </Group>
      ) : null}
    </Alert>
  )
}
