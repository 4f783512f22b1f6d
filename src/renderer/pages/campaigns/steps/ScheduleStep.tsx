import { NumberInput, Radio, Select, Stack } from '@mantine/core'
import { DateTimePicker } from '@mantine/dates'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../api.ts'
import { useAsk } from '../../../lib/requests.ts'
import type { Draft } from '../use-draft.ts'
import classes from '../Wizard.module.css'
import { WindowFields } from './WindowFields.tsx'

/** Now or at a time in a zone, how fast, how urgent, and at which hours. */
export function ScheduleStep(props: { readonly draft: Draft }) {
  const { t } = useTranslation()
  const { draft, change } = props.draft
  const settings = useAsk('workspace.settings', api.workspace.settings, {})
  const zones = useMemo(() => Intl.supportedValuesOf('timeZone'), [])
  const [today] = useState(() => new Date())
  const { schedule } = draft
  const usual = settings.data?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  return (
    <Stack gap="lg" className={classes.form ?? ''}>
      <Radio.Group
        label={t('wizard.when')}
        value={schedule.kind}
        onChange={kind =>
          change({ schedule: kind === 'at' ? { kind, local: tomorrowAtTen(), timeZone: usual } : { kind: 'now' } })
        }
      >
        <Stack gap="xs" mt={6}>
          <Radio value="now" label={t('wizard.now')} />
          <Radio value="at" label={t('wizard.at')} />
        </Stack>
      </Radio.Group>
      {schedule.kind === 'at' ? (
        <>
          <DateTimePicker
            label={t('wizard.date')}
            placeholder={t('wizard.pickTime')}
            valueFormat="D MMMM YYYY, HH:mm"
            minDate={today}
            value={schedule.local.replace('T', ' ')}
            onChange={value =>
              value ? change({ schedule: { ...schedule, local: value.slice(0, 16).replace(' ', 'T') } }) : undefined
            }
            timePickerProps={{ withDropdown: true, popoverProps: { withinPortal: false } }}
          />
          <Select
            label={t('wizard.zone')}
            searchable
            allowDeselect={false}
            limit={80}
            data={zones.includes(schedule.timeZone) ? zones : [schedule.timeZone, ...zones]}
            value={schedule.timeZone}
            onChange={timeZone => (timeZone ? change({ schedule: { ...schedule, timeZone } }) : undefined)}
          />
        </>
      ) : null}
      <NumberInput
        w={380}
        label={t('wizard.rate')}
        description={t('wizard.rateHint')}
        min={0.01}
        max={10_000}
        value={draft.ratePerSecond ?? ''}
        onChange={value => change({ ratePerSecond: typeof value === 'number' && value > 0 ? value : null })}
      />
      <WindowFields draft={props.draft} />
    </Stack>
  )
}

function tomorrowAtTen(): string {
  const day = new Date()
  day.setDate(day.getDate() + 1)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}T10:00`
}
