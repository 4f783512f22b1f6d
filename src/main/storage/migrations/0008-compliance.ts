import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
alter table consents add column expires_at integer;
alter table suppressions add column list_no integer;

create table suppression_lists (
  no integer primary key autoincrement, id text not null unique, name text not null, file_name text not null,
  state text not null check (state in ('running','done','failed','undone')),
  reason text not null check (reason in ('unsubscribe','manual','do_not_call','complaint')),
  channels text not null, list_date text, valid_until integer, note text not null, stored_path text not null,
  cursor integer not null, rows integer not null, added integer not null, known integer not null, rejected integer not null,
  rejects text not null, error text not null, created_by text not null, created_at integer not null, ended_at integer
) strict;
create index suppressions_by_list on suppressions (list_no) where list_no is not null;
`

/** Until when a consent holds, and the lists that suppressions came in by. */
export const m0008Compliance: Migration = {
  name: '0008-compliance',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
