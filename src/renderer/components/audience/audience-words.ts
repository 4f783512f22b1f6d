import type { Audience } from '../../../shared/contract/campaigns.ts'
import type { RuleGroup } from '../../../shared/domain/segment-rule.ts'
import { ruleSentence } from './rule-sentence.ts'
import type { RuleWords } from './rule-words.ts'

/** An audience in short: what was chosen, and what is left out. */
export interface AudienceWords {
  readonly chosen: readonly string[]
  readonly without: readonly string[]
}

/** Says an audience in the names of its lists, segments and tags; rules as their sentences. */
export function audienceWords(audience: Audience, total: number, words: RuleWords): AudienceWords {
  const { t, formats } = words
  const named = (ids: readonly string[]): string[] => ids.map(id => words.names.get(id) ?? t('segments.gone'))
  const ruled = (rule: RuleGroup | null): string[] => (rule ? [ruleSentence(rule, words)] : [])
  const when = (isSo: boolean, text: string): string[] => (isSo ? [text] : [])
  const { exclusions } = audience
  return {
    chosen: audience.everyone
      ? [`${t('audience.everyone')} (${formats.number(total)})`]
      : [
          ...named([...audience.listIds, ...audience.segmentIds, ...audience.tagIds]),
          ...when(audience.leads, t('audience.leads')),
          ...when(audience.customers, t('audience.customers')),
          ...ruled(audience.rule),
          ...when(audience.contactIds.length > 0, t('audience.pasteCount', { count: audience.contactIds.length })),
        ],
    without: [
      ...named([...audience.excludeListIds, ...audience.excludeSegmentIds, ...audience.excludeTagIds]),
      ...ruled(audience.excludeRule),
      ...when(exclusions.inRunningCampaign, t('audience.short_running')),
      ...when(
        exclusions.messagedWithinHours !== null,
        t('audience.short_messaged', { count: exclusions.messagedWithinHours ?? 0 }),
      ),
      ...when(exclusions.customers, t('audience.short_customers')),
      ...when(exclusions.unsubscribedFrom !== null, t('audience.short_unsubscribed')),
      ...when(exclusions.withoutConsent, t('audience.short_consent')),
    ],
  }
}
