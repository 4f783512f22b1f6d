import { type Selectable, sql } from 'kysely'
import { CampaignDraft } from '../../shared/contract/campaigns.ts'
import type { Channel } from '../../shared/contract/define.ts'
import type { CampaignStatus } from '../../shared/domain/campaign-status.ts'
import type { Tables } from '../storage/tables.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { FrozenCampaign } from './frozen-campaign.ts'
import type { CampaignState } from './index.ts'

/** A campaign as it is stored. */
export interface StoredCampaign extends CampaignState {
  readonly draft: CampaignDraft
  readonly statusReason: string
  readonly isSample: boolean
  readonly sendAt: number | null
  readonly createdBy: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly startedAt: number | null
  readonly completedAt: number | null
}

/** What a campaign's messages add up to. */
export interface CampaignCounts {
  readonly audience: number
  readonly sent: number
  readonly failed: number
  readonly skipped: number
  readonly pending: number
  readonly unknown: number
  readonly opened: number
  readonly clicked: number
}

const COLUMNS = [
  'id',
  'name',
  'channel',
  'status',
  'draft',
  'frozen',
  'sender_id',
  'send_at',
  'plan_state',
  'plan_cursor',
  'audience_size',
  'status_reason',
  'is_sample',
  'created_by',
  'created_at',
  'updated_at',
  'started_at',
  'completed_at',
] as const
type Row = Pick<Selectable<Tables['campaigns']>, (typeof COLUMNS)[number]>

/** A campaign as the list shows it: without its draft, which can be large. */
interface ListedCampaign {
  readonly id: string
  readonly name: string
  readonly channel: Channel
  readonly status: CampaignStatus
  readonly sendAt: number | null
  readonly createdBy: string
  readonly updatedAt: number
}

/** What a move changes besides the status. */
export interface MoveColumns {
  readonly status: CampaignStatus
  readonly status_reason: string
  readonly updated_at: number
  readonly started_at?: number
  readonly completed_at?: number
}

/** The SQL of campaigns. */
export const campaignStore = {
  async find(reader: Reader | Tx, id: string): Promise<StoredCampaign | null> {
    const row = await reader.selectFrom('campaigns').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    return row ? toCampaign(row) : null
  },

  async listByStatus(reader: Reader | Tx, statuses: readonly CampaignStatus[]): Promise<readonly StoredCampaign[]> {
    if (statuses.length === 0) return []
    const rows = await reader
      .selectFrom('campaigns')
      .select(COLUMNS)
      .where('status', 'in', [...statuses])
      .orderBy('id')
      .execute()
    return rows.map(toCampaign)
  },

  async page(
    reader: Reader,
    filter: {
      readonly status: CampaignStatus | null
      readonly search: string
      readonly offset: number
      readonly limit: number
    },
  ): Promise<{ readonly rows: readonly ListedCampaign[]; readonly total: number }> {
    let query = reader.selectFrom('campaigns')
    if (filter.status) query = query.where('status', '=', filter.status)
    if (filter.search.trim() !== '') {
      const wanted = `%${filter.search.trim().replace(/[\\%_]/g, mark => `\\${mark}`)}%`
      query = query.where(sql<boolean>`name like ${wanted} escape '\\'`)
    }
    const rows = await query
      .select([
        'id',
        'name',
        'channel',
        'status',
        'send_at as sendAt',
        'created_by as createdBy',
        'updated_at as updatedAt',
      ])
      .orderBy('updated_at', 'desc')
      .orderBy('id', 'desc')
      .offset(filter.offset)
      .limit(filter.limit)
      .execute()
    const { total } = await query.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    return { rows, total }
  },

  /** Counts of several campaigns: one grouped query over messages, one over what came back. */
  async counts(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, CampaignCounts>> {
    if (ids.length === 0) return new Map()
    const states = await reader
      .selectFrom('messages')
      .select(['campaign_id', 'state', eb => eb.fn.countAll<number>().as('count')])
      .where('campaign_id', 'in', [...ids])
      .groupBy(['campaign_id', 'state'])
      .execute()
    const { rows: reactions } = await sql<{ id: string; opened: number; clicked: number }>`
      select campaign_id as id, count(distinct message_id) as opened,
        count(distinct case when kind = 'clicked' then message_id end) as clicked
      from ledger where campaign_id in (select value from json_each(${JSON.stringify(ids)}))
        and kind in ('opened','clicked') group by campaign_id`.execute(reader)
    const of = (id: string, wanted: readonly string[]): number =>
      states.reduce((sum, row) => sum + (row.campaign_id === id && wanted.includes(row.state) ? row.count : 0), 0)
    return new Map(
      ids.map(id => {
        const reaction = reactions.find(row => row.id === id)
        return [
          id,
          {
            audience: states.reduce((sum, row) => sum + (row.campaign_id === id ? row.count : 0), 0),
            sent: of(id, ['accepted']),
            failed: of(id, ['rejected']),
            skipped: of(id, ['skipped', 'cancelled']),
            pending: of(id, ['waiting', 'ready', 'claimed', 'attempting']),
            unknown: of(id, ['unknown']),
            opened: reaction?.opened ?? 0,
            clicked: reaction?.clicked ?? 0,
          },
        ]
      }),
    )
  },

  async insert(
    tx: Tx,
    campaign: { readonly id: string; readonly name: string; readonly draft: CampaignDraft; readonly now: number },
    by: string,
  ): Promise<void> {
    await tx
      .insertInto('campaigns')
      .values({
        id: campaign.id,
        name: campaign.name,
        channel: campaign.draft.channel,
        status: 'draft',
        draft: JSON.stringify(campaign.draft),
        frozen: null,
        sender_id: null,
        send_at: null,
        plan_state: 'none',
        plan_cursor: '',
        audience_size: 0,
        status_reason: '',
        is_sample: 0,
        created_by: by,
        created_at: campaign.now,
        updated_at: campaign.now,
        started_at: null,
        completed_at: null,
      })
      .execute()
  },

  async saveDraft(tx: Tx, id: string, name: string, draft: CampaignDraft, now: number): Promise<void> {
    await tx
      .updateTable('campaigns')
      .set({ name, draft: JSON.stringify(draft), updated_at: now })
      .where('id', '=', id)
      .execute()
  },

  async move(tx: Tx, id: string, columns: MoveColumns): Promise<void> {
    await tx.updateTable('campaigns').set(columns).where('id', '=', id).execute()
  },

  /** Fixes what is sent. The account's row exists: foreign key. */
  async freeze(tx: Tx, id: string, frozen: FrozenCampaign, sendAt: number): Promise<void> {
    await tx
      .updateTable('campaigns')
      .set({ frozen: JSON.stringify(frozen), sender_id: frozen.senderId, send_at: sendAt })
      .where('id', '=', id)
      .execute()
  },

  async thaw(tx: Tx, id: string): Promise<void> {
    await tx
      .updateTable('campaigns')
      .set({ frozen: null, sender_id: null, send_at: null })
      .where('id', '=', id)
      .execute()
  },

  async savePlan(
    tx: Tx,
    id: string,
    plan: { readonly state: 'planning' | 'done'; readonly cursor: string; readonly audience: number },
  ): Promise<void> {
    await tx
      .updateTable('campaigns')
      .set(eb => ({
        plan_state: plan.state,
        plan_cursor: plan.cursor,
        audience_size: eb('audience_size', '+', plan.audience),
      }))
      .where('id', '=', id)
      .execute()
  },

  async hasMessages(tx: Tx, id: string): Promise<boolean> {
    const row = await tx.selectFrom('messages').select('id').where('campaign_id', '=', id).limit(1).executeTakeFirst()
    return row !== undefined
  },

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('campaigns').where('id', '=', id).execute()
  },
}

function toCampaign(row: Row): StoredCampaign {
  const draft = CampaignDraft.parse(JSON.parse(row.draft))
  const frozen = row.frozen === null ? null : FrozenCampaign.parse(JSON.parse(row.frozen))
  return {
    id: row.id,
    name: row.name,
    channel: row.channel,
    status: row.status,
    statusReason: row.status_reason,
    draft,
    frozen,
    senderId: row.sender_id,
    planState: row.plan_state,
    planCursor: row.plan_cursor,
    ratePerSecond: (frozen?.draft ?? draft).ratePerSecond,
    isSample: row.is_sample === 1,
    sendAt: row.send_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    startedAt: row.started_at,
    completedAt: row.completed_at,
  }
}
