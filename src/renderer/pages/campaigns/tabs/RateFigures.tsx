import { Text, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Report } from '../../../../shared/contract/sending.ts'
import { useFormats } from '../../../lib/use-formats.ts'
import classes from '../CampaignPage.module.css'

/** The rates of a campaign, each with what it is a rate of, and what the campaign cost. */
export function RateFigures({ report }: { readonly report: Report }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const of = (count: number, total: number) => ({ count: formats.number(count), total: formats.number(total) })
  const figures = [
    ['delivery', report.rates.delivery, t('results.ofAccepted', of(report.delivered, report.accepted))],
    ['open', report.rates.open, t('results.ofDelivered', of(report.opened, report.delivered))],
    ['click', report.rates.click, t('results.ofDelivered', of(report.clicked, report.delivered))],
    ['unsubscribe', report.rates.unsubscribe, t('results.ofDelivered', of(report.unsubscribed, report.delivered))],
  ] as const
  return (
    <section aria-labelledby="figures-title">
      <Title order={2} fz="sm" mb="xs" id="figures-title">
        {t('results.rates')}
      </Title>
      <div className={classes.figures}>
        {figures.map(([key, rate, says]) => (
          <div key={key}>
            <Text fz="xs" c="dimmed">
              {t(`results.${key}`)}
            </Text>
            <Text fz={18} fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
              {formats.percent(rate)}
            </Text>
            <Text fz="xs" c="dimmed">
              {says}
            </Text>
          </div>
        ))}
        <div>
          <Text fz="xs" c="dimmed">
            {t('results.cost')}
          </Text>
          <Text fz={18} fw={600} style={{ fontVariantNumeric: 'tabular-nums' }}>
            {formats.money(report.costMinor, report.currency)}
          </Text>
        </div>
      </div>
    </section>
  )
}
