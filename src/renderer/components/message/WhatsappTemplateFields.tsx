import { Button, Group, NumberInput, Select, Stack, Text, TextInput } from '@mantine/core'
import { Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WhatsappContent } from '../../../shared/contract/message-content.ts'
import { AreaField } from './AreaField.tsx'
import { LineField } from './LineField.tsx'
import { RemoveButton } from './RemoveButton.tsx'
import type { FieldBinding } from './WhatsappFreeFields.tsx'

type Template = Extract<WhatsappContent['message'], { kind: 'template' }>
type Header = Template['header']
type FilledButton = Template['buttons'][number]
const HEADERS = ['none', 'text', 'image', 'video', 'document'] as const
const BUTTONS = ['url', 'quick_reply', 'copy_code'] as const

/** What fills the places of a template that Meta approved: header, body, buttons. */
export function WhatsappTemplateFields(props: {
  readonly message: Template
  readonly field: (key: string) => FieldBinding
  readonly readOnly: boolean
  readonly onChange: (message: Template) => void
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { message, field, readOnly, onChange } = props
  return (
    <Stack gap="sm">
      <Text fz="xs" c="dimmed">
        {t('whatsappTemplateSays')}
      </Text>
      <Group gap="md" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          label={t('templateName')}
          placeholder="order_confirmation"
          maxLength={512}
          readOnly={readOnly}
          value={message.name}
          onChange={event => onChange({ ...message, name: event.currentTarget.value })}
        />
        <TextInput
          w={110}
          label={t('language')}
          placeholder="en_US"
          maxLength={20}
          readOnly={readOnly}
          value={message.language}
          onChange={event => onChange({ ...message, language: event.currentTarget.value })}
        />
      </Group>
      <AreaField
        label={t('wording')}
        hint={t('wordingHint')}
        value={message.wording}
        maxLength={1024}
        readOnly={readOnly}
        onBlur={field('wording').onBlur}
        onChange={wording => onChange({ ...message, wording, body: placesIn(wording, message.body) })}
      />
      {message.body.map((place, at) => (
        <LineField
          key={place.name === '' ? at : place.name}
          {...field(`body-${at}`)}
          label={t('placeValue', { place: place.name === '' ? at + 1 : place.name })}
          placeholder=""
          problem={undefined}
          value={place.text}
          onChange={text =>
            onChange({ ...message, body: message.body.map((one, n) => (n === at ? { ...one, text } : one)) })
          }
        />
      ))}
      <HeaderFields {...props} />
      <ButtonFields {...props} />
    </Stack>
  )
}

interface PartProps {
  readonly message: Template
  readonly field: (key: string) => FieldBinding
  readonly readOnly: boolean
  readonly onChange: (message: Template) => void
}

function HeaderFields({ message, field, readOnly, onChange }: PartProps) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { header } = message
  const put = (next: Header): void => onChange({ ...message, header: next })
  return (
    <Group gap="md" align="flex-start" wrap="nowrap">
      <Select
        w={150}
        label={t('header')}
        allowDeselect={false}
        readOnly={readOnly}
        value={header.kind}
        data={HEADERS.map(value => ({ value, label: t(`header_${value}`) }))}
        onChange={value => put(emptyHeader(HEADERS.find(one => one === value) ?? 'none'))}
      />
      {header.kind === 'none' ? null : (
        <div style={{ flex: 1 }}>
          <LineField
            {...field('header')}
            label={header.kind === 'text' ? t('headerPlace') : t('mediaLink')}
            placeholder=""
            problem={undefined}
            value={header.kind === 'text' ? header.text : header.link}
            onChange={value => put(header.kind === 'text' ? { ...header, text: value } : { ...header, link: value })}
          />
        </div>
      )}
    </Group>
  )
}

function ButtonFields({ message, field, readOnly, onChange }: PartProps) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { buttons } = message
  const put = (at: number, part: Partial<FilledButton>): void =>
    onChange({ ...message, buttons: buttons.map((one, n) => (n === at ? { ...one, ...part } : one)) })
  return (
    <Stack gap={6} align="stretch">
      {buttons.map((button, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: buttons are told apart by their place
        <Group key={at} gap="xs" wrap="nowrap" align="flex-end">
          <Select
            w={150}
            label={t('buttonKind', { at: at + 1 })}
            allowDeselect={false}
            readOnly={readOnly}
            value={button.kind}
            data={BUTTONS.map(value => ({ value, label: t(`button_${value}`) }))}
            onChange={value => put(at, { kind: BUTTONS.find(one => one === value) ?? 'url' })}
          />
          <NumberInput
            w={80}
            hideControls
            label={t('buttonPlace')}
            min={1}
            max={10}
            readOnly={readOnly}
            value={button.index + 1}
            onChange={value => (typeof value === 'number' ? put(at, { index: value - 1 }) : undefined)}
          />
          <div style={{ flex: 1 }}>
            <LineField
              {...field(`button-${at}`)}
              label={t(`buttonValue_${button.kind}`)}
              placeholder=""
              problem={undefined}
              value={button.value}
              onChange={value => put(at, { value })}
            />
          </div>
          {readOnly ? null : (
            <RemoveButton
              label={t('removeButton', { at: at + 1 })}
              onClick={() => onChange({ ...message, buttons: buttons.filter((_, n) => n !== at) })}
            />
          )}
        </Group>
      ))}
      {readOnly || buttons.length >= 10 ? null : (
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ alignSelf: 'flex-start' }}
          leftSection={<Plus size={12} />}
          onClick={() =>
            onChange({ ...message, buttons: [...buttons, { kind: 'url', index: buttons.length, value: '' }] })
          }
        >
          {t('addButtonValue')}
        </Button>
      )}
    </Stack>
  )
}

function emptyHeader(kind: Header['kind']): Header {
  if (kind === 'none') return { kind }
  return kind === 'text' ? { kind, text: '' } : { kind, link: '', fileName: '' }
}

/** The places that a wording has, with what fills them so far: numbers in their order, names in the order of the text. */
function placesIn(wording: string, before: Template['body']): Template['body'] {
  const found = [...new Set([...wording.matchAll(/\{\{\s*([a-z0-9_]+)\s*\}\}/g)].map(match => match[1] ?? ''))]
  if (found.length > 0 && found.every(place => /^\d+$/.test(place))) {
    const most = Math.min(Math.max(...found.map(Number)), 50)
    return Array.from({ length: most }, (_, at) => ({ name: '', text: before[at]?.text ?? '' }))
  }
  return found.slice(0, 50).map(name => ({ name, text: before.find(place => place.name === name)?.text ?? '' }))
}
