import { Box, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Campaign } from '../../../../shared/contract/campaigns.ts'
import { MessagePreview } from '../../../components/preview/MessagePreview.tsx'
import { useContactSteps } from '../../../components/preview/use-contact-steps.ts'

/** The message of a campaign, exactly, as any contact gets it. */
export function MessageTab({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useTranslation()
  const steps = useContactSteps()
  const { content, fallbacks } = campaign.draft
  if (content === null) return <Text c="dimmed">{t('results.noMessage')}</Text>
  return (
    <>
      <Text c="dimmed" mb="sm">
        {campaign.startedAt === null ? t('results.messageDraft') : t('results.messageSays')}
      </Text>
      <Box flex={1} mih={0} maw={860}>
        <MessagePreview content={content} fallbacks={fallbacks} steps={steps} />
      </Box>
    </>
  )
}
