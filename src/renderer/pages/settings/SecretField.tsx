import { PasswordInput, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Takes a secret: it can be written, never read. Undefined keeps what is stored. */
export function SecretField(props: {
  readonly label: string
  readonly hint: string
  readonly isSet: boolean
  readonly isLong?: boolean
  readonly required?: boolean
  readonly value: string | undefined
  readonly onChange: (value: string | undefined) => void
}) {
  const { t } = useTranslation()
  const shared = {
    label: props.label,
    description: props.hint,
    inputWrapperOrder: ['label' as const, 'input' as const, 'description' as const, 'error' as const],
    placeholder: props.isSet ? t('accounts.secretSet') : t('accounts.secretNotSet'),
    withAsterisk: (props.required ?? false) && !props.isSet,
    value: props.value ?? '',
  }
  const change = (value: string): void => props.onChange(value === '' ? undefined : value)
  return props.isLong ? (
    <Textarea
      {...shared}
      autosize
      minRows={3}
      maxRows={8}
      spellCheck={false}
      styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
      onChange={event => change(event.currentTarget.value)}
    />
  ) : (
    <PasswordInput {...shared} autoComplete="new-password" onChange={event => change(event.currentTarget.value)} />
  )
}
