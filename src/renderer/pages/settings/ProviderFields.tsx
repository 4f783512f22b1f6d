import { NumberInput, Select, Stack, Switch, Textarea, TextInput } from '@mantine/core'
import type { ProviderField } from '../../../shared/contract/senders.ts'
import type { AccountForm, FieldErrors } from './account-form.ts'
import { headersOf, numberOf, textOf } from './field-values.ts'
import { HeaderFields } from './HeaderFields.tsx'
import { SecretField } from './SecretField.tsx'

const ORDER = ['label' as const, 'input' as const, 'description' as const, 'error' as const]

/** The form of any kind of account, made from what the kind says it must be told. */
export function ProviderFields(props: {
  readonly fields: readonly ProviderField[]
  readonly form: AccountForm
  readonly secretNames: readonly string[]
  readonly errors: FieldErrors
  readonly onChange: (form: AccountForm) => void
}) {
  return (
    <Stack gap="md">
      {props.fields.map(field => (
        <OneField key={field.name} {...props} field={field} />
      ))}
    </Stack>
  )
}

function OneField(props: {
  readonly field: ProviderField
  readonly form: AccountForm
  readonly secretNames: readonly string[]
  readonly errors: FieldErrors
  readonly onChange: (form: AccountForm) => void
}) {
  const { field, form, onChange } = props
  const value = form.values[field.name]
  const set = (next: unknown): void => onChange({ ...form, values: { ...form.values, [field.name]: next } })
  const shared = {
    label: field.label,
    description: field.hint,
    inputWrapperOrder: ORDER,
    withAsterisk: field.required,
    error: props.errors[field.name],
  }
  switch (field.kind) {
    case 'secret':
    case 'long_secret':
      return (
        <SecretField
          label={field.label}
          hint={field.hint}
          required={field.required}
          isLong={field.kind === 'long_secret'}
          isSet={props.secretNames.includes(field.name)}
          value={form.secrets[field.name]}
          onChange={next => {
            const { [field.name]: _, ...others } = form.secrets
            onChange({ ...form, secrets: next === undefined ? others : { ...others, [field.name]: next } })
          }}
        />
      )
    case 'number':
      return (
        <NumberInput
          {...shared}
          w={200}
          hideControls
          allowDecimal={false}
          value={numberOf(value)}
          onChange={next => set(typeof next === 'number' ? next : undefined)}
        />
      )
    case 'choice':
      return (
        <Select
          {...shared}
          allowDeselect={false}
          data={field.choices}
          value={textOf(value)}
          onChange={next => set(next ?? '')}
        />
      )
    case 'switch':
      return (
        <Switch
          label={field.label}
          description={field.hint}
          checked={value === true}
          onChange={event => set(event.currentTarget.checked)}
        />
      )
    case 'headers':
      return <HeaderFields label={field.label} hint={field.hint} headers={headersOf(value)} onChange={set} />
    case 'lines':
      return (
        <Textarea
          {...shared}
          autosize
          minRows={3}
          maxRows={10}
          spellCheck={false}
          styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12 } }}
          value={textOf(value)}
          onChange={event => set(event.currentTarget.value)}
        />
      )
    case 'text':
      return (
        <TextInput
          {...shared}
          autoComplete="off"
          value={textOf(value)}
          onChange={event => set(event.currentTarget.value)}
        />
      )
  }
}
