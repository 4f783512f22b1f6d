import { Checkbox, Group, NumberInput, Select, Stack, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SmtpSettings } from '../../../shared/contract/sender-settings.ts'
import type { AccountForm, FieldErrors } from './account-form.ts'
import { numberOf, textOf } from './field-values.ts'
import { SecretField } from './SecretField.tsx'

const { security: Security, auth: Auth } = SmtpSettings.shape
const AUTHS = ['password', 'xoauth2'] as const

/** Server, encryption and sign-in of an SMTP account. Secrets can be written, never read. */
export function ServerFields(props: {
  readonly form: AccountForm
  readonly secretNames: readonly string[]
  readonly errors: FieldErrors
  readonly onChange: (form: AccountForm) => void
}) {
  const { t } = useTranslation()
  const { form, errors, onChange } = props
  const { values, secrets } = form
  const set = (part: Partial<SmtpSettings>): void => onChange({ ...form, values: { ...values, ...part } })
  const auth = Auth.catch('password').parse(values['auth'])
  const secret = (name: string, label: string, hint: string) => (
    <SecretField
      label={label}
      hint={hint}
      isSet={props.secretNames.includes(name)}
      value={secrets[name]}
      onChange={value => {
        const { [name]: _, ...others } = secrets
        onChange({ ...form, secrets: value === undefined ? others : { ...others, [name]: value } })
      }}
    />
  )
  return (
    <Stack gap="md">
      <Group gap="md" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          withAsterisk
          label={t('settings.host')}
          value={textOf(values['host'])}
          error={errors['host']}
          maxLength={255}
          onChange={event => set({ host: event.currentTarget.value.trim() })}
        />
        <NumberInput
          w={90}
          withAsterisk
          hideControls
          label={t('settings.port')}
          error={errors['port']}
          min={1}
          max={65_535}
          value={numberOf(values['port'])}
          onChange={value => (typeof value === 'number' ? set({ port: value }) : undefined)}
        />
        <Select
          w={200}
          label={t('settings.security')}
          allowDeselect={false}
          error={errors['security']}
          value={textOf(values['security'])}
          data={Security.options.map(one => ({ value: one, label: t(`settings.${one}`) }))}
          onChange={value => set({ security: Security.parse(value) })}
        />
      </Group>
      <Group gap="md" align="flex-start" grow>
        <Select
          label={t('accounts.signIn')}
          allowDeselect={false}
          value={auth}
          data={AUTHS.map(one => ({ value: one, label: t(`accounts.auth_${one}`) }))}
          onChange={value => set({ auth: Auth.parse(value) })}
        />
        <TextInput
          label={t('settings.user')}
          value={textOf(values['user'])}
          error={errors['user']}
          autoComplete="off"
          onChange={event => set({ user: event.currentTarget.value })}
        />
        {auth === 'password' ? secret('password', t('settings.password'), '') : null}
      </Group>
      {auth === 'xoauth2' ? (
        <>
          <Group gap="md" align="flex-start" grow>
            <TextInput
              withAsterisk
              label={t('accounts.oauthClientId')}
              error={errors['oauthClientId']}
              autoComplete="off"
              value={textOf(values['oauthClientId'])}
              onChange={event => set({ oauthClientId: event.currentTarget.value })}
            />
            <TextInput
              withAsterisk
              label={t('accounts.oauthTokenUrl')}
              placeholder="https://oauth2.googleapis.com/token"
              error={errors['oauthTokenUrl']}
              value={textOf(values['oauthTokenUrl'])}
              onChange={event => set({ oauthTokenUrl: event.currentTarget.value })}
            />
          </Group>
          <Group gap="md" align="flex-start" grow>
            {secret('clientSecret', t('accounts.clientSecret'), '')}
            {secret('refreshToken', t('accounts.refreshToken'), '')}
          </Group>
        </>
      ) : null}
      <TextInput
        type="email"
        label={t('accounts.bounceAddress')}
        description={t('accounts.bounceAddressHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        error={errors['bounceAddress']}
        maxLength={320}
        value={textOf(values['bounceAddress'])}
        onChange={event => set({ bounceAddress: event.currentTarget.value })}
      />
      <Checkbox
        label={t('settings.insecure')}
        checked={values['allowInvalidCertificate'] === true}
        onChange={event => set({ allowInvalidCertificate: event.currentTarget.checked })}
      />
    </Stack>
  )
}
