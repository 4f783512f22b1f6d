import { Radio, Stack, useMantineColorScheme } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Light, dark, or as the system. */
export function AppearanceTab() {
  const { t } = useTranslation()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Radio.Group
      label={t('settings.scheme')}
      description={t('settings.schemeSays')}
      value={colorScheme}
      onChange={value => setColorScheme(value === 'dark' || value === 'light' ? value : 'auto')}
    >
      <Stack gap="xs" mt="sm">
        <Radio value="auto" label={t('shell.themeAuto')} />
        <Radio value="light" label={t('shell.themeLight')} />
        <Radio value="dark" label={t('shell.themeDark')} />
      </Stack>
    </Radio.Group>
  )
}
