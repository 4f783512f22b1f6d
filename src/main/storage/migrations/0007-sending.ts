import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table ledger_seals (
  last_seq integer primary key, first_seq integer not null, rows integer not null, hash text not null, at integer not null
) strict;
create trigger ledger_seals_stay before update on ledger_seals begin select raise(abort, 'a seal is never changed'); end;

create table poll_cursors (
  owner text not null, source text not null, cursor text not null, polled_at integer not null, problem text not null,
  primary key (owner, source)
) strict, without rowid;

create table mailboxes (
  id text primary key, name text not null, settings text not null,
  state text not null check (state in ('running','paused','failing')), state_reason text not null,
  created_at integer not null, updated_at integer not null, archived_at integer
) strict;
create table mailbox_messages (
  seq integer primary key autoincrement, mailbox_id text not null references mailboxes, uid_validity integer not null,
  uid integer not null, received_at integer not null, kind text not null
    check (kind in ('bounce','complaint','auto_reply','reply','unsubscribe','other')),
  message_key text not null, from_address text not null, subject text not null, message_id text, contact_id text,
  class text not null, detail text not null, handled text not null,
  unique (mailbox_id, uid_validity, uid)
) strict;
create index mailbox_messages_recent on mailbox_messages (received_at, seq);
create unique index mailbox_messages_key on mailbox_messages (mailbox_id, message_key);
`

/** Seals of the ledger, what is asked of providers, and the mailboxes that bounces and replies come to. */
export const m0007Sending: Migration = {
  name: '0007-sending',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
