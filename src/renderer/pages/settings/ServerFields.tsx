import { Checkbox, Group, NumberInput, PasswordInput, Select, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { SmtpSettings } from '../../../shared/contract/sender-settings.ts'

const Security = SmtpSettings.shape.security

/** Server, encryption and sign-in of an SMTP account. The password can be written, never read. */
export function ServerFields(props: {
  readonly settings: SmtpSettings
  readonly hasPassword: boolean
  readonly password: string | null
  readonly onChange: (settings: SmtpSettings, password: string | null) => void
}) {
  const { t } = useTranslation()
  const { settings, password } = props
  const set = (part: Partial<SmtpSettings>): void => props.onChange({ ...settings, ...part }, password)
  return (
    <>
      <Group gap="md" align="flex-start" wrap="nowrap">
        <TextInput
          flex={1}
          required
          label={t('settings.host')}
          value={settings.host}
          maxLength={255}
          onChange={event => set({ host: event.currentTarget.value.trim() })}
        />
        <NumberInput
          w={90}
          required
          hideControls
          label={t('settings.port')}
          min={1}
          max={65_535}
          value={settings.port}
          onChange={value => (typeof value === 'number' ? set({ port: value }) : undefined)}
        />
        <Select
          w={200}
          label={t('settings.security')}
          allowDeselect={false}
          value={settings.security}
          data={Security.options.map(one => ({ value: one, label: t(`settings.${one}`) }))}
          onChange={value => set({ security: Security.parse(value) })}
        />
      </Group>
      <Group gap="md" align="flex-start" grow>
        <TextInput
          label={t('settings.user')}
          value={settings.user}
          autoComplete="off"
          onChange={event => set({ user: event.currentTarget.value })}
        />
        <PasswordInput
          label={t('settings.password')}
          description={t('settings.passwordHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          placeholder={props.hasPassword ? t('settings.passwordSet') : t('settings.passwordNotSet')}
          autoComplete="new-password"
          value={password ?? ''}
          onChange={event =>
            props.onChange(settings, event.currentTarget.value === '' ? null : event.currentTarget.value)
          }
        />
      </Group>
      <Checkbox
        label={t('settings.insecure')}
        checked={settings.allowInvalidCertificate}
        onChange={event => set({ allowInvalidCertificate: event.currentTarget.checked })}
      />
    </>
  )
}
