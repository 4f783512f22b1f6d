import { type Selectable, sql } from 'kysely'
import type { SegmentRule } from '../../shared/domain/segment-rule.ts'
import type { Tables } from '../storage/tables.ts'
import type { Reader, Tx } from '../storage/transaction.ts'
import { parseRule } from './setting-store.ts'

/** A segment as it is stored. */
export interface StoredSegment {
  readonly no: number
  readonly id: string
  readonly name: string
  readonly description: string
  readonly kind: 'dynamic' | 'static'
  readonly rule: SegmentRule
  readonly version: number
  readonly people: number
  readonly countedAt: number | null
  readonly refresh: 'manual' | 'hourly' | 'daily'
  readonly nextRefreshAt: number | null
  readonly createdBy: string
  readonly createdAt: number
  readonly updatedAt: number
  readonly archivedAt: number | null
}

const COLUMNS = [
  'no',
  'id',
  'name',
  'description',
  'kind',
  'rule',
  'version',
  'members',
  'counted_at',
  'refresh',
  'next_refresh_at',
  'created_by',
  'created_at',
  'updated_at',
  'archived_at',
] as const
type Row = Pick<Selectable<Tables['segments']>, (typeof COLUMNS)[number]>

/** What uses a segment. */
export interface StoredUse {
  readonly kind: 'campaign' | 'segment'
  readonly id: string
  readonly name: string
  readonly status: string
}

/** The SQL of segments themselves; who is in them is in membership-store. */
export const recordStore = {
  async find(reader: Reader | Tx, id: string): Promise<StoredSegment | null> {
    const row = await reader.selectFrom('segments').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    return row ? fromRow(row) : null
  },

  async all(reader: Reader, archived: boolean): Promise<readonly StoredSegment[]> {
    const rows = await reader
      .selectFrom('segments')
      .select(COLUMNS)
      .where('archived_at', archived ? 'is not' : 'is', null)
      .orderBy('name_key')
      .limit(2000)
      .execute()
    return rows.map(fromRow)
  },

  async nameTaken(tx: Tx, nameKey: string, exceptId: string): Promise<boolean> {
    const row = await tx
      .selectFrom('segments')
      .select('id')
      .where('name_key', '=', nameKey)
      .where('id', '<>', exceptId)
      .executeTakeFirst()
    return row !== undefined
  },

  async insert(tx: Tx, row: Omit<Tables['segments'], 'no'>): Promise<void> {
    await tx.insertInto('segments').values(row).execute()
  },

  async update(
    tx: Tx,
    id: string,
    changes: Partial<
      Pick<
        Tables['segments'],
        | 'name'
        | 'name_key'
        | 'description'
        | 'rule'
        | 'version'
        | 'refresh'
        | 'next_refresh_at'
        | 'updated_at'
        | 'archived_at'
        | 'members'
        | 'counted_at'
      >
    >,
  ): Promise<void> {
    await tx.updateTable('segments').set(changes).where('id', '=', id).execute()
  },

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.deleteFrom('segments').where('id', '=', id).execute()
  },

  /** Campaigns and segments in whose text the id stands: ids are long and made by chance, so nothing else contains one. */
  async uses(reader: Reader | Tx, id: string): Promise<readonly StoredUse[]> {
    const { rows } = await sql<StoredUse>`
      select 'campaign' as kind, id, name, status, 1 as place from campaigns
        where instr(draft, ${id}) > 0 or instr(coalesce(frozen, ''), ${id}) > 0
      union all
      select 'segment', id, name, '', 2 from segments where instr(rule, ${id}) > 0 and archived_at is null
      order by place, name`.execute(reader)
    return rows.map(({ kind, id: user, name, status }) => ({ kind, id: user, name, status }))
  },

  /** Entries and exits since an instant, by segment. */
  async movesSince(
    reader: Reader,
    since: number,
  ): Promise<ReadonlyMap<number, { readonly entered: number; readonly left: number }>> {
    const { rows } = await sql<{ no: number; entered: number; left: number }>`
      select s.no, (select count(*) from segment_moves m where m.segment_no = s.no and m.at >= ${since} and m.kind = 'entered') as entered,
        (select count(*) from segment_moves m where m.segment_no = s.no and m.at >= ${since} and m.kind = 'left') as "left"
      from segments s`.execute(reader)
    return new Map(rows.map(row => [row.no, row]))
  },

  /** Dynamic segments that are written down by themselves. */
  async refreshed(reader: Reader): Promise<readonly { readonly id: string }[]> {
    return reader
      .selectFrom('segments')
      .select('id')
      .where('kind', '=', 'dynamic')
      .where('refresh', '<>', 'manual')
      .where('archived_at', 'is', null)
      .execute()
  },

  async nextDueAt(reader: Reader): Promise<number | null> {
    const row = await reader
      .selectFrom('segments')
      .select(eb => eb.fn.min('next_refresh_at').as('at'))
      .where('next_refresh_at', 'is not', null)
      .where('archived_at', 'is', null)
      .executeTakeFirst()
    return row?.at ?? null
  },

  async due(
    tx: Tx,
    now: number,
  ): Promise<readonly { readonly id: string; readonly refresh: 'manual' | 'hourly' | 'daily' }[]> {
    return tx
      .selectFrom('segments')
      .select(['id', 'refresh'])
      .where('next_refresh_at', '<=', now)
      .where('archived_at', 'is', null)
      .execute()
  },
}

function fromRow(row: Row): StoredSegment {
  return {
    no: row.no,
    id: row.id,
    name: row.name,
    description: row.description,
    kind: row.kind,
    rule: parseRule(row.rule),
    version: row.version,
    people: row.members,
    countedAt: row.counted_at,
    refresh: row.refresh,
    nextRefreshAt: row.next_refresh_at,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    archivedAt: row.archived_at,
  }
}
