import { Box, Checkbox, Group, NumberInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExclusionRules } from '../../../shared/contract/campaigns.ts'
import classes from './AudienceComposer.module.css'
import { InlineSelect } from './InlineSelect.tsx'

interface ExclusionFieldsProps {
  readonly exclusions: ExclusionRules
  readonly onChange: (exclusions: ExclusionRules) => void
}

const USUAL_HOURS = 48
const MOST_HOURS = 24 * 365
const CATEGORIES = ['marketing', 'transactional'] as const

/** Rules that leave people alone although they were chosen. */
export function ExclusionFields({ exclusions, onChange }: ExclusionFieldsProps) {
  const { t } = useTranslation()
  const set = (part: Partial<ExclusionRules>): void => onChange({ ...exclusions, ...part })
  const { messagedWithinHours: hours, unsubscribedFrom: category } = exclusions
  return (
    <Box className={classes.checks ?? ''} role="group" aria-label={t('audience.rules')}>
      <Checkbox
        size="xs"
        label={t('audience.inRunningCampaign')}
        checked={exclusions.inRunningCampaign}
        onChange={event => set({ inRunningCampaign: event.currentTarget.checked })}
      />
      <Group gap={8} mih={24}>
        <Checkbox
          size="xs"
          label={t('audience.messagedWithin')}
          checked={hours !== null}
          onChange={event => set({ messagedWithinHours: event.currentTarget.checked ? USUAL_HOURS : null })}
        />
        {hours === null ? null : (
          <NumberInput
            size="xs"
            w={68}
            hideControls
            aria-label={t('audience.hoursLabel')}
            min={1}
            max={MOST_HOURS}
            allowDecimal={false}
            value={hours}
            onChange={value => {
              if (typeof value === 'number' && value >= 1 && value <= MOST_HOURS) set({ messagedWithinHours: value })
            }}
          />
        )}
        {hours === null ? '…' : t('audience.hours')}
      </Group>
      <Checkbox
        size="xs"
        label={t('audience.customersOut')}
        checked={exclusions.customers}
        onChange={event => set({ customers: event.currentTarget.checked })}
      />
      <Group gap={8} mih={24}>
        <Checkbox
          size="xs"
          label={t('audience.unsubscribedFrom')}
          checked={category !== null}
          onChange={event => set({ unsubscribedFrom: event.currentTarget.checked ? 'marketing' : null })}
        />
        {category === null ? (
          '…'
        ) : (
          <InlineSelect
            label={t('audience.unsubscribedCategory')}
            value={category}
            options={CATEGORIES.map(value => ({ value, label: t(`audience.category_${value}`) }))}
            onChange={value => set({ unsubscribedFrom: value })}
          />
        )}
      </Group>
      <Checkbox
        size="xs"
        label={t('audience.withoutConsent')}
        checked={exclusions.withoutConsent}
        onChange={event => set({ withoutConsent: event.currentTarget.checked })}
      />
    </Box>
  )
}
