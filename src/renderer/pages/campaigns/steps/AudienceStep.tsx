import { Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { AudienceComposer } from '../../../components/audience/AudienceComposer.tsx'
import { ReachBars } from '../../../components/audience/ReachBars.tsx'
import { useRuleCatalogue } from '../../../components/audience/use-rule-catalogue.ts'
import { LinkButton } from '../../../components/links.tsx'
import type { Draft } from '../use-draft.ts'

// The rail counts what is saved, so a choice is saved quickly.
const COUNT_SOON_MS = 300

/** Who gets the campaign and who is left out, with the way from the chosen people to those who are reached. */
export function AudienceStep(props: { readonly campaignId: string; readonly draft: Draft }) {
  const { t } = useTranslation()
  const { draft, change } = props.draft
  const catalogue = useRuleCatalogue()
  return (
    <Stack gap="lg">
      {catalogue.isReady && catalogue.total === 0 ? (
        <div>
          <Text mb="sm">{t('wizard.noFacets')}</Text>
          <LinkButton to="/imports" variant="default">
            {t('wizard.import')}
          </LinkButton>
        </div>
      ) : null}
      <AudienceComposer
        audience={draft.audience}
        channel={draft.channel}
        catalogue={catalogue}
        onChange={part => change({ audience: { ...draft.audience, ...part } }, COUNT_SOON_MS)}
      />
      <ReachBars audience={draft.audience} channel={draft.channel} campaignId={props.campaignId} />
    </Stack>
  )
}
