import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table orders (
  no integer primary key, id text not null unique, source text not null, external_id text not null,
  contact_no integer not null, at integer not null, currency text not null, value_minor integer not null,
  status text not null check (status in ('paid','refunded','cancelled')), change_no integer,
  unique (source, external_id)
) strict;
create index orders_by_contact on orders (contact_no, at, status, currency, value_minor);
create index orders_by_time on orders (at, contact_no, currency, value_minor) where status = 'paid';
create table order_items (
  order_no integer not null references orders on delete cascade, position integer not null,
  sku text not null, name text not null, category text not null, quantity integer not null, value_minor integer not null,
  primary key (order_no, position)
) strict, without rowid;
create index order_items_by_sku on order_items (sku, order_no) where sku <> '';
create index order_items_by_name on order_items (name collate nocase, order_no) where name <> '';
create index order_items_by_category on order_items (category collate nocase, order_no) where category <> '';
create table order_totals (
  contact_no integer not null, currency text not null, orders integer not null, value_minor integer not null,
  first_at integer not null, last_at integer not null,
  primary key (contact_no, currency)
) strict, without rowid;
create index order_totals_by_value on order_totals (currency, value_minor, contact_no);
create index order_totals_by_orders on order_totals (currency, orders, contact_no);
create index order_totals_by_last on order_totals (currency, last_at, contact_no);

create table contact_events (
  no integer primary key, contact_no integer not null, kind text not null, name text not null, at integer not null,
  campaign_id text, properties text not null, event_key text not null unique
) strict;
create index contact_events_by_contact on contact_events (contact_no, at);
create index contact_events_by_kind on contact_events (kind, name, at, contact_no);
create index contact_events_by_campaign on contact_events (campaign_id, kind, contact_no) where campaign_id is not null;
create table contact_activity (
  contact_no integer not null, kind text not null, name text not null, events integer not null,
  first_at integer not null, last_at integer not null,
  primary key (contact_no, kind, name)
) strict, without rowid;
create index contact_activity_by_last on contact_activity (kind, name, last_at, contact_no);
create index contact_activity_by_events on contact_activity (kind, name, events, contact_no);
create table event_cursors (name text primary key, position integer not null) strict, without rowid;
create table engagement (
  contact_no integer primary key, raw real not null, raw_at integer not null, heat real, last_at integer
) strict;
create index engagement_by_heat on engagement (heat, contact_no) where heat is not null;
create index engagement_by_last on engagement (last_at, contact_no) where last_at is not null;
create table stale_figures (contact_no integer primary key) strict;
create trigger orders_change_hands after update of contact_no on orders when old.contact_no <> new.contact_no
  begin insert or ignore into stale_figures values (old.contact_no), (new.contact_no); end;
create trigger contact_events_change_hands after update of contact_no on contact_events when old.contact_no <> new.contact_no
  begin insert or ignore into stale_figures values (old.contact_no), (new.contact_no); end;
create table lead_scores (
  contact_no integer primary key, revision integer not null, rules_version integer not null, level integer not null,
  decays integer not null check (decays in (0,1)), scored_at integer not null
) strict;
create index lead_scores_by_age on lead_scores (scored_at) where decays = 1;
create table rfm (
  contact_no integer not null, currency text not null, recency_days integer not null, orders integer not null,
  value_minor integer not null, recency integer not null, frequency integer not null, monetary integer not null,
  rfm_group text not null, computed_at integer not null,
  primary key (contact_no, currency)
) strict, without rowid;
create index rfm_by_recency on rfm (currency, recency_days);
create index rfm_by_orders on rfm (currency, orders);
create index rfm_by_value on rfm (currency, value_minor);
create index rfm_by_group on rfm (rfm_group, currency, contact_no);
create table order_imports (
  number integer primary key autoincrement, id text not null unique, file_name text not null, stored_path text not null,
  state text not null check (state in ('waiting','running','done','failed','cancelled','undone')),
  reading text not null, mapping text not null, options text not null,
  phase text not null check (phase in ('read','merge','figures','over')), cursor text not null,
  rows integer not null, taken integer not null, rejected integer not null,
  created integer not null, updated integer not null, unchanged integer not null, customers_made integer not null,
  bytes integer not null, bytes_read integer not null, change_no integer, error text,
  created_by text not null, created_at integer not null, started_at integer, ended_at integer
) strict;
create table order_import_rejects (
  import_no integer not null references order_imports on delete cascade, line integer not null, field text not null,
  reason text not null, cells text not null,
  primary key (import_no, line)
) strict, without rowid;
create table change_orders (
  change_no integer not null references changes on delete cascade, order_no integer not null, before text,
  primary key (change_no, order_no)
) strict, without rowid;
create table score_rules (
  id text primary key, position integer not null, rule text not null, points integer not null, enabled integer not null
    check (enabled in (0,1)), created_at integer not null, updated_at integer not null
) strict;
`

/** Orders with their running totals, events of contacts, and scores. */
export const m0003Purchases: Migration = {
  name: '0003-purchases',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
