import type { Findings } from './findings.ts'
import { type LedgerFile, number, numberOrNull, text } from './ledger-file.ts'

export const SUMS = 'audience = sent + failed + skipped + pending + unknown for each campaign'
export const ENDED = 'a campaign that is complete was planned to the end and has nothing pending'
export const ONCE = 'one message for a person and for an address in each step of a campaign'

interface Campaign {
  readonly status: string
  readonly planState: string
  readonly audienceSize: number
  readonly startedAt: number | null
  readonly category: string
}

interface Sums {
  planned: number
  sent: number
  failed: number
  skipped: number
  pending: number
  unknown: number
}

/** Messages of campaigns, counted one by one. */
export interface CampaignSums {
  of(campaignId: string): Campaign | undefined
  add(campaignId: string, state: string): void
  /** Compares the counts with what the campaigns say of themselves. */
  verify(findings: Findings): void
}

const COLUMN: Readonly<Record<string, keyof Omit<Sums, 'planned'>>> = {
  waiting: 'pending',
  ready: 'pending',
  claimed: 'pending',
  attempting: 'pending',
  accepted: 'sent',
  rejected: 'failed',
  unknown: 'unknown',
  skipped: 'skipped',
  cancelled: 'skipped',
}

/** Reads the campaigns; there are few of them. */
export async function readCampaigns(file: LedgerFile): Promise<CampaignSums> {
  const rows = await file.rows(
    `select id, status, plan_state, audience_size, started_at,
       coalesce(frozen ->> '$.draft.category', draft ->> '$.category', 'marketing') as category from campaigns`,
  )
  const campaigns = new Map<string, Campaign>(
    rows.map(row => [
      text(row, 'id'),
      {
        status: text(row, 'status'),
        planState: text(row, 'plan_state'),
        audienceSize: number(row, 'audience_size'),
        startedAt: numberOrNull(row, 'started_at'),
        category: text(row, 'category'),
      },
    ]),
  )
  const sums = new Map<string, Sums>()
  const sumsOf = (id: string): Sums =>
    sums.get(id) ?? { planned: 0, sent: 0, failed: 0, skipped: 0, pending: 0, unknown: 0 }
  return {
    of: id => campaigns.get(id),
    add(campaignId, state) {
      const sum = sumsOf(campaignId)
      const column = COLUMN[state]
      sum.planned += 1
      if (column) sum[column] += 1
      sums.set(campaignId, sum)
    },
    verify(findings) {
      for (const [id, campaign] of campaigns) {
        const { planned, sent, failed, skipped, pending, unknown } = sumsOf(id)
        findings.saw(SUMS, planned)
        findings.saw(ENDED, 1)
        if (campaign.audienceSize !== planned || planned !== sent + failed + skipped + pending + unknown) {
          findings.wrong(
            SUMS,
            id,
            `audience ${campaign.audienceSize}; sent ${sent}, failed ${failed}, skipped ${skipped}, pending ${pending}, unknown ${unknown}`,
          )
        }
        if (campaign.status !== 'completed' || (campaign.planState === 'done' && pending === 0)) continue
        findings.wrong(ENDED, id, `its plan is ${campaign.planState}, and ${pending} messages are pending`)
      }
      for (const id of sums.keys()) if (!campaigns.has(id)) findings.wrong(SUMS, id, 'there is no such campaign')
    },
  }
}

/** Looks for people and addresses with two messages. */
export async function verifyOnce(file: LedgerFile, findings: Findings): Promise<void> {
  // The plus sign keeps SQLite from asking the very index that should make this impossible.
  const twice = await file.rows(
    `select min(id) as id, 'the person has ' || count(*) as why from messages
     group by +campaign_id, +step, +contact_id having count(*) > 1
     union all
     select min(id), 'the address has ' || count(*) from messages where state <> 'skipped'
     group by +campaign_id, +step, +channel, lower(+address) having count(*) > 1
     limit 1`,
  )
  const [total] = await file.rows('select count(*) as n from messages')
  findings.saw(ONCE, number(total ?? {}, 'n'))
  for (const row of twice) findings.wrong(ONCE, text(row, 'id'), text(row, 'why'))
}
