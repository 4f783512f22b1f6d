import { Box, Group, SegmentedControl, Stack } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MessageContent } from '../../../shared/contract/message-content.ts'
import { partsOf, withTexts } from '../../../shared/contract/message-parts.ts'
import type { TemplateProblem } from '../../../shared/contract/templates.ts'
import { CodeField, type CodeFieldHandle } from './CodeField.tsx'
import { InsertMenu } from './InsertMenu.tsx'
import { LineField } from './LineField.tsx'
import type { Vocabulary } from './merge-completion.ts'
import { ProblemsPanel } from './ProblemsPanel.tsx'
import { VoiceFields } from './VoiceFields.tsx'
import { WhatsappEditor } from './WhatsappEditor.tsx'

type Part = TemplateProblem['part']
const BODY_PARTS = ['html', 'text'] as const
const LINE_PARTS = { email: ['subject', 'preheader'], sms: [], voice: [], social: ['link', 'media'] } as const

interface EditorProps {
  readonly content: MessageContent
  readonly onChange: (content: MessageContent) => void
  readonly problems: readonly TemplateProblem[]
  readonly vocabulary: Vocabulary
  readonly readOnly?: boolean
  readonly onBlur?: () => void
}

/** Writes a message of any channel, with merge fields wherever they may stand. */
export function MessageEditor(props: EditorProps) {
  const { content, ...others } = props
  return content.channel === 'whatsapp' ? (
    <WhatsappEditor {...others} content={content} readOnly={props.readOnly ?? false} onBlur={props.onBlur} />
  ) : (
    <TextEditor {...others} content={content} />
  )
}

function TextEditor(
  props: {
    readonly content: Exclude<MessageContent, { channel: 'whatsapp' }>
  } & Omit<EditorProps, 'content'>,
) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { content, problems } = props
  const [body, setBody] = useState<'html' | 'text'>(content.channel === 'email' ? 'html' : 'text')
  const [last, setLast] = useState<Part>(body)
  const handles = useRef<Partial<Record<Part, CodeFieldHandle | null>>>({})
  const shown = content.channel === 'email' ? body : 'text'
  const target = last === 'html' || last === 'text' ? shown : last
  const change = (part: Part, value: string): void => props.onChange(withPart(content, part, value))
  const jump = (problem: TemplateProblem): void => {
    if (problem.part === 'html' || problem.part === 'text') setBody(problem.part)
    // The other tab's editor exists only after this render.
    requestAnimationFrame(() => handles.current[problem.part]?.jump(problem.line, problem.column))
  }
  return (
    <Stack gap="sm" h="100%" mih={0}>
      {LINE_PARTS[content.channel].map(part => (
        <LineField
          key={part}
          ref={handle => {
            handles.current[part] = handle
          }}
          label={t(`part_${part}`)}
          placeholder={t(`${part}Placeholder`)}
          value={partsOf(content).find(one => one.part === part)?.source ?? ''}
          problem={problems.find(problem => problem.part === part && problem.severity === 'error')?.message}
          readOnly={props.readOnly ?? false}
          onChange={value => change(part, value)}
          onFocus={() => setLast(part)}
          onBlur={props.onBlur}
        />
      ))}
      {content.channel === 'voice' ? (
        <VoiceFields content={content} readOnly={props.readOnly ?? false} onChange={props.onChange} />
      ) : null}
      <Group justify="space-between" gap="sm">
        {content.channel === 'email' ? (
          <SegmentedControl
            size="xs"
            aria-label={t('body')}
            value={body}
            onChange={value => {
              setBody(value === 'text' ? 'text' : 'html')
              setLast(value === 'text' ? 'text' : 'html')
            }}
            data={BODY_PARTS.map(part => ({ value: part, label: t(`part_${part}`) }))}
          />
        ) : (
          <span />
        )}
        {props.readOnly ? null : (
          <InsertMenu vocabulary={props.vocabulary} onInsert={text => handles.current[target]?.insert(text)} />
        )}
      </Group>
      <Box
        flex={1}
        mih={120}
        onFocus={() => setLast(shown)}
        style={{ border: '1px solid var(--mantine-color-default-border)', borderRadius: 6, overflow: 'hidden' }}
      >
        <CodeField
          key={shown}
          ref={handle => {
            handles.current[shown] = handle
          }}
          label={content.channel === 'email' ? t(`part_${shown}`) : t(`${content.channel}Text`)}
          language={shown === 'html' ? 'html' : 'text'}
          value={partsOf(content).find(one => one.part === shown)?.source ?? ''}
          problems={problems.filter(problem => problem.part === shown)}
          vocabulary={props.vocabulary}
          readOnly={props.readOnly ?? false}
          onChange={value => change(shown, value)}
          {...(shown === 'text' && content.channel === 'email' ? { placeholder: t('textPlaceholder') } : {})}
          {...(props.onBlur ? { onBlur: props.onBlur } : {})}
        />
      </Box>
      <ProblemsPanel problems={problems} onJump={jump} />
    </Stack>
  )
}

function withPart(content: MessageContent, part: Part, value: string): MessageContent {
  return withTexts(content, (source, one) => (one === part ? value : source))
}
