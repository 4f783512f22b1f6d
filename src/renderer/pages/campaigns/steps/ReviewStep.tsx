import { Group, Stack, Text, Title } from '@mantine/core'
import { CircleAlert, CircleCheck, CircleX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Campaign, Check } from '../../../../shared/contract/campaigns.ts'
import { ApprovalPanel } from '../ApprovalPanel.tsx'
import { LaunchPanel } from '../LaunchPanel.tsx'
import type { Step } from '../steps.ts'
import { TestSendPanel } from '../TestSendPanel.tsx'
import type { Draft } from '../use-draft.ts'
import { SummaryCards } from './SummaryCards.tsx'

/** Everything once more before it goes: summary, checks, test, approval, send. */
export function ReviewStep(props: {
  readonly campaign: Campaign
  readonly draft: Draft
  readonly checks: readonly Check[]
  readonly onGo: (step: Step) => void
}) {
  const { t } = useTranslation()
  const { campaign, checks } = props
  const isReady = checks.length > 0 && checks.every(check => check.state !== 'error')
  return (
    <Stack gap="xl" maw={820}>
      <SummaryCards campaign={campaign} draft={props.draft} onGo={props.onGo} />
      <section aria-labelledby="review-checks">
        <Title order={2} mb="sm" id="review-checks">
          {t('wizard.checks')}
        </Title>
        <CheckList checks={checks} />
      </section>
      <TestSendPanel campaignId={campaign.id} draft={props.draft} />
      <ApprovalPanel campaign={campaign} draft={props.draft} isReady={isReady} />
      <LaunchPanel campaign={campaign} draft={props.draft} />
    </Stack>
  )
}

const SIGNS = {
  ok: [CircleCheck, 'var(--t-good)'],
  warning: [CircleAlert, 'var(--t-warn)'],
  error: [CircleX, 'var(--t-bad)'],
} as const

function CheckList({ checks }: { readonly checks: readonly Check[] }) {
  const { t } = useTranslation()
  return (
    <Stack gap={4} component="ul" m={0} p={0} style={{ listStyle: 'none' }}>
      {checks.map(check => {
        const [Sign, colour] = SIGNS[check.state]
        return (
          <Group key={check.key} component="li" gap={8} wrap="nowrap" align="flex-start">
            <Sign
              size={14}
              color={colour}
              role="img"
              aria-label={t(`status.${check.state}`)}
              style={{ flex: 'none', marginTop: 3 }}
            />
            <Text>{check.text}</Text>
          </Group>
        )
      })}
    </Stack>
  )
}
