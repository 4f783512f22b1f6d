import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { SegmentField } from '../../../shared/domain/segment-fields.ts'
import { api } from '../../api.ts'
import { useAsk } from '../../lib/requests.ts'
import { useFormats } from '../../lib/use-formats.ts'
import { type CatalogueEntry, conditionCatalogue } from './condition-catalogue.ts'
import type { RuleWords } from './rule-words.ts'

/** Something with a name that rules refer to, and how many people it has where that is known. */
export interface Choice {
  readonly id: string
  readonly name: string
  readonly people: number | null
}

/** What the editor of rules offers: fields, people's lists and tags, campaigns, and what things are called. */
export interface RuleCatalogue {
  readonly isReady: boolean
  readonly total: number
  readonly words: RuleWords
  readonly entries: readonly CatalogueEntry[]
  readonly tags: readonly Choice[]
  readonly lists: readonly Choice[]
  readonly segments: readonly Choice[]
  readonly campaigns: readonly Choice[]
  readonly eventNames: readonly string[]
  readonly currencies: readonly string[]
  readonly sources: readonly string[]
}

const MOST_CAMPAIGNS = 1000
const NO_NAMES: readonly string[] = []

/** Asks for what rules of this workspace can be about; the same answers serve every editor of the window. */
export function useRuleCatalogue(): RuleCatalogue {
  const { t } = useTranslation()
  const formats = useFormats()
  const fields = useAsk('segments.fields', api.segments.fields, {}).data
  const facets = useAsk('contacts.facets', api.contacts.facets, {}).data
  const segments = useAsk('segments.list', api.segments.list, {}).data
  const team = useAsk('team.list', api.team.list, {}).data
  const campaigns = useAsk('campaigns.list', api.campaigns.list, { limit: MOST_CAMPAIGNS }).data
  return useMemo(() => {
    const byName: ReadonlyMap<string, SegmentField> = new Map(fields?.fields.map(field => [field.name, field]))
    const tags = facets?.tags.map(({ id, name, count }) => ({ id, name, people: count })) ?? []
    const lists = facets?.lists.map(({ id, name, count }) => ({ id, name, people: count })) ?? []
    const known = segments?.rows.map(({ id, name, people, countedAt }) => ({
      id,
      name,
      people: countedAt === null ? null : people,
    }))
    const sent = campaigns?.rows.map(({ id, name }) => ({ id, name, people: null })) ?? []
    const members = team?.members ?? []
    const all = [...tags, ...lists, ...(known ?? []), ...sent, ...members]
    const eventNames = fields?.eventNames ?? NO_NAMES
    return {
      isReady: fields !== undefined && facets !== undefined && segments !== undefined,
      total: facets?.total ?? 0,
      words: {
        t,
        formats,
        fields: byName,
        names: new Map(all.map(({ id, name }) => [id, name])),
        currency: fields?.currencies[0] ?? 'EUR',
      },
      entries: conditionCatalogue(t, byName, eventNames),
      tags,
      lists,
      segments: known ?? [],
      campaigns: sent,
      eventNames,
      currencies: fields?.currencies ?? NO_NAMES,
      sources: fields?.sources ?? NO_NAMES,
    }
  }, [t, formats, fields, facets, segments, campaigns, team])
}
