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

type Part = TemplateProblem['part']
const BODY_PARTS = ['html', 'text'] as const
const LINE_PARTS = ['subject', 'preheader'] as const

/** Writes a message: subject, preheader, HTML and plain text of an e-mail, or the text of an SMS. */
export function MessageEditor(props: {
  readonly content: MessageContent
  readonly onChange: (content: MessageContent) => void
  readonly problems: readonly TemplateProblem[]
  readonly vocabulary: Vocabulary
  readonly readOnly?: boolean
  readonly onBlur?: () => void
}) {
  const { t } = useTranslation(undefined, { keyPrefix: 'message' })
  const { content, problems } = props
  const [body, setBody] = useState<'html' | 'text'>(content.channel === 'email' ? 'html' : 'text')
  const [last, setLast] = useState<Part>(body)
  const handles = useRef<Partial<Record<Part, CodeFieldHandle | null>>>({})
  const shown = content.channel === 'sms' ? 'text' : body
  const target = last === 'html' || last === 'text' ? shown : last
  const change = (part: Part, value: string): void => props.onChange(withPart(content, part, value))
  const jump = (problem: TemplateProblem): void => {
    if (problem.part === 'html' || problem.part === 'text') setBody(problem.part)
    // The other tab's editor exists only after this render.
    requestAnimationFrame(() => handles.current[problem.part]?.jump(problem.line, problem.column))
  }
  return (
    <Stack gap="sm" h="100%" mih={0}>
      {content.channel === 'email'
        ? LINE_PARTS.map(part => (
            <LineField
              key={part}
              ref={handle => {
                handles.current[part] = handle
              }}
              label={t(`part_${part}`)}
              placeholder={t(`${part}Placeholder`)}
              value={content[part]}
              problem={problems.find(problem => problem.part === part && problem.severity === 'error')?.message}
              readOnly={props.readOnly ?? false}
              onChange={value => change(part, value)}
              onFocus={() => setLast(part)}
              onBlur={props.onBlur}
            />
          ))
        : null}
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
          label={content.channel === 'sms' ? t('smsText') : t(`part_${shown}`)}
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
