import { Textarea } from '@mantine/core'
import { type Ref, useImperativeHandle, useRef } from 'react'
import type { CodeFieldHandle } from './CodeField.tsx'

/** A few lines of Handlebars source, such as the text of a chat message. */
export function AreaField({
  ref,
  ...props
}: {
  readonly label: string
  readonly hint?: string
  readonly value: string
  readonly readOnly: boolean
  readonly maxLength: number
  readonly minRows?: number
  readonly onChange: (value: string) => void
  readonly onFocus?: () => void
  readonly onBlur?: (() => void) | undefined
  readonly ref?: Ref<CodeFieldHandle>
}) {
  const area = useRef<HTMLTextAreaElement>(null)
  useImperativeHandle(ref, () => ({
    insert(text) {
      const field = area.current
      if (!field) return
      const from = field.selectionStart
      props.onChange(props.value.slice(0, from) + text + props.value.slice(field.selectionEnd))
      requestAnimationFrame(() => {
        field.focus()
        field.setSelectionRange(from + text.length, from + text.length)
      })
    },
    jump(line, column) {
      const start =
        props.value
          .split('\n')
          .slice(0, line - 1)
          .join('\n').length + (line > 1 ? 1 : 0)
      area.current?.focus()
      area.current?.setSelectionRange(start + column - 1, start + column - 1)
    },
  }))
  return (
    <Textarea
      ref={area}
      label={props.label}
      {...(props.hint ? { description: props.hint } : {})}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      autosize
      minRows={props.minRows ?? 3}
      maxRows={14}
      maxLength={props.maxLength}
      value={props.value}
      readOnly={props.readOnly}
      spellCheck
      onChange={event => props.onChange(event.currentTarget.value)}
      {...(props.onFocus ? { onFocus: props.onFocus } : {})}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
    />
  )
}
