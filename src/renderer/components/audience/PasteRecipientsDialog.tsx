import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Channel } from '../../../shared/contract/define.ts'
import { api } from '../../api.ts'
import { useAct } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { ConfirmDialog } from '../ConfirmDialog.tsx'

const MOST_PEOPLE = 10_000
const MOST_LINES = 8

interface PasteRecipientsDialogProps {
  readonly channel: Channel
  readonly onFound: (ids: readonly string[]) => void
  readonly onClose: () => void
}

/** Finds the contacts of pasted addresses, says which belong to nobody, and offers to add those. */
export function PasteRecipientsDialog({ channel, onFound, onClose }: PasteRecipientsDialogProps) {
  const { t } = useTranslation()
  const formats = useFormats()
  const [text, setText] = useState('')
  const match = useAct('segments.matchRecipients', api.segments.matchRecipients, { showsError: true })
  const create = useAct('contacts.create', api.contacts.create, { showsError: true })
  const [isAdding, setIsAdding] = useState(false)
  const answer = match.variables?.text === text ? match.data : undefined
  const found = [...new Set(answer?.found.map(one => one.id))]
  const addable = answer?.unknown.filter(one => one.channel === channel) ?? []
  const add = async (): Promise<void> => {
    setIsAdding(true)
    try {
      for (const { address, channel: by } of addable) {
        await create.mutateAsync(by === 'email' ? { email: address } : { phone: address })
      }
      await match.mutateAsync({ text })
    } finally {
      setIsAdding(false)
    }
  }
  const isTooMany = found.length > MOST_PEOPLE
  return (
    <ConfirmDialog
      opened
      title={t('audience.pasteTitle')}
      says={t('audience.pasteSays')}
      confirm={answer ? t('audience.pasteUse', { count: found.length }) : t('audience.pasteFind')}
      busy={match.isPending && !isAdding}
      error={match.error ?? create.error}
      disabled={text.trim() === '' || isAdding || isTooMany || (answer !== undefined && found.length === 0)}
      onConfirm={() => (answer ? onFound(found) : match.mutate({ text }))}
      onClose={onClose}
    >
      <Textarea
        label={t('audience.pasteLabel')}
        data-autofocus
        autosize
        minRows={6}
        maxRows={12}
        maxLength={2_000_000}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
      {answer ? (
        <Stack gap={4} role="status">
          <Text fw={500}>{t('audience.pasteFound', { count: found.length })}</Text>
          {isTooMany ? (
            <Text c="var(--t-bad)">{t('audience.pasteTooMany', { most: formats.number(MOST_PEOPLE) })}</Text>
          ) : null}
          {answer.repeated > 0 ? (
            <Text fz="xs" c="dimmed">
              {t('audience.pasteRepeated', { count: answer.repeated })}
            </Text>
          ) : null}
          {answer.unknown.length > 0 ? (
            <Group gap="sm" align="baseline">
              <Text
                fz="xs"
                c="var(--t-warn)"
                title={answer.unknown
                  .slice(0, 20)
                  .map(one => one.address)
                  .join('\n')}
              >
                {t('audience.pasteUnknown', { count: answer.unknown.length })}
              </Text>
              {addable.length > 0 ? (
                <Button
                  size="compact-xs"
                  variant="subtle"
                  loading={isAdding}
                  onClick={() => void add().catch(() => undefined)}
                >
                  {t('audience.pasteAdd', { count: addable.length })}
                </Button>
              ) : null}
            </Group>
          ) : null}
          {answer.unreadable.length > 0 ? (
            <div>
              <Text fz="xs" c="var(--t-warn)">
                {t('audience.pasteUnreadable', { count: answer.unreadable.length })}
              </Text>
              {answer.unreadable.slice(0, MOST_LINES).map(one => (
                <Text key={`${one.line} ${one.text}`} fz="xs" c="dimmed" truncate>
                  {t('audience.pasteLine', { line: one.line, text: one.text })}
                </Text>
              ))}
            </div>
          ) : null}
        </Stack>
      ) : null}
    </ConfirmDialog>
  )
}
