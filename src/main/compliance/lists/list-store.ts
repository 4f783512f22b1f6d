import { sql } from 'kysely'
import { z } from 'zod'
import { type Channel, PersonChannel } from '../../../shared/contract/define.ts'
import type { ListTerms } from '../../../shared/contract/suppression-lists.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** A new list and where its lines are. */
export interface NewList {
  readonly id: string
  readonly terms: ListTerms
  readonly fileName: string
  readonly token: string
  readonly by: string
  readonly at: number
}

/** What a step of a list did. */
export interface ListStep {
  readonly cursor: number
  readonly rows: number
  readonly added: number
  readonly known: number
  readonly rejected: number
}

const Channels = z.array(PersonChannel)
const COLUMNS = [
  'no',
  'id',
  'name',
  'file_name as fileName',
  'state',
  'reason',
  'channels',
  'list_date as listDate',
  'valid_until as validUntil',
  'note',
  'stored_path as token',
  'cursor',
  'rows',
  'added',
  'known',
  'rejected',
  'created_by as createdBy',
  'created_at as createdAt',
] as const

/** The SQL of lists of suppressions. */
export const listStore = {
  async insert(tx: Tx, { id, terms, fileName, token, by, at }: NewList): Promise<void> {
    await tx
      .insertInto('suppression_lists')
      .values({
        id,
        name: terms.name,
        file_name: fileName,
        state: 'running',
        reason: terms.reason,
        channels: JSON.stringify(terms.channels),
        list_date: terms.listDate,
        valid_until: terms.validUntil,
        note: terms.note,
        stored_path: token,
        cursor: 0,
        rows: 0,
        added: 0,
        known: 0,
        rejected: 0,
        rejects: '[]',
        error: '',
        created_by: by,
        created_at: at,
      })
      .execute()
  },

  async all(reader: Reader) {
    const rows = await reader.selectFrom('suppression_lists').select(COLUMNS).orderBy('no', 'desc').limit(500).execute()
    return rows.map(row => ({ ...row, channels: Channels.parse(JSON.parse(row.channels)) }))
  },

  async find(reader: Reader, id: string) {
    const row = await reader.selectFrom('suppression_lists').select(COLUMNS).where('id', '=', id).executeTakeFirst()
    return row && { ...row, channels: Channels.parse(JSON.parse(row.channels)) }
  },

  /** Suppresses addresses and returns how many are new; one that is suppressed for the same reason stays as it is. */
  async suppress(
    tx: Tx,
    list: {
      readonly no: number
      readonly reason: string
      readonly name: string
      readonly note: string
      readonly at: number
    },
    rows: readonly (readonly [channel: Channel, key: string])[],
  ): Promise<number> {
    const result = await sql`
      insert into suppressions (channel, address_key, reason, source, contact_id, campaign_id, note, created_at, list_no)
      select value ->> 0, value ->> 1, ${list.reason}, ${`list “${list.name}”`},
        (select id from contacts where iif(asked.value ->> 0 = 'email', email_key = asked.value ->> 1, 0)
         union all select id from contacts where iif(asked.value ->> 0 = 'email', 0, phone = asked.value ->> 1) limit 1),
        null, ${list.note}, ${list.at}, ${list.no}
      from json_each(${JSON.stringify(rows)}) as asked where true
      on conflict do nothing`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
  },

  /** Unsubscribes from their lists those whose e-mail addresses came in as unsubscribed or complaining. */
  async leaveLists(tx: Tx, keys: readonly string[], at: number): Promise<void> {
    const asked = JSON.stringify(keys)
    await sql`update list_members set status = 'unsubscribed', changed_at = ${at}
      where status in ('active', 'bounced') and contact_no in (
        select c.no from json_each(${asked}) as asked cross join contacts c on c.email_key = asked.value)`.execute(tx)
  },

  async step(tx: Tx, no: number, step: ListStep): Promise<void> {
    const { cursor, rows, added, known, rejected } = step
    await sql`update suppression_lists set cursor = ${cursor}, rows = rows + ${rows}, added = added + ${added},
      known = known + ${known}, rejected = rejected + ${rejected} where no = ${no}`.execute(tx)
  },

  async end(tx: Tx, no: number, state: 'done' | 'failed' | 'undone', at: number): Promise<void> {
    await tx.updateTable('suppression_lists').set({ state, ended_at: at }).where('no', '=', no).execute()
  },

  /** Takes back what a list added. */
  async takeBack(tx: Tx, no: number): Promise<number> {
    const result = await sql`delete from suppressions where list_no = ${no}`.execute(tx)
    return Number(result.numAffectedRows ?? 0n)
  },

  /** Suppressions after a place, in order of channel, address and reason. */
  async after(reader: Reader, place: readonly [string, string, string], limit: number) {
    const [channel, key, reason] = place
    const { rows } = await sql<{
      channel: string
      address: string
      reason: string
      source: string
      note: string
      at: number
    }>`select channel, address_key as address, reason, source, note, created_at as at from suppressions
      where (channel, address_key, reason) > (${channel}, ${key}, ${reason})
      order by channel, address_key, reason limit ${limit}`.execute(reader)
    return rows
  },
}
