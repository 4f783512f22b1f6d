import { Anchor, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { ChangeId } from '../../shared/contract/define.ts'
import { api } from '../api.ts'
import { useAct, useAsk } from '../lib/requests.ts'

/** What a toast says while a change to contacts is made, and when it is. */
export interface ChangeWords {
  readonly doing: string
  readonly done: string
}

const LOOK_EVERY_MS = 500
const STAYS_MS = 10_000

/** Shows a change that began: how it goes on, and Undo for ten seconds after it is made. */
export function showChange(changeId: string, words: ChangeWords): void {
  notifications.show({
    id: changeId,
    message: <ChangeToast changeId={changeId} words={words} />,
    color: 'green',
    autoClose: false,
    withBorder: true,
  })
}

function ChangeToast({ changeId, words }: { readonly changeId: string; readonly words: ChangeWords }) {
  const { t } = useTranslation()
  const id = ChangeId.parse(changeId)
  const change = useAsk('changes.get', api.changes.get, { id }, { everyMs: LOOK_EVERY_MS }).data
  const undo = useAct('changes.undo', api.changes.undo)
  const state = change?.state ?? 'recording'
  const isOver = state === 'done' || state === 'undone'
  const isUndoing = undo.isPending || state === 'undoing'
  useEffect(() => {
    if (!isOver || isUndoing) return
    const timer = setTimeout(() => notifications.hide(changeId), STAYS_MS)
    return () => clearTimeout(timer)
  }, [isOver, isUndoing, changeId])
  if (isUndoing) return <Text>{t('contacts.undoing')}</Text>
  if (state === 'undone') return <Text>{t('contacts.undone', { count: change?.restored ?? 0 })}</Text>
  return (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text aria-live="polite">{state === 'recording' ? words.doing : words.done}</Text>
      {change?.canUndo ? (
        <Anchor component="button" type="button" fw={600} onClick={() => undo.mutate({ id })}>
          {t('contacts.undo')}
        </Anchor>
      ) : null}
    </Group>
  )
}
