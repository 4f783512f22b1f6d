import { Checkbox, Chip, Group, NumberInput, Select, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SendWindow } from '../../../../shared/contract/campaigns.ts'
import type { Draft } from '../use-draft.ts'

const PRIORITIES = [5, 4, 3, 2, 1] as const
const DAYS = [1, 2, 3, 4, 5, 6, 7] as const
const USUAL: SendWindow = { weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00', skipHolidays: true }

/** Priority, how long a message is worth trying, and at which hours it may go. */
export function WindowFields({ draft: { draft, change } }: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const { window } = draft
  const put = (part: Partial<SendWindow>): void => change({ window: { ...USUAL, ...window, ...part } })
  return (
    <>
      <Select
        w={380}
        label={t('wizard.priority')}
        description={t('wizard.prioritySays')}
        allowDeselect={false}
        value={String(draft.priority)}
        data={PRIORITIES.map(one => ({ value: String(one), label: t(`wizard.priority_${one}`) }))}
        onChange={value => change({ priority: Number(value ?? 3) })}
      />
      <NumberInput
        w={380}
        label={t('wizard.validHours')}
        description={t('wizard.validHoursHint')}
        min={1}
        max={336}
        allowDecimal={false}
        value={draft.validHours}
        onChange={value => (typeof value === 'number' && value >= 1 ? change({ validHours: value }) : undefined)}
      />
      {draft.channel === 'social' ? null : (
        <Stack gap="sm">
          <Switch
            label={t('wizard.window')}
            description={t('wizard.windowSays')}
            checked={window !== null}
            onChange={event => change({ window: event.currentTarget.checked ? USUAL : null })}
          />
          {window === null ? null : (
            <Stack gap="sm" ml={50}>
              <Group gap="sm" align="flex-end">
                <TextInput
                  type="time"
                  w={110}
                  label={t('wizard.windowFrom')}
                  value={window.from}
                  onChange={event => (event.currentTarget.value ? put({ from: event.currentTarget.value }) : undefined)}
                />
                <TextInput
                  type="time"
                  w={110}
                  label={t('wizard.windowTo')}
                  value={window.to}
                  onChange={event => (event.currentTarget.value ? put({ to: event.currentTarget.value }) : undefined)}
                />
              </Group>
              <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
                <Text component="legend" fz="sm" fw={500} p={0} mb={4}>
                  {t('wizard.windowDays')}
                </Text>
                <Chip.Group
                  multiple
                  value={window.weekdays.map(String)}
                  onChange={days =>
                    days.length > 0
                      ? put({ weekdays: days.map(Number).toSorted((one, other) => one - other) })
                      : undefined
                  }
                >
                  <Group gap={6}>
                    {DAYS.map(day => (
                      <Chip key={day} size="xs" value={String(day)}>
                        {t(`wizard.weekday_${day}`)}
                      </Chip>
                    ))}
                  </Group>
                </Chip.Group>
              </fieldset>
              <Checkbox
                label={t('wizard.skipHolidays')}
                checked={window.skipHolidays}
                onChange={event => put({ skipHolidays: event.currentTarget.checked })}
              />
            </Stack>
          )}
        </Stack>
      )}
    </>
  )
}
