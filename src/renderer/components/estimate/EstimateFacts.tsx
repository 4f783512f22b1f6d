import { Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Estimate } from '../../../shared/contract/campaigns.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { Time } from '../Figures.tsx'

/** How an audience becomes the people reached: who is left out, who falls out, and why. */
export function ReachWaterfall({ estimate }: { readonly estimate: Estimate }) {
  const { t } = useTranslation()
  const formats = useFormats()
  const out = estimate.fallsOut.filter(one => one.count > 0)
  return (
    <Stack gap={4}>
      <Text fz={26} fw={600} lh={1.1} style={{ fontVariantNumeric: 'tabular-nums' }} data-testid="reach">
        {formats.number(estimate.reached)}
      </Text>
      <Text fz="xs" c="dimmed" mb={4}>
        {t('wizard.reach', { count: estimate.reached })} {t('wizard.ofAudience', { count: estimate.audience })}
      </Text>
      {estimate.excluded > 0 ? <Fact label={t('wizard.excluded')}>−{formats.number(estimate.excluded)}</Fact> : null}
      {out.map(one => (
        <Fact key={one.reason} label={t(`campaigns.reason.${one.reason}`)}>
          −{formats.number(one.count)}
        </Fact>
      ))}
      {out.length === 0 && estimate.audience > 0 ? (
        <Text fz="xs" c="dimmed">
          {t('wizard.nobodyFalls')}
        </Text>
      ) : null}
    </Stack>
  )
}

/** Cost, speed, and when the first and the last message leave. */
export function EstimateFacts({ estimate }: { readonly estimate: Estimate }) {
  const { t } = useTranslation()
  const formats = useFormats()
  return (
    <Stack gap={4}>
      <Fact label={t('wizard.cost')}>
        {estimate.costMinor === 0 ? t('wizard.free') : formats.money(estimate.costMinor, estimate.currency)}
      </Fact>
      {estimate.segmentsPerMessage === null ? null : (
        <Fact label={t('wizard.length')}>{t('wizard.segments', { count: estimate.segmentsPerMessage })}</Fact>
      )}
      <Fact label={t('wizard.speed')}>{formats.rate(estimate.messagesPerSecond)}</Fact>
      <Fact label={t('wizard.first')}>
        {estimate.startsAt === null ? t('wizard.atSend') : <Time at={estimate.startsAt} />}
      </Fact>
      {estimate.finishesAt === null ? null : (
        <Fact label={t('wizard.last')}>
          <Time at={estimate.finishesAt} />
        </Fact>
      )}
      <Fact label={t('wizard.takes')}>{formats.duration(estimate.secondsNeeded)}</Fact>
    </Stack>
  )
}

/** One fact on a line: what it is, and its value at the right. */
export function Fact(props: { readonly label: string; readonly children: ReactNode }) {
  return (
    <Group justify="space-between" gap="sm" wrap="nowrap" align="baseline">
      <Text fz="xs" c="dimmed">
        {props.label}
      </Text>
      <Text component="div" fz="xs" className="t-num">
        {props.children}
      </Text>
    </Group>
  )
}
