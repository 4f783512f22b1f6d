import { TextInput } from '@mantine/core'
import { type Ref, useImperativeHandle, useRef } from 'react'
import type { CodeFieldHandle } from './CodeField.tsx'

/** One line of Handlebars source, such as a subject, with its problem below. */
export function LineField({
  ref,
  ...props
}: {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly problem: string | undefined
  readonly readOnly: boolean
  readonly onChange: (value: string) => void
  readonly onFocus: () => void
  readonly onBlur: (() => void) | undefined
  readonly ref?: Ref<CodeFieldHandle>
}) {
  const input = useRef<HTMLInputElement>(null)
  useImperativeHandle(ref, () => ({
    insert(text) {
      const field = input.current
      if (!field) return
      const from = field.selectionStart ?? props.value.length
      const to = field.selectionEnd ?? from
      props.onChange(props.value.slice(0, from) + text + props.value.slice(to))
      requestAnimationFrame(() => {
        field.focus()
        field.setSelectionRange(from + text.length, from + text.length)
      })
    },
    jump(_line, column) {
      input.current?.focus()
      input.current?.setSelectionRange(column - 1, column - 1)
    },
  }))
  return (
    <TextInput
      ref={input}
      label={props.label}
      placeholder={props.placeholder}
      value={props.value}
      error={props.problem}
      readOnly={props.readOnly}
      spellCheck
      onChange={event => props.onChange(event.currentTarget.value.replace(/[\r\n]+/g, ' '))}
      onFocus={props.onFocus}
      {...(props.onBlur ? { onBlur: props.onBlur } : {})}
    />
  )
}
