import { notFound } from '../../shared/contract/failure.ts'
import type { Report } from '../../shared/contract/sending.ts'
import type { Accounts } from '../accounts/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Reader } from '../storage/transaction.ts'
import type { Analytics } from './index.ts'
import { channelFigures, costMinor, figures, heat, outcomes, series, topErrors } from './report.ts'
import { reportStore } from './report-store.ts'
import { bucketsFor } from './time-buckets.ts'

const MOST_ERRORS = 10

/** The figures of a workspace. */
export function createAnalytics(parts: DomainParts & { readonly accounts: Accounts }): Analytics {
  const { reader } = parts.storage
  return { handlers: { campaign: ({ campaignId }) => reportOf(reader, parts.accounts, campaignId) } }
}

async function reportOf(reader: Reader, accounts: Accounts, campaignId: string): Promise<Report> {
  const campaign = await reportStore.campaign(reader, campaignId)
  if (!campaign) throw notFound('campaign', campaignId)
  const { timeZone, currency, rates } = await accounts.settings(reader)
  const states = await reportStore.states(reader, campaignId)
  const people = await reportStore.people(reader, campaignId)
  const channels = campaign.further > 0 ? channelFigures(await reportStore.byChannel(reader, campaignId), rates) : []
  const cost =
    campaign.further > 0
      ? channels.reduce((sum, one) => sum + one.costMinor, 0)
      : costMinor(campaign.channel, await reportStore.acceptedUnits(reader, campaignId), rates)
  const span = await reportStore.span(reader, campaignId)
  const start = campaign.startedAt ?? campaign.createdAt
  const buckets = bucketsFor(span?.first ?? start, span?.last ?? start)
  const engagement = await reportStore.quarters(reader, campaignId, 'engagement')
  const heatOf = engagement.length > 0 ? 'engagement' : 'accepted'
  const quarters = engagement.length > 0 ? engagement : await reportStore.quarters(reader, campaignId, 'accepted')
  return {
    ...figures(states, people),
    costMinor: cost,
    channels,
    currency,
    bucketMs: buckets.widthMs,
    overTime: span === null ? [] : series(buckets, await reportStore.overTime(reader, campaignId, buckets)),
    outcomes: outcomes(states),
    heat: heat(quarters, timeZone),
    heatOf,
    topErrors: topErrors(await reportStore.errors(reader, campaignId, MOST_ERRORS)),
  }
}
