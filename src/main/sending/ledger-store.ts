import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../storage/transaction.ts'
import type { LedgerEntry } from './index.ts'
import { FIRST_SEAL, type SealedRow, sealOf } from './ledger-chain.ts'

/** The newest seal: up to which row, and what it says. */
interface Head {
  readonly lastSeq: number
  readonly hash: string
}

// A seal is made from rows in memory: some 2 MB.
const PART = 5000

/**
 * The only writes to the ledger. What a transaction appends it seals, so that the chain is whole at every commit. Rows of a
 * sample campaign stay outside of the chain, because they may be deleted; that a campaign is a sample never changes.
 */
export const ledgerStore = {
  /** Appends; an entry whose key is known already is left as it was. */
  async append(tx: Tx, entries: readonly LedgerEntry[]): Promise<void> {
    for (let from = 0; from < entries.length; from += PART) await appendPart(tx, entries.slice(from, from + PART))
  },

  /**
   * Appends what a SELECT of (at, kind, campaign_id, message_id, contact_id, event_key, data) finds; it must have a WHERE.
   * An entry whose key is known already is left as it was.
   */
  async appendFrom(tx: Tx, select: RawBuilder<unknown>): Promise<void> {
    const { numAffectedRows } = await sql`
      insert into ledger (at, kind, campaign_id, message_id, contact_id, event_key, data) ${select}
      on conflict (event_key) do nothing`.execute(tx)
    if ((numAffectedRows ?? 0n) > 0n) await sealRest(tx)
  },
}

async function appendPart(tx: Tx, entries: readonly LedgerEntry[]): Promise<void> {
  const rows = entries.map(({ at, kind, campaignId, messageId, contactId, eventKey, data }) => ({
    ...{ at, kind, campaignId, messageId, contactId, eventKey, data: JSON.stringify(data) },
  }))
  const values = JSON.stringify(rows.map(row => Object.values(row)))
  const insertion = sql`
    insert into ledger (at, kind, campaign_id, message_id, contact_id, event_key, data)
    select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
    from json_each(${values}) where true
    on conflict (event_key) do nothing`
  // Both at once: the second costs no round trip of its own.
  const [inserted, head] = await Promise.allSettled([insertion.execute(tx), headOf(tx, entries)])
  if (inserted.status === 'rejected') throw inserted.reason
  if (head.status === 'rejected') throw head.reason
  const { numAffectedRows = 0n, insertId = 0n } = inserted.value
  if (numAffectedRows === 0n) return
  // Some were known, or some belong to a sample: what was written is read back.
  if (numAffectedRows !== BigInt(rows.length) || head.value.hasSample) {
    await sealRest(tx)
    return
  }
  // A statement numbers its rows one after the other.
  const first = Number(insertId) - rows.length + 1
  const sealed = rows.map((row, n) => ({ ...row, seq: first + n }))
  await seal(tx, head.value, sealed)
}

/** Seals what is not sealed yet, in parts. */
async function sealRest(tx: Tx): Promise<void> {
  let head: Head = await headOf(tx)
  for (;;) {
    const { rows } = await sql<SealedRow>`
      select l.seq, l.at, l.kind, l.campaign_id as "campaignId", l.message_id as "messageId", l.contact_id as "contactId",
        l.event_key as "eventKey", l.data
      from ledger l left join campaigns c on c.id = l.campaign_id
      where l.seq > ${head.lastSeq} and c.is_sample is not 1 order by l.seq limit ${PART}`.execute(tx)
    head = await seal(tx, head, rows)
    if (rows.length < PART) return
  }
}

/** The newest seal, and whether one of the entries is of a sample campaign. */
async function headOf(tx: Tx, entries: readonly LedgerEntry[] = []): Promise<Head & { readonly hasSample: boolean }> {
  const campaigns = JSON.stringify([...new Set(entries.map(entry => entry.campaignId))])
  const { rows } = await sql<{ lastSeq: number | null; hash: string | null; sample: number }>`
    select newest.last_seq as "lastSeq", newest.hash, exists (select 1 from json_each(${campaigns}) as asked
      cross join campaigns c on c.id = asked.value where c.is_sample = 1) as sample
    from (select 1) left join (select last_seq, hash from ledger_seals order by last_seq desc limit 1) as newest`.execute(
    tx,
  )
  const [row] = rows
  return { lastSeq: row?.lastSeq ?? 0, hash: row?.hash ?? FIRST_SEAL, hasSample: row?.sample === 1 }
}

async function seal(tx: Tx, head: Head, rows: readonly SealedRow[]): Promise<Head> {
  const [first] = rows
  const last = rows.at(-1)
  if (first === undefined || last === undefined) return head
  const next = { lastSeq: last.seq, hash: sealOf(head.hash, rows) }
  const { numAffectedRows } = await sql`
    insert into ledger_seals (last_seq, first_seq, rows, hash, at)
    select ${next.lastSeq}, ${first.seq}, ${rows.length}, ${next.hash}, ${last.at}
    where not exists (select 1 from ledger_seals where last_seq > ${head.lastSeq})`.execute(tx)
  if (numAffectedRows !== 1n)
    throw new Error(`two seals follow row ${head.lastSeq} of the ledger: it was appended to twice at once`)
  return next
}
