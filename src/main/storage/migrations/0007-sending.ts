import { createHash } from 'node:crypto'
import type { Migration, MigrationTx } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table ledger_seals (
  last_seq integer primary key, first_seq integer not null, rows integer not null, hash text not null, at integer not null
) strict;
create trigger ledger_seals_stay before update on ledger_seals begin select raise(abort, 'a seal is never changed'); end;
create trigger ledger_seals_keep before delete on ledger_seals begin select raise(abort, 'a seal is never deleted'); end;

create table poll_cursors (
  owner text not null, source text not null, cursor text not null, polled_at integer not null, problem text not null,
  primary key (owner, source)
) strict, without rowid;

create table media (
  id text primary key, name text not null, type text not null, bytes integer not null, created_at integer not null
) strict;
`

/** Seals of the ledger, where the polling of providers stands, and the files that messages carry. */
export const m0007Sending: Migration = {
  name: '0007-sending',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
    await sealWhatIsThere(tx)
  },
}

const PART = 5000

/** The rows of a ledger that is older than its seals, sealed as decision 8 says. */
async function sealWhatIsThere(tx: MigrationTx): Promise<void> {
  let previous = ''
  let last = 0
  for (;;) {
    const rows = await tx.rows(
      `select l.seq, l.at, l.kind, l.campaign_id, l.message_id, l.contact_id, l.event_key, l.data
       from ledger l left join campaigns c on c.id = l.campaign_id
       where l.seq > ? and c.is_sample is not 1 order by l.seq limit ?`,
      [last, PART],
    )
    const [first] = rows
    const newest = rows.at(-1)
    if (first === undefined || newest === undefined) return
    const lines = rows.map(row => `${JSON.stringify(Object.values(row))}\n`)
    previous = createHash('sha256')
      .update(`${previous}\n${lines.join('')}`)
      .digest('hex')
    last = Number(newest.seq)
    await tx.run('insert into ledger_seals (last_seq, first_seq, rows, hash, at) values (?, ?, ?, ?, ?)', [
      ...[last, Number(first.seq), rows.length, previous, Number(newest.at)],
    ])
  }
}
