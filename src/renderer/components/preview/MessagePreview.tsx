import { Alert, Group, Stack, Text } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { CircleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { MessageContent } from '../../../shared/contract/message-content.ts'
import { api } from '../../api.ts'
import { nameOf } from '../../lib/contact-name.ts'
import { useAsk } from '../../lib/requests.ts'
import { ErrorNote } from '../ErrorNote.tsx'
import { ContactStepper } from './ContactStepper.tsx'
import { RenderedPreview } from './RenderedPreview.tsx'
import type { ContactSteps } from './use-contact-steps.ts'

const TYPING_PAUSE_MS = 250

/** A message as a chosen contact would get it, made anew as it is typed. */
export function MessagePreview(props: {
  readonly content: MessageContent
  readonly fallbacks: Readonly<Record<string, string>>
  readonly steps: ContactSteps
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'preview' })
  const { steps } = props
  const [content] = useDebouncedValue(props.content, TYPING_PAUSE_MS)
  const preview = useAsk(
    'templates.preview',
    api.templates.preview,
    { content, contactId: steps.contact?.id ?? null, fallbacks: { ...props.fallbacks } },
    { keepLast: true },
  )
  const name = steps.contact ? nameOf(steps.contact) : (preview.data?.contactName ?? '')
  const broken =
    preview.data?.message === null ? preview.data.problems.find(problem => problem.severity === 'error') : undefined
  return (
    <Stack gap="sm" h="100%" mih={0} component="section" aria-label={t('title')}>
      <Group gap="sm">
        <Text fz="xs" fw={500} style={{ whiteSpace: 'nowrap' }}>
          {t('previewAs')}
        </Text>
        <div style={{ flex: '1 1 220px', minWidth: 0 }}>
          <ContactStepper steps={steps} />
        </div>
      </Group>
      {preview.error ? <ErrorNote error={preview.error} onRetry={() => void preview.refetch()} /> : null}
      {broken ? (
        <Alert color="red" variant="light" icon={<CircleAlert size={16} />} title={t('cannotRender')}>
          {t('brokenAt', { line: broken.line, column: broken.column, message: broken.message })}
        </Alert>
      ) : null}
      {preview.data?.message ? (
        <div style={{ flex: 1, minHeight: 0 }}>
          <RenderedPreview message={preview.data.message} title={t('frameTitle', { name })} />
        </div>
      ) : null}
    </Stack>
  )
}
