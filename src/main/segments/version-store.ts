import type { SegmentRule } from '../../shared/domain/segment-rule.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { parseRule } from './setting-store.ts'

/** A segment as somebody saved it. */
export interface StoredVersion {
  readonly version: number
  readonly name: string
  readonly rule: SegmentRule
  readonly savedBy: string
  readonly savedAt: number
}

// A rule that is saved every day keeps a year and more.
const KEPT = 500

/** The SQL of versions of segments. */
export const versionStore = {
  /** Keeps the segment as it is stored now; the oldest of very many go. */
  async keep(tx: Tx, segmentId: string, savedBy: string, savedAt: number): Promise<void> {
    const segment = await tx
      .selectFrom('segments')
      .select(['no', 'version', 'name', 'rule'])
      .where('id', '=', segmentId)
      .executeTakeFirstOrThrow()
    const { no: segment_no, version, name, rule } = segment
    await tx
      .insertInto('segment_versions')
      .values({ segment_no, version, name, rule, saved_by: savedBy, saved_at: savedAt })
      .execute()
    await tx
      .deleteFrom('segment_versions')
      .where('segment_no', '=', segment_no)
      .where('version', '<=', version - KEPT)
      .execute()
  },

  /** Every version before `before` that is kept, newest first. */
  async page(reader: Reader, segmentNo: number, before: number, limit: number): Promise<readonly StoredVersion[]> {
    const rows = await reader
      .selectFrom('segment_versions')
      .select(['version', 'name', 'rule', 'saved_by as savedBy', 'saved_at as savedAt'])
      .where('segment_no', '=', segmentNo)
      .where('version', '<', before)
      .orderBy('version', 'desc')
      .limit(limit)
      .execute()
    return rows.map(row => ({ ...row, rule: parseRule(row.rule) }))
  },

  async rule(reader: Reader, segmentNo: number, version: number): Promise<SegmentRule | null> {
    const row = await reader
      .selectFrom('segment_versions')
      .select('rule')
      .where('segment_no', '=', segmentNo)
      .where('version', '=', version)
      .executeTakeFirst()
    return row ? parseRule(row.rule) : null
  },
}
