import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table duplicate_groups (
  no integer primary key autoincrement, search integer not null, confidence real not null, reasons text not null,
  contacts text not null
) strict;
create index duplicate_groups_best on duplicate_groups (search, confidence desc, no);
create table duplicate_search (
  id integer primary key check (id = 1), shown integer not null, found_at integer not null
) strict;
create table duplicate_dismissals (
  one_no integer not null, other_no integer not null, dismissed_by text not null, at integer not null,
  primary key (one_no, other_no)
) strict, without rowid;
create table contact_aliases (
  old_id text primary key, old_no integer not null unique, contact_no integer not null references contacts on delete cascade,
  change_no integer not null
) strict, without rowid;
create index contact_aliases_by_contact on contact_aliases (contact_no);
`

/** Groups of contacts that may be one person, and who was merged into whom. */
export const m0006Duplicates: Migration = {
  name: '0006-duplicates',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
