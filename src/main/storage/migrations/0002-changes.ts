import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table changes (
  no integer primary key autoincrement, id text not null unique, kind text not null, title text not null,
  state text not null check (state in ('recording','done','undoing','undone','expired')),
  contacts integer not null, restored integer not null, made_by text not null, made_at integer not null, undone_at integer
) strict;
create index changes_recent on changes (made_at, no);
create table change_contacts (
  change_no integer not null references changes on delete cascade, contact_no integer not null,
  before text, after_revision integer,
  kept text check (kept in ('changed','in_use','gone','address_taken')),
  primary key (change_no, contact_no)
) strict, without rowid;
create table change_made (
  change_no integer not null references changes on delete cascade, kind text not null check (kind in ('tag','list')),
  no integer not null,
  primary key (change_no, kind, no)
) strict, without rowid;
create table change_made_fields (
  change_no integer not null references changes on delete cascade, key text not null,
  primary key (change_no, key)
) strict, without rowid;
create table bulk_parts (
  change_no integer not null references changes on delete cascade, part integer not null, contact_nos text not null,
  primary key (change_no, part)
) strict, without rowid;
create table contact_indexes_away (statement text primary key) strict, without rowid;
`

/** What a change to contacts found, so that it can be undone. */
export const m0002Changes: Migration = {
  name: '0002-changes',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
