import { NumberInput, SimpleGrid, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { SenderLimits } from '../../../shared/contract/sender-settings.ts'

const LIMITS = ['perSecond', 'perMinute', 'perHour', 'perDay'] as const

/** What an account allows. */
export function LimitFields(props: {
  readonly limits: SenderLimits
  readonly onChange: (limits: SenderLimits) => void
}) {
  const { t } = useTranslation()
  const { limits } = props
  return (
    <div>
      <SimpleGrid cols={5} spacing="md">
        {LIMITS.map(limit => (
          <NumberInput
            key={limit}
            label={t(`settings.${limit}`)}
            hideControls
            min={0}
            allowDecimal={limit === 'perSecond'}
            value={limits[limit] ?? ''}
            onChange={value =>
              props.onChange({ ...limits, [limit]: typeof value === 'number' && value > 0 ? value : null })
            }
          />
        ))}
        <NumberInput
          label={t('settings.concurrency')}
          hideControls
          min={1}
          max={50}
          allowDecimal={false}
          value={limits.concurrency}
          onChange={value =>
            typeof value === 'number' ? props.onChange({ ...limits, concurrency: value }) : undefined
          }
        />
      </SimpleGrid>
      <Text fz="xs" c="dimmed" mt={4}>
        {t('settings.emptyIsNone')}
      </Text>
    </div>
  )
}
