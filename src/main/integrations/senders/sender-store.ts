import { sql } from 'kysely'
import { z } from 'zod'
import type { Channel } from '../../../shared/contract/define.ts'
import { SenderLimits, SenderSettings } from '../../../shared/contract/sender-settings.ts'
import type { Sender } from '../../../shared/contract/senders.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** An account as it is stored. */
export interface StoredSender {
  readonly id: string
  readonly channel: Channel
  readonly provider: string
  readonly name: string
  readonly settings: SenderSettings
  readonly limits: SenderLimits
  readonly state: Sender['state']
  readonly stateReason: string
  readonly backingOffUntil: number | null
  readonly isDefault: boolean
  readonly secretNames: string[]
}

/** How busy an account is. */
export interface SenderLoad {
  readonly sentLastHour: number
  readonly sentLastDay: number
  readonly waiting: number
  /** Why its provider could not be asked what became of messages; empty when it could. */
  readonly pollProblem: string
}

const COLUMNS = [
  'senders.id',
  'senders.channel',
  'senders.provider',
  'senders.name',
  'senders.settings',
  'senders.limits',
  'senders.state',
  'senders.state_reason',
  'senders.backing_off_until',
  'senders.is_default',
] as const

/** The SQL of accounts. */
export const senderStore = {
  /** All accounts in use, the oldest first. */
  async list(reader: Reader): Promise<StoredSender[]> {
    const rows = await inUse(reader).orderBy('senders.created_at').orderBy('senders.id').execute()
    return rows.map(toSender)
  },

  async find(reader: Reader, id: string): Promise<StoredSender | null> {
    const row = await inUse(reader).where('senders.id', '=', id).executeTakeFirst()
    return row ? toSender(row) : null
  },

  /** The account that a channel uses unless told otherwise; the oldest where none was chosen. */
  async findDefault(reader: Reader, channel: Channel): Promise<StoredSender | null> {
    const row = await inUse(reader)
      .where('senders.channel', '=', channel)
      .orderBy('senders.is_default', 'desc')
      .orderBy('senders.created_at')
      .orderBy('senders.id')
      .limit(1)
      .executeTakeFirst()
    return row ? toSender(row) : null
  },

  /** Adds an account; an id that is there already is left as it is. Returns whether it is new. */
  async insert(
    tx: Tx,
    sender: Pick<StoredSender, 'id' | 'channel' | 'name' | 'settings' | 'limits' | 'isDefault'>,
    now: number,
  ): Promise<boolean> {
    const result = await tx
      .insertInto('senders')
      .values({
        id: sender.id,
        channel: sender.channel,
        provider: sender.settings.provider,
        name: sender.name,
        settings: JSON.stringify(sender.settings),
        limits: JSON.stringify(sender.limits),
        state: 'running',
        state_reason: '',
        backing_off_until: null,
        is_default: sender.isDefault ? 1 : 0,
        created_at: now,
        updated_at: now,
        archived_at: null,
      })
      .onConflict(conflict => conflict.doNothing())
      .executeTakeFirst()
    return Number(result.numInsertedOrUpdatedRows ?? 0) > 0
  },

  async update(tx: Tx, sender: Pick<StoredSender, 'id' | 'name' | 'settings' | 'limits'>, now: number): Promise<void> {
    await tx
      .updateTable('senders')
      .set({
        name: sender.name,
        settings: JSON.stringify(sender.settings),
        limits: JSON.stringify(sender.limits),
        updated_at: now,
      })
      .where('id', '=', sender.id)
      .execute()
  },

  async setState(
    tx: Tx,
    id: string,
    state: Pick<StoredSender, 'state' | 'stateReason' | 'backingOffUntil'>,
    now: number,
  ): Promise<void> {
    await tx
      .updateTable('senders')
      .set({
        state: state.state,
        state_reason: state.stateReason,
        backing_off_until: state.backingOffUntil,
        updated_at: now,
      })
      .where('id', '=', id)
      .execute()
  },

  async makeDefault(tx: Tx, id: string, channel: Channel): Promise<void> {
    await tx
      .updateTable('senders')
      .set(eb => ({ is_default: eb.case().when('id', '=', id).then(1).else(0).end() }))
      .where('channel', '=', channel)
      .execute()
  },

  /** Takes an account out of use and forgets its secrets; what was sent by it stays on record. */
  async archive(tx: Tx, id: string, now: number): Promise<void> {
    await tx.updateTable('senders').set({ archived_at: now, is_default: 0 }).where('id', '=', id).execute()
    await tx.deleteFrom('secrets').where('owner', '=', id).execute()
  },

  /** Names of the campaigns that are about to send, or are sending, by an account. */
  async campaignsUsing(reader: Reader, id: string): Promise<string[]> {
    const rows = await reader
      .selectFrom('campaigns')
      .select('name')
      .where('sender_id', '=', id)
      .where('status', 'in', ['scheduled', 'running', 'paused'])
      .orderBy('name')
      .limit(20)
      .execute()
    return rows.map(row => row.name)
  },

  /** How much went out by each account in the last hour and the last 24, how much waits, and what keeps its events from being read. */
  async loads(reader: Reader, now: number): Promise<ReadonlyMap<string, SenderLoad>> {
    const hourAgo = now - 3_600_000
    const dayAgo = now - 86_400_000
    const rows = await sql<{ id: string; hour: number; day: number; waiting: number; problem: string }>`
      select s.id as id,
        (select count(*) from attempts a
          where a.sender_id = s.id and a.started_at > ${hourAgo} and a.outcome = 'accepted') as hour,
        (select count(*) from attempts a
          where a.sender_id = s.id and a.started_at > ${dayAgo} and a.outcome = 'accepted') as day,
        (select count(*) from messages m where m.sender_id = s.id and m.state = 'ready')
          + (select count(*) from messages m where m.sender_id = s.id and m.state in ('claimed','attempting')) as waiting,
        coalesce((select p.problem from poll_cursors p where p.owner = s.id and p.source = 'events'), '') as problem
      from senders s where s.archived_at is null`.execute(reader)
    return new Map(
      rows.rows.map(row => [
        row.id,
        { sentLastHour: row.hour, sentLastDay: row.day, waiting: row.waiting, pollProblem: row.problem },
      ]),
    )
  },
}

function inUse(reader: Reader) {
  return reader
    .selectFrom('senders')
    .select([
      ...COLUMNS,
      sql<string>`(select json_group_array(name) from secrets where owner = senders.id)`.as('secret_names'),
    ])
    .where('senders.archived_at', 'is', null)
}

interface SenderRow {
  readonly id: string
  readonly channel: Channel
  readonly provider: string
  readonly name: string
  readonly settings: string
  readonly limits: string
  readonly state: Sender['state']
  readonly state_reason: string
  readonly backing_off_until: number | null
  readonly is_default: number
  readonly secret_names: string
}

const Stored = z.object({ settings: SenderSettings, limits: SenderLimits, secretNames: z.array(z.string()) })

function toSender(row: SenderRow): StoredSender {
  const parsed: unknown = {
    settings: JSON.parse(row.settings),
    limits: JSON.parse(row.limits),
    secretNames: JSON.parse(row.secret_names),
  }
  return {
    id: row.id,
    channel: row.channel,
    provider: row.provider,
    name: row.name,
    ...Stored.parse(parsed),
    state: row.state,
    stateReason: row.state_reason,
    backingOffUntil: row.backing_off_until,
    isDefault: row.is_default === 1,
  }
}
