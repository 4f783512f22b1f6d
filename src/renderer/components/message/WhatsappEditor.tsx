import { Group, Select, Stack } from '@mantine/core'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { WhatsappContent } from '../../../shared/contract/message-content.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import type { CodeFieldHandle } from './CodeField.tsx'
import { emptyWhatsapp, WHATSAPP_KINDS } from './empty-content.ts'
import { InsertMenu } from './InsertMenu.tsx'
import type { Vocabulary } from './merge-completion.ts'
import { ProblemsPanel } from './ProblemsPanel.tsx'
import { type FieldBinding, WhatsappFreeFields } from './WhatsappFreeFields.tsx'
import { WhatsappTemplateFields } from './WhatsappTemplateFields.tsx'

/** Writes a WhatsApp message: what fills an approved template, or a message for people who have just written. */
export function WhatsappEditor(props: {
  readonly content: WhatsappContent
  readonly onChange: (content: WhatsappContent) => void
  readonly problems: readonly TemplateProblem[]
  readonly vocabulary: Vocabulary
  readonly readOnly: boolean
  readonly onBlur: (() => void) | undefined
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { message } = props.content
  const handles = useRef(new Map<string, CodeFieldHandle>())
  const last = useRef('')
  const change = (next: WhatsappContent['message']): void => props.onChange({ ...props.content, message: next })
  const field = (key: string): FieldBinding => ({
    ref: handle => {
      if (handle) handles.current.set(key, handle)
      else handles.current.delete(key)
    },
    onFocus: () => {
      last.current = key
    },
    onBlur: props.onBlur,
    readOnly: props.readOnly,
  })
  const insert = (text: string): void => {
    const handle = handles.current.get(last.current) ?? [...handles.current.values()][0]
    handle?.insert(text)
  }
  return (
    <Stack gap="sm" h="100%" mih={0} style={{ overflow: 'auto' }}>
      <Group justify="space-between" gap="sm" align="flex-end">
        <Select
          w={280}
          label={t('whatsappKind')}
          allowDeselect={false}
          readOnly={props.readOnly}
          value={message.kind}
          data={WHATSAPP_KINDS.map(value => ({ value, label: t(`whatsapp_${value}`) }))}
          onChange={value => {
            const kind = WHATSAPP_KINDS.find(one => one === value)
            if (kind && kind !== message.kind) change(emptyWhatsapp(kind))
          }}
        />
        {props.readOnly ? null : <InsertMenu vocabulary={props.vocabulary} onInsert={insert} />}
      </Group>
      {message.kind === 'template' ? (
        <WhatsappTemplateFields message={message} field={field} readOnly={props.readOnly} onChange={change} />
      ) : (
        <WhatsappFreeFields message={message} field={field} readOnly={props.readOnly} onChange={change} />
      )}
      <ProblemsPanel
        problems={props.problems}
        onJump={problem => [...handles.current.values()][0]?.jump(problem.line, problem.column)}
      />
    </Stack>
  )
}
