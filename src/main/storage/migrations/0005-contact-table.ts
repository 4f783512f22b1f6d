import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table saved_views (
  id text primary key, name text not null, name_key text not null unique, view text not null,
  made_by text not null, created_at integer not null, updated_at integer not null
) strict;
create table contact_exports (
  id text primary key, token text not null, file_name text not null, request text not null,
  state text not null check (state in ('running','done','failed','cancelled')),
  total integer not null, written integer not null, bytes integer not null, reason text not null,
  made_by text not null, made_at integer not null
) strict;
create table contacts_sort_uses (name text primary key, used_at integer not null) strict, without rowid;
create virtual table contacts_search using fts5(
  names, rest, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1'
);
create table contacts_search_state (
  one integer primary key check (one = 1), indexed_to integer not null
) strict;
insert into contacts_search_state values (1, 0);
create table contacts_search_pending (contact_no integer primary key) strict;
create trigger contacts_search_again after insert on contacts
  when new.no <= (select indexed_to from contacts_search_state)
  begin insert or ignore into contacts_search_pending values (new.no); end;
create trigger contacts_search_gone after delete on contacts
  when old.no <= (select indexed_to from contacts_search_state)
  begin insert or ignore into contacts_search_pending values (old.no); end;
create trigger contacts_search_changed after update of first_name, last_name, company, email, phone, city on contacts
  when new.no <= (select indexed_to from contacts_search_state) and (old.first_name <> new.first_name
    or old.last_name <> new.last_name or old.company <> new.company or old.email is not new.email
    or old.phone is not new.phone or old.city <> new.city)
  begin insert or ignore into contacts_search_pending values (new.no); end;
`

/** What the contact table keeps: views of it, exports, and the index of its search. */
export const m0005ContactTable: Migration = {
  name: '0005-contact-table',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
