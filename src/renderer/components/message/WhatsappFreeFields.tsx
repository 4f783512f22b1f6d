import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { Plus } from 'lucide-react'
import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { WhatsappContent } from '../../../shared/contract/message-content.ts'
import { AreaField } from './AreaField.tsx'
import type { CodeFieldHandle } from './CodeField.tsx'
import { LineField } from './LineField.tsx'
import { RemoveButton } from './RemoveButton.tsx'

/** What ties a field to the menu that inserts merge fields. */
export interface FieldBinding {
  readonly ref: Ref<CodeFieldHandle>
  readonly onFocus: () => void
  readonly onBlur: (() => void) | undefined
  readonly readOnly: boolean
}

type Free = Exclude<WhatsappContent['message'], { kind: 'template' }>

/** A message without an approved template: text, a picture, a document, buttons, a link. */
export function WhatsappFreeFields(props: {
  readonly message: Free
  readonly field: (key: string) => FieldBinding
  readonly readOnly: boolean
  readonly onChange: (message: Free) => void
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { message, onChange } = props
  const line = (key: string, label: string, value: string, change: (value: string) => void) => (
    <LineField {...props.field(key)} label={label} placeholder="" problem={undefined} value={value} onChange={change} />
  )
  const area = (value: string, most: number, change: (value: string) => void, label = t('messageText')) => (
    <AreaField {...props.field('text')} label={label} value={value} maxLength={most} minRows={5} onChange={change} />
  )
  return (
    <Stack gap="sm">
      <Text fz="xs" c="dimmed">
        {t('whatsappFreeSays')}
      </Text>
      {message.kind === 'text' ? area(message.text, 4096, text => onChange({ ...message, text })) : null}
      {message.kind === 'image' || message.kind === 'video' || message.kind === 'document' ? (
        <>
          {line('link', t('mediaLink'), message.link, link => onChange({ ...message, link }))}
          {area(message.caption, 1024, caption => onChange({ ...message, caption }), t('caption'))}
          {message.kind === 'document' ? (
            <TextInput
              label={t('fileName')}
              maxLength={240}
              readOnly={props.readOnly}
              value={message.fileName}
              onChange={event => onChange({ ...message, fileName: event.currentTarget.value })}
            />
          ) : null}
        </>
      ) : null}
      {message.kind === 'link' ? (
        <>
          {area(message.text, 1024, text => onChange({ ...message, text }))}
          <TextInput
            label={t('buttonLabel')}
            maxLength={20}
            readOnly={props.readOnly}
            value={message.label}
            onChange={event => onChange({ ...message, label: event.currentTarget.value })}
          />
          {line('url', t('linkAddress'), message.url, url => onChange({ ...message, url }))}
        </>
      ) : null}
      {message.kind === 'buttons' ? (
        <>
          {area(message.text, 1024, text => onChange({ ...message, text }))}
          <ReplyButtons
            buttons={message.buttons}
            readOnly={props.readOnly}
            onChange={buttons => onChange({ ...message, buttons })}
          />
        </>
      ) : null}
    </Stack>
  )
}

type Reply = Extract<Free, { kind: 'buttons' }>['buttons'][number]

function ReplyButtons(props: {
  readonly buttons: readonly Reply[]
  readonly readOnly: boolean
  readonly onChange: (buttons: Reply[]) => void
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { buttons, readOnly } = props
  return (
    <Stack gap={6} align="flex-start">
      {buttons.map((button, at) => (
        <Group key={button.id} gap="xs" wrap="nowrap" align="flex-end">
          <TextInput
            w={240}
            label={t('replyButton', { at: at + 1 })}
            maxLength={20}
            readOnly={readOnly}
            value={button.title}
            onChange={event => {
              const title = event.currentTarget.value
              props.onChange(buttons.map((one, n) => (n === at ? { ...one, title } : one)))
            }}
          />
          {readOnly || buttons.length === 1 ? null : (
            <RemoveButton
              label={t('removeButton', { at: at + 1 })}
              onClick={() => props.onChange(buttons.filter((_, n) => n !== at))}
            />
          )}
        </Group>
      ))}
      {readOnly || buttons.length >= 3 ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          leftSection={<Plus size={12} />}
          onClick={() => props.onChange([...buttons, { id: freeId(buttons), title: t('newButton') }])}
        >
          {t('addButton')}
        </Button>
      )}
    </Stack>
  )
}

function freeId(buttons: readonly Reply[]): string {
  const ids = ['1', '2', '3'].map(at => `reply-${at}`)
  return ids.find(id => buttons.every(button => button.id !== id)) ?? `reply-${buttons.length + 1}`
}
