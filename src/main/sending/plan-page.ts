import type { CampaignMode } from '../../shared/contract/campaigns.ts'
import type { CampaignStep } from '../campaigns/index.ts'
import type { AudienceMember } from '../segments/index.ts'

/** What is planned for one channel of a page of people; `waits` is for the channel before it. */
export interface StepPage {
  readonly step: CampaignStep
  readonly members: readonly PlannedMember[]
}

/** A member of the audience on one channel, and whether her message waits there. */
export interface PlannedMember extends AudienceMember {
  readonly waits: boolean
}

/** A page of people on every channel, and where the next one begins. */
export interface PeoplePage {
  readonly pages: readonly (readonly AudienceMember[])[]
  readonly cursor: string
  readonly isLast: boolean
}

/**
 * Brings pages of the audience, one for each channel and read after the same cursor, to the same people: exclusions may differ
 * by channel, so a full page ends at another person on each. Nobody is cut in two.
 */
export function alignPages(pages: readonly (readonly AudienceMember[])[], size: number, after: string): PeoplePage {
  const lasts = pages.map(page => page.at(-1)?.contactId ?? after)
  const ends = lasts.filter((_, n) => (pages[n]?.length ?? 0) >= size).sort()
  const cursor = ends[0] ?? lasts.toSorted().at(-1) ?? after
  return {
    pages: pages.map(page => page.filter(member => member.contactId <= cursor)),
    cursor,
    isLast: ends.length === 0,
  }
}

/** Who begins and who waits: where channels follow each other, the first on which she can be reached begins. */
export function withTurns(
  mode: CampaignMode,
  steps: readonly CampaignStep[],
  pages: readonly (readonly AudienceMember[])[],
): readonly StepPage[] {
  const begun = new Set<string>()
  return steps.map((step, n) => ({
    step,
    members: (pages[n] ?? []).map(member => {
      if (member.skip !== null || mode === 'single' || mode === 'all') return { ...member, waits: false }
      const waits = begun.has(member.contactId)
      begun.add(member.contactId)
      return { ...member, waits }
    }),
  }))
}
