import { sql } from 'kysely'
import { Channel } from '../../../shared/contract/define.ts'
import { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import type { Reader, Tx } from '../../storage/transaction.ts'

/** A message that the practice mailbox has captured. */
export interface Captured {
  readonly id: string
  readonly channel: Channel
  readonly receivedAt: number
  readonly from: string
  readonly to: string
  readonly subject: string
  readonly messageRef: string
  readonly behaviour: PracticeBehaviour
  readonly openedAt: number | null
  readonly clickedAt: number | null
}

/** A recipient who has yet to open or click. */
export interface Expected {
  readonly id: string
  readonly messageRef: string
  readonly receivedAt: number
  readonly kind: 'opened' | 'clicked'
}

const COLUMNS = [
  'id',
  'channel',
  'received_at',
  'envelope_from',
  'recipient',
  'subject',
  'message_ref',
  'behaviour',
  'opened_at',
  'clicked_at',
] as const

/** The practice mailbox and its rules. */
export const practiceStore = {
  async insert(tx: Tx, captured: readonly (Captured & { readonly raw: Uint8Array })[]): Promise<void> {
    await tx
      .insertInto('practice_messages')
      .values(
        captured.map(one => ({
          id: one.id,
          channel: one.channel,
          received_at: one.receivedAt,
          envelope_from: one.from,
          recipient: one.to,
          subject: one.subject,
          message_ref: one.messageRef,
          behaviour: one.behaviour,
          opened_at: one.openedAt,
          clicked_at: one.clickedAt,
          raw: one.raw,
        })),
      )
      .execute()
  },

  /** Keeps the newest `keep` messages. */
  async trim(tx: Tx, keep: number): Promise<void> {
    await sql`delete from practice_messages where id in (
      select id from practice_messages order by received_at desc, id desc limit -1 offset ${keep})`.execute(tx)
  },

  async page(
    reader: Reader,
    wish: { readonly search: string; readonly offset: number; readonly limit: number },
  ): Promise<{ rows: Captured[]; total: number }> {
    const like = `%${wish.search.trim().replace(/[\\%_]/g, '\\$&')}%`
    let found = reader.selectFrom('practice_messages')
    if (wish.search.trim() !== '') {
      found = found.where(sql<boolean>`(recipient like ${like} escape '\\' or subject like ${like} escape '\\')`)
    }
    const [rows, { total }] = await Promise.all([
      found
        .select(COLUMNS)
        .orderBy('received_at', 'desc')
        .orderBy('id', 'desc')
        .offset(wish.offset)
        .limit(wish.limit)
        .execute(),
      found.select(eb => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow(),
    ])
    return { rows: rows.map(toCaptured), total }
  },

  async find(reader: Reader, id: string): Promise<(Captured & { readonly raw: Uint8Array }) | null> {
    const row = await reader
      .selectFrom('practice_messages')
      .select([...COLUMNS, 'raw'])
      .where('id', '=', id)
      .executeTakeFirst()
    return row ? { ...toCaptured(row), raw: row.raw } : null
  },

  /** Who has yet to open or to click, from what is stored. */
  async expected(reader: Reader): Promise<Expected[]> {
    const columns = ['id', 'message_ref', 'received_at'] as const
    const opens = await reader
      .selectFrom('practice_messages')
      .select(columns)
      .where(sql<boolean>`behaviour in ('open','click') and opened_at is null`)
      .execute()
    const clicks = await reader
      .selectFrom('practice_messages')
      .select(columns)
      .where(sql<boolean>`behaviour = 'click' and clicked_at is null`)
      .execute()
    const as = (kind: Expected['kind']) => (row: (typeof opens)[number]) => ({
      id: row.id,
      messageRef: row.message_ref,
      receivedAt: row.received_at,
      kind,
    })
    return [...opens.map(as('opened')), ...clicks.map(as('clicked'))]
  },

  /** Writes down when a message was opened or clicked; the first time stays. */
  async mark(tx: Tx, kind: 'opened' | 'clicked', ids: readonly string[], at: number): Promise<void> {
    if (ids.length === 0) return
    await tx
      .updateTable('practice_messages')
      .set(kind === 'opened' ? { opened_at: at } : { clicked_at: at })
      .where('id', 'in', ids)
      .where(kind === 'opened' ? 'opened_at' : 'clicked_at', 'is', null)
      .execute()
  },

  /** A message that has nothing to click is only opened. */
  async expectNoClick(tx: Tx, id: string): Promise<void> {
    await tx.updateTable('practice_messages').set({ behaviour: 'open' }).where('id', '=', id).execute()
  },

  async clear(tx: Tx): Promise<void> {
    await tx.deleteFrom('practice_messages').execute()
  },

  async rules(reader: Reader): Promise<{ address: string; behaviour: PracticeBehaviour }[]> {
    const rows = await reader
      .selectFrom('practice_rules')
      .select(['address_key', 'behaviour'])
      .orderBy('address_key')
      .execute()
    return rows.map(row => ({ address: row.address_key, behaviour: PracticeBehaviour.parse(row.behaviour) }))
  },

  async setRule(tx: Tx, addressKey: string, behaviour: PracticeBehaviour | null): Promise<void> {
    if (behaviour === null) await tx.deleteFrom('practice_rules').where('address_key', '=', addressKey).execute()
    else {
      await tx
        .insertInto('practice_rules')
        .values({ address_key: addressKey, behaviour })
        .onConflict(conflict => conflict.column('address_key').doUpdateSet({ behaviour }))
        .execute()
    }
  },
}

interface CapturedRow {
  readonly id: string
  readonly channel: string
  readonly received_at: number
  readonly envelope_from: string
  readonly recipient: string
  readonly subject: string
  readonly message_ref: string
  readonly behaviour: string
  readonly opened_at: number | null
  readonly clicked_at: number | null
}

function toCaptured(row: CapturedRow): Captured {
  return {
    id: row.id,
    channel: Channel.parse(row.channel),
    receivedAt: row.received_at,
    from: row.envelope_from,
    to: row.recipient,
    subject: row.subject,
    messageRef: row.message_ref,
    behaviour: PracticeBehaviour.parse(row.behaviour),
    openedAt: row.opened_at,
    clickedAt: row.clicked_at,
  }
}
