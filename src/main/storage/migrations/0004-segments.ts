import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table segments (
  no integer primary key autoincrement, id text not null unique, name text not null, name_key text not null unique,
  description text not null, kind text not null check (kind in ('dynamic','static')), rule text not null,
  version integer not null, members integer not null, counted_at integer,
  refresh text not null check (refresh in ('manual','hourly','daily')), next_refresh_at integer,
  created_by text not null, created_at integer not null, updated_at integer not null, archived_at integer
) strict;
create index segments_due on segments (next_refresh_at) where next_refresh_at is not null and archived_at is null;
create table segment_versions (
  segment_no integer not null references segments on delete cascade, version integer not null,
  name text not null, rule text not null, saved_by text not null, saved_at integer not null,
  primary key (segment_no, version)
) strict, without rowid;
create table segment_members (
  segment_no integer not null references segments on delete cascade, contact_no integer not null,
  entered_at integer not null,
  primary key (segment_no, contact_no)
) strict, without rowid;
create index segment_members_by_contact on segment_members (contact_no, segment_no);
create table segment_moves (
  no integer primary key, segment_no integer not null references segments on delete cascade,
  contact_no integer not null, kind text not null check (kind in ('entered','left')), at integer not null
) strict;
create index segment_moves_recent on segment_moves (segment_no, at, no);
create index segment_moves_by_contact on segment_moves (contact_no, at);
create table contacts_gone (no integer primary key) strict;
create trigger contacts_gone_now after delete on contacts begin insert or ignore into contacts_gone values (old.no); end;
create trigger contacts_back after insert on contacts when exists (select 1 from contacts_gone where no = new.no)
  begin delete from contacts_gone where no = new.no; end;
create index consents_latest on consents (channel, contact_no, seq, status);
create virtual table contact_places using rtree(no, min_latitude, max_latitude, min_longitude, max_longitude);
create table contact_places_state (
  one integer primary key check (one = 1), deferred_from integer
) strict;
insert into contact_places_state values (1, null);
create trigger contacts_place_new after insert on contacts when new.latitude is not null and new.longitude is not null
  and coalesce(new.no < (select deferred_from from contact_places_state), true)
  begin insert into contact_places values (new.no, new.latitude, new.latitude, new.longitude, new.longitude); end;
create table contact_places_gone (no integer primary key) strict;
create trigger contacts_place_gone after delete on contacts when old.latitude is not null and old.longitude is not null
  and not exists (select 1 from contact_places_gone where no = old.no)
  begin delete from contact_places where no = old.no; end;
create trigger contacts_place_back before insert on contacts
  when exists (select 1 from contact_places_gone where no = new.no)
  begin
    delete from contact_places where no = new.no;
    delete from contact_places_gone where no = new.no;
  end;
create trigger contacts_place_moved after update of latitude, longitude on contacts
  when old.latitude is not new.latitude or old.longitude is not new.longitude
  begin
    delete from contact_places where no = old.no;
    insert into contact_places select new.no, new.latitude, new.latitude, new.longitude, new.longitude
      where new.latitude is not null and new.longitude is not null
        and coalesce(new.no < (select deferred_from from contact_places_state), true);
  end;
`

/** Segments, who is in them, and who entered and left. */
export const m0004Segments: Migration = {
  name: '0004-segments',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
