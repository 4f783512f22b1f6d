import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { Plus, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { HeaderLine } from './field-values.ts'
import { IconButton } from './IconButton.tsx'

/** The headers of a request, a line for each. */
export function HeaderFields(props: {
  readonly label: string
  readonly hint: string
  readonly headers: readonly HeaderLine[]
  readonly onChange: (headers: readonly HeaderLine[]) => void
}) {
  const { t } = useTranslation()
  const { headers, onChange } = props
  const put = (at: number, part: Partial<HeaderLine>): void =>
    onChange(headers.map((header, n) => (n === at ? { ...header, ...part } : header)))
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <Text component="legend" fz="sm" fw={500} p={0}>
        {props.label}
      </Text>
      <Stack gap={6} mt={2}>
        {headers.map((header, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: headers may repeat; their place is their identity
          <Group key={at} gap="xs" wrap="nowrap">
            <TextInput
              w={200}
              aria-label={t('accounts.headerName', { at: at + 1 })}
              placeholder="Authorization"
              maxLength={100}
              value={header.name}
              onChange={event => put(at, { name: event.currentTarget.value })}
            />
            <TextInput
              flex={1}
              aria-label={t('accounts.headerValue', { at: at + 1 })}
              maxLength={2000}
              value={header.value}
              onChange={event => put(at, { value: event.currentTarget.value })}
            />
            <IconButton
              icon={X}
              label={t('accounts.removeHeader', { at: at + 1 })}
              onClick={() => onChange(headers.filter((_, n) => n !== at))}
            />
          </Group>
        ))}
      </Stack>
      <Group justify="space-between" mt={4} gap="md" wrap="nowrap" align="flex-start">
        <Text fz="xs" c="dimmed">
          {props.hint}
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          style={{ flex: 'none' }}
          leftSection={<Plus size={12} />}
          onClick={() => onChange([...headers, { name: '', value: '' }])}
        >
          {t('accounts.addHeader')}
        </Button>
      </Group>
    </fieldset>
  )
}
