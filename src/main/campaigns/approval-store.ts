import type { Selectable } from 'kysely'
import type { z } from 'zod'
import { Approval } from '../../shared/contract/campaigns.ts'
import type { Tables } from '../storage/tables.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { Fingerprint } from './fingerprint.ts'

const Summary = Approval.shape.summary
type ApprovalSummary = z.infer<typeof Summary>

/** A request for approval as it is stored. */
export interface StoredApproval {
  readonly id: string
  readonly campaignId: string
  readonly state: 'pending' | 'approved' | 'rejected' | 'void'
  readonly requestedBy: string
  readonly requestedAt: number
  readonly note: string
  readonly decidedBy: string | null
  readonly decidedAt: number | null
  readonly decisionNote: string
  readonly fingerprint: Fingerprint
  readonly summary: ApprovalSummary
}

const COLUMNS = [
  'id',
  'campaign_id',
  'state',
  'requested_by',
  'requested_at',
  'note',
  'decided_by',
  'decided_at',
  'decision_note',
  'fingerprint',
  'summary',
] as const
type Row = Selectable<Tables['approvals']>

const MOST_ROWS = 500

/** The SQL of approvals. */
export const approvalStore = {
  async find(reader: Reader | Tx, id: string): Promise<StoredApproval | null> {
    const row = await reader.selectFrom('approvals').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    return row ? toApproval(row) : null
  },

  /** The newest request of a campaign. */
  async newest(reader: Reader | Tx, campaignId: string): Promise<StoredApproval | null> {
    const row = await reader
      .selectFrom('approvals')
      .select(COLUMNS)
      .where('campaign_id', '=', campaignId)
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return row ? toApproval(row) : null
  },

  /** Pending first, then the newest; at most 500. */
  async list(reader: Reader, state: 'pending' | 'all'): Promise<readonly StoredApproval[]> {
    let query = reader.selectFrom('approvals').select(COLUMNS)
    if (state === 'pending') query = query.where('state', '=', 'pending')
    const rows = await query
      .orderBy(eb => eb.case().when('state', '=', 'pending').then(0).else(1).end())
      .orderBy('requested_at', 'desc')
      .orderBy('id', 'desc')
      .limit(MOST_ROWS)
      .execute()
    return rows.map(toApproval)
  },

  async insert(tx: Tx, approval: StoredApproval): Promise<void> {
    await tx
      .insertInto('approvals')
      .values({
        id: approval.id,
        campaign_id: approval.campaignId,
        state: approval.state,
        requested_by: approval.requestedBy,
        requested_at: approval.requestedAt,
        note: approval.note,
        decided_by: approval.decidedBy,
        decided_at: approval.decidedAt,
        decision_note: approval.decisionNote,
        fingerprint: JSON.stringify(approval.fingerprint),
        summary: JSON.stringify(approval.summary),
      })
      .execute()
  },

  /** Decides a pending request; false when it was decided already. */
  async decide(
    tx: Tx,
    id: string,
    decision: {
      readonly state: 'approved' | 'rejected'
      readonly by: string
      readonly at: number
      readonly note: string
    },
  ): Promise<boolean> {
    const result = await tx
      .updateTable('approvals')
      .set({
        state: decision.state,
        decided_by: decision.by,
        decided_at: decision.at,
        decision_note: decision.note,
      })
      .where('id', '=', id)
      .where('state', '=', 'pending')
      .executeTakeFirst()
    return Number(result.numUpdatedRows) === 1
  },

  /** Makes what is pending or granted for a campaign void, and says why. Returns the ids. */
  async makeVoid(
    tx: Tx,
    campaignId: string,
    reason: { readonly by: string; readonly at: number; readonly note: string },
  ): Promise<readonly string[]> {
    const rows = await tx
      .updateTable('approvals')
      .set({ state: 'void', decided_by: reason.by, decided_at: reason.at, decision_note: reason.note })
      .where('campaign_id', '=', campaignId)
      .where('state', 'in', ['pending', 'approved'])
      .returning('id')
      .execute()
    return rows.map(row => row.id)
  },
}

function toApproval(row: Row): StoredApproval {
  return {
    id: row.id,
    campaignId: row.campaign_id,
    state: row.state,
    requestedBy: row.requested_by,
    requestedAt: row.requested_at,
    note: row.note,
    decidedBy: row.decided_by,
    decidedAt: row.decided_at,
    decisionNote: row.decision_note,
    fingerprint: Fingerprint.parse(JSON.parse(row.fingerprint)),
    summary: Summary.parse(JSON.parse(row.summary)),
  }
}
