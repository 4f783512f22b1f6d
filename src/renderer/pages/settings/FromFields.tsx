import { Group, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ProviderKind } from '../../../shared/contract/senders.ts'
import type { AccountForm, FieldErrors } from './account-form.ts'
import { textOf } from './field-values.ts'

/** Who messages come from, as the kind of account has it: a name and mailboxes, a number, or nothing. */
export function FromFields(props: {
  readonly from: ProviderKind['from']
  /** The names of fields that the kind asks for by itself. */
  readonly asked: readonly string[]
  readonly form: AccountForm
  readonly errors: FieldErrors
  readonly onChange: (form: AccountForm) => void
}) {
  const { t } = useTranslation()
  const { from, form, errors } = props
  const line = (field: 'fromName' | 'fromAddress' | 'replyTo', label: string, hint: string, isMail: boolean) =>
    props.asked.includes(field) ? null : (
      <TextInput
        type={isMail ? 'email' : 'text'}
        label={label}
        description={hint}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={errors[field]}
        maxLength={field === 'fromName' ? 200 : 320}
        value={textOf(form.values[field])}
        onChange={event => props.onChange({ ...form, values: { ...form.values, [field]: event.currentTarget.value } })}
      />
    )
  if (from === 'none') return null
  if (from !== 'email') {
    return line('fromAddress', t(`accounts.fromAddress_${from}`), t(`accounts.fromAddressHint_${from}`), false)
  }
  return (
    <Group gap="md" align="flex-start" grow>
      {line('fromName', t('settings.fromName'), '', false)}
      {line('fromAddress', t('settings.fromAddress'), '', true)}
      {line('replyTo', t('settings.replyTo'), '', true)}
    </Group>
  )
}
