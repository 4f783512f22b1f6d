CREATE TRIGGER campaigns_stay_real before update of is_sample on campaigns when new.is_sample <> old.is_sample
  begin select raise(abort, 'a campaign cannot become a sample, nor a sample a campaign'); end;

CREATE TRIGGER contact_events_change_hands after update of contact_no on contact_events when old.contact_no <> new.contact_no
  begin insert or ignore into stale_figures values (old.contact_no), (new.contact_no); end;

CREATE TRIGGER contacts_back after insert on contacts when exists (select 1 from contacts_gone where no = new.no)
  begin delete from contacts_gone where no = new.no; end;

CREATE TRIGGER contacts_gone_now after delete on contacts begin insert or ignore into contacts_gone values (old.no); end;

CREATE TRIGGER contacts_place_back before insert on contacts
  when exists (select 1 from contact_places_gone where no = new.no)
  begin
    delete from contact_places where no = new.no;
    delete from contact_places_gone where no = new.no;
  end;

CREATE TRIGGER contacts_place_gone after delete on contacts when old.latitude is not null and old.longitude is not null
  and not exists (select 1 from contact_places_gone where no = old.no)
  begin delete from contact_places where no = old.no; end;

CREATE TRIGGER contacts_place_moved after update of latitude, longitude on contacts
  when old.latitude is not new.latitude or old.longitude is not new.longitude
  begin
    delete from contact_places where no = old.no;
    insert into contact_places select new.no, new.latitude, new.latitude, new.longitude, new.longitude
      where new.latitude is not null and new.longitude is not null
        and coalesce(new.no < (select deferred_from from contact_places_state), true);
  end;

CREATE TRIGGER contacts_place_new after insert on contacts when new.latitude is not null and new.longitude is not null
  and coalesce(new.no < (select deferred_from from contact_places_state), true)
  begin insert into contact_places values (new.no, new.latitude, new.latitude, new.longitude, new.longitude); end;

CREATE TRIGGER contacts_search_again after insert on contacts
  when new.no <= (select indexed_to from contacts_search_state)
  begin insert or ignore into contacts_search_pending values (new.no); end;

CREATE TRIGGER contacts_search_changed after update of first_name, last_name, company, email, phone, city on contacts
  when new.no <= (select indexed_to from contacts_search_state) and (old.first_name <> new.first_name
    or old.last_name <> new.last_name or old.company <> new.company or old.email is not new.email
    or old.phone is not new.phone or old.city <> new.city)
  begin insert or ignore into contacts_search_pending values (new.no); end;

CREATE TRIGGER contacts_search_gone after delete on contacts
  when old.no <= (select indexed_to from contacts_search_state)
  begin insert or ignore into contacts_search_pending values (old.no); end;

CREATE TRIGGER ledger_is_append_only before update on ledger begin select raise(abort, 'the ledger is append-only'); end;

CREATE TRIGGER ledger_keeps_rows before delete on ledger
  when not exists (select 1 from campaigns where id = old.campaign_id and is_sample = 1)
  begin select raise(abort, 'the ledger is append-only'); end;

CREATE TRIGGER ledger_seals_keep before delete on ledger_seals begin select raise(abort, 'a seal is never deleted'); end;

CREATE TRIGGER ledger_seals_stay before update on ledger_seals begin select raise(abort, 'a seal is never changed'); end;

CREATE TRIGGER orders_change_hands after update of contact_no on orders when old.contact_no <> new.contact_no
  begin insert or ignore into stale_figures values (old.contact_no), (new.contact_no); end;

CREATE TABLE approvals (
  id text primary key, campaign_id text not null references campaigns on delete cascade,
  state text not null check (state in ('pending','approved','rejected','void')),
  requested_by text not null, requested_at integer not null, note text not null,
  decided_by text, decided_at integer, decision_note text not null, fingerprint text not null, summary text not null
) strict;

CREATE TABLE attempts (
  message_id text not null references messages, n integer not null, sender_id text not null, run_id text not null,
  started_at integer not null, ended_at integer,
  outcome text check (outcome in ('accepted','rejected','deferred','throttled','unknown')),
  class text, code text, reply text,
  primary key (message_id, n)
) strict, without rowid;

CREATE TABLE audit (
  seq integer primary key, at integer not null, actor text not null, action text not null,
  entity text not null, entity_id text not null, data text not null
) strict;

CREATE TABLE bulk_parts (
  change_no integer not null references changes on delete cascade, part integer not null, contact_nos text not null,
  primary key (change_no, part)
) strict, without rowid;

CREATE TABLE campaigns (
  id text primary key, name text not null, channel text not null check (channel in ('email','sms','whatsapp','voice','social')),
  status text not null check (status in
    ('draft','in_review','approved','scheduled','running','paused','completed','cancelled','failed')),
  draft text not null, frozen text, sender_id text references senders,
  send_at integer, plan_state text not null check (plan_state in ('none','planning','done')), plan_cursor text not null,
  audience_size integer not null, status_reason text not null, is_sample integer not null check (is_sample in (0,1)),
  created_by text not null, created_at integer not null, updated_at integer not null,
  started_at integer, completed_at integer
) strict;

CREATE TABLE change_contacts (
  change_no integer not null references changes on delete cascade, contact_no integer not null,
  before text, after_revision integer,
  kept text check (kept in ('changed','in_use','gone','address_taken')),
  primary key (change_no, contact_no)
) strict, without rowid;

CREATE TABLE change_made (
  change_no integer not null references changes on delete cascade, kind text not null check (kind in ('tag','list')),
  no integer not null,
  primary key (change_no, kind, no)
) strict, without rowid;

CREATE TABLE change_made_fields (
  change_no integer not null references changes on delete cascade, key text not null,
  primary key (change_no, key)
) strict, without rowid;

CREATE TABLE change_orders (
  change_no integer not null references changes on delete cascade, order_no integer not null, before text,
  primary key (change_no, order_no)
) strict, without rowid;

CREATE TABLE changes (
  no integer primary key autoincrement, id text not null unique, kind text not null, title text not null,
  state text not null check (state in ('recording','done','undoing','undone','expired')),
  contacts integer not null, restored integer not null, made_by text not null, made_at integer not null, undone_at integer
) strict;

CREATE TABLE consents (
  seq integer primary key autoincrement, contact_no integer not null references contacts on delete cascade, channel text not null,
  status text not null check (status in ('granted','denied','withdrawn')),
  basis text not null, source text not null, evidence text not null, at integer not null, actor text not null
, expires_at integer) strict;

CREATE TABLE contact_activity (
  contact_no integer not null, kind text not null, name text not null, events integer not null,
  first_at integer not null, last_at integer not null,
  primary key (contact_no, kind, name)
) strict, without rowid;

CREATE TABLE contact_aliases (
  old_id text primary key, old_no integer not null unique, contact_no integer not null references contacts on delete cascade,
  change_no integer not null
) strict, without rowid;

CREATE TABLE contact_events (
  no integer primary key, contact_no integer not null, kind text not null, name text not null, at integer not null,
  campaign_id text, properties text not null, event_key text not null unique
) strict;

CREATE TABLE contact_exports (
  id text primary key, token text not null, file_name text not null, request text not null,
  state text not null check (state in ('running','done','failed','cancelled')),
  total integer not null, written integer not null, bytes integer not null, reason text not null,
  made_by text not null, made_at integer not null
) strict;

CREATE TABLE contact_external_ids (
  source text not null, external_id text not null, contact_no integer not null references contacts on delete cascade,
  primary key (source, external_id)
) strict, without rowid;

CREATE TABLE contact_indexes_away (statement text primary key) strict, without rowid;

CREATE VIRTUAL TABLE contact_places using rtree(no, min_latitude, max_latitude, min_longitude, max_longitude);

CREATE TABLE contact_places_gone (no integer primary key) strict;

CREATE TABLE "contact_places_node"(nodeno INTEGER PRIMARY KEY,data);

CREATE TABLE "contact_places_parent"(nodeno INTEGER PRIMARY KEY,parentnode);

CREATE TABLE "contact_places_rowid"(rowid INTEGER PRIMARY KEY,nodeno);

CREATE TABLE contact_places_state (
  one integer primary key check (one = 1), deferred_from integer
) strict;

CREATE TABLE contact_tags (
  tag_no integer not null references tags on delete cascade,
  contact_no integer not null references contacts on delete cascade,
  primary key (contact_no, tag_no)
) strict, without rowid;

CREATE TABLE contacts (
  no integer primary key autoincrement, id text not null unique, revision integer not null,
  first_name text not null, last_name text not null, company text not null,
  email text, email_key text, twin integer not null, phone text,
  street text not null, city text not null, region text not null, postal_code text not null, country text not null,
  latitude real, longitude real, time_zone text, language text, birthday text,
  source text not null, lead_status text not null, lead_quality text not null, lead_score integer not null,
  socials text not null, custom text not null,
  created_at integer not null, updated_at integer not null, last_activity_at integer,
  owner_id text references members
) strict;

CREATE TABLE contacts_gone (no integer primary key) strict;

CREATE VIRTUAL TABLE contacts_search using fts5(
  names, rest, content='', contentless_delete=1, tokenize='trigram remove_diacritics 1'
);

CREATE TABLE 'contacts_search_config'(k PRIMARY KEY, v) WITHOUT ROWID;

CREATE TABLE 'contacts_search_data'(id INTEGER PRIMARY KEY, block BLOB);

CREATE TABLE 'contacts_search_docsize'(id INTEGER PRIMARY KEY, sz BLOB, origin INTEGER);

CREATE TABLE 'contacts_search_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

CREATE TABLE contacts_search_pending (contact_no integer primary key) strict;

CREATE TABLE contacts_search_state (
  one integer primary key check (one = 1), indexed_to integer not null
) strict;

CREATE TABLE contacts_sort_uses (name text primary key, used_at integer not null) strict, without rowid;

CREATE TABLE custom_fields (
  key text primary key, label text not null,
  type text not null check (type in ('text','number','date','boolean','choice','list')),
  options text not null, created_at integer not null
) strict, without rowid;

CREATE TABLE duplicate_dismissals (
  one_no integer not null, other_no integer not null, dismissed_by text not null, at integer not null,
  primary key (one_no, other_no)
) strict, without rowid;

CREATE TABLE duplicate_groups (
  no integer primary key autoincrement, search integer not null, confidence real not null, reasons text not null,
  contacts text not null
) strict;

CREATE TABLE duplicate_search (
  id integer primary key check (id = 1), shown integer not null, found_at integer not null
) strict;

CREATE TABLE engagement (
  contact_no integer primary key, raw real not null, raw_at integer not null, heat real, last_at integer
) strict;

CREATE TABLE event_cursors (name text primary key, position integer not null) strict, without rowid;

CREATE TABLE import_mappings (
  header_key text primary key, mapping text not null, options text not null, used_at integer not null
) strict, without rowid;

CREATE TABLE import_rejects (
  import_id text not null references imports on delete cascade, line integer not null, field text not null,
  reason text not null, cells text not null,
  primary key (import_id, line)
) strict, without rowid;

CREATE TABLE imports (
  id text primary key, number integer not null unique, file_name text not null, stored_path text not null, state text not null
    check (state in ('waiting','running','paused','done','failed','cancelled','undone')),
  reading text not null, mapping text not null, options text not null,
  rows integer not null, created integer not null, updated integer not null, unchanged integer not null,
  duplicates integer not null, rejected integer not null,
  bytes integer not null, bytes_read integer not null, cursor text not null, change_no integer,
  idle_ms integer not null default 0,
  error text, created_by text not null, created_at integer not null, started_at integer, ended_at integer
) strict;

CREATE TABLE jobs (
  id text primary key, kind text not null, subject text not null, payload text not null,
  state text not null check (state in ('waiting','running','done','dead','cancelled')),
  due_at integer not null, attempts integer not null, lease_run text,
  progress text, reason text, created_at integer not null, started_at integer, ended_at integer
) strict;

CREATE TABLE lead_scores (
  contact_no integer primary key, revision integer not null, rules_version integer not null, level integer not null,
  decays integer not null check (decays in (0,1)), scored_at integer not null
) strict;

CREATE TABLE ledger (
  seq integer primary key, at integer not null, kind text not null, campaign_id text, message_id text,
  contact_id text, event_key text not null unique, data text not null
) strict;

CREATE TABLE ledger_seals (
  last_seq integer primary key, first_seq integer not null, rows integer not null, hash text not null, at integer not null
) strict;

CREATE TABLE list_members (
  list_no integer not null references lists on delete cascade,
  contact_no integer not null references contacts on delete cascade,
  status text not null check (status in ('active','removed','bounced','unsubscribed')),
  added_at integer not null, added_by text not null, source text not null, changed_at integer not null,
  primary key (list_no, contact_no)
) strict, without rowid;

CREATE TABLE lists (
  no integer primary key autoincrement, id text not null unique, name text not null, name_key text not null unique, description text not null,
  created_at integer not null, updated_at integer not null
) strict;

CREATE TABLE media (
  id text primary key, name text not null, type text not null, bytes integer not null, created_at integer not null
) strict;

CREATE TABLE members (
  id text primary key, name text not null, email text not null, role text not null
    check (role in ('owner','campaign_manager','creator','approver','compliance_officer','analyst')),
  created_at integer not null, archived_at integer
) strict;

CREATE TABLE messages (
  id text primary key, campaign_id text not null references campaigns, contact_id text not null, step integer not null,
  channel text not null, address text not null, sender_id text not null,
  state text not null check (state in
    ('waiting','ready','claimed','attempting','accepted','rejected','unknown','skipped','cancelled')),
  reason text not null, family text not null, due_at integer not null, attempts integer not null, claimed_by text,
  provider_message_id text, created_at integer not null, updated_at integer not null,
  unique (campaign_id, contact_id, step)
) strict;

CREATE TABLE notes (
  id text primary key, contact_no integer not null references contacts on delete cascade, body text not null,
  author_id text not null, created_at integer not null
) strict;

CREATE TABLE order_import_rejects (
  import_no integer not null references order_imports on delete cascade, line integer not null, field text not null,
  reason text not null, cells text not null,
  primary key (import_no, line)
) strict, without rowid;

CREATE TABLE order_imports (
  number integer primary key autoincrement, id text not null unique, file_name text not null, stored_path text not null,
  state text not null check (state in ('waiting','running','done','failed','cancelled','undone')),
  reading text not null, mapping text not null, options text not null,
  phase text not null check (phase in ('read','merge','figures','over')), cursor text not null,
  rows integer not null, taken integer not null, rejected integer not null,
  created integer not null, updated integer not null, unchanged integer not null, customers_made integer not null,
  bytes integer not null, bytes_read integer not null, change_no integer, error text,
  created_by text not null, created_at integer not null, started_at integer, ended_at integer
) strict;

CREATE TABLE order_items (
  order_no integer not null references orders on delete cascade, position integer not null,
  sku text not null, name text not null, category text not null, quantity integer not null, value_minor integer not null,
  primary key (order_no, position)
) strict, without rowid;

CREATE TABLE order_totals (
  contact_no integer not null, currency text not null, orders integer not null, value_minor integer not null,
  first_at integer not null, last_at integer not null,
  primary key (contact_no, currency)
) strict, without rowid;

CREATE TABLE orders (
  no integer primary key, id text not null unique, source text not null, external_id text not null,
  contact_no integer not null, at integer not null, currency text not null, value_minor integer not null,
  status text not null check (status in ('paid','refunded','cancelled')), change_no integer,
  unique (source, external_id)
) strict;

CREATE TABLE poll_cursors (
  owner text not null, source text not null, cursor text not null, polled_at integer not null, problem text not null,
  primary key (owner, source)
) strict, without rowid;

CREATE TABLE practice_messages (
  id text primary key, channel text not null, received_at integer not null, envelope_from text not null,
  recipient text not null, subject text not null, message_ref text not null,
  behaviour text not null, opened_at integer, clicked_at integer, raw blob not null
) strict;

CREATE TABLE practice_rules (
  address_key text primary key, behaviour text not null
    check (behaviour in ('deliver','bounce_hard','bounce_soft','delay','open','click'))
) strict, without rowid;

CREATE TABLE rfm (
  contact_no integer not null, currency text not null, recency_days integer not null, orders integer not null,
  value_minor integer not null, recency integer not null, frequency integer not null, monetary integer not null,
  rfm_group text not null, computed_at integer not null,
  primary key (contact_no, currency)
) strict, without rowid;

CREATE TABLE saved_views (
  id text primary key, name text not null, name_key text not null unique, view text not null,
  made_by text not null, created_at integer not null, updated_at integer not null
) strict;

CREATE TABLE schema_versions (name text primary key, applied_at integer not null) strict;

CREATE TABLE score_rules (
  id text primary key, position integer not null, rule text not null, points integer not null, enabled integer not null
    check (enabled in (0,1)), created_at integer not null, updated_at integer not null
) strict;

CREATE TABLE secrets (
  owner text not null, name text not null, ciphertext blob not null, scheme text not null, updated_at integer not null,
  primary key (owner, name)
) strict, without rowid;

CREATE TABLE segment_members (
  segment_no integer not null references segments on delete cascade, contact_no integer not null,
  entered_at integer not null,
  primary key (segment_no, contact_no)
) strict, without rowid;

CREATE TABLE segment_moves (
  no integer primary key, segment_no integer not null references segments on delete cascade,
  contact_no integer not null, kind text not null check (kind in ('entered','left')), at integer not null
) strict;

CREATE TABLE segment_versions (
  segment_no integer not null references segments on delete cascade, version integer not null,
  name text not null, rule text not null, saved_by text not null, saved_at integer not null,
  primary key (segment_no, version)
) strict, without rowid;

CREATE TABLE segments (
  no integer primary key autoincrement, id text not null unique, name text not null, name_key text not null unique,
  description text not null, kind text not null check (kind in ('dynamic','static')), rule text not null,
  version integer not null, members integer not null, counted_at integer,
  refresh text not null check (refresh in ('manual','hourly','daily')), next_refresh_at integer,
  created_by text not null, created_at integer not null, updated_at integer not null, archived_at integer
) strict;

CREATE TABLE senders (
  id text primary key, channel text not null check (channel in ('email','sms','whatsapp','voice','social')),
  provider text not null, name text not null, settings text not null, limits text not null,
  state text not null check (state in ('running','paused','backing_off','tripped')),
  state_reason text not null, backing_off_until integer, is_default integer not null check (is_default in (0,1)),
  created_at integer not null, updated_at integer not null, archived_at integer
) strict;

CREATE TABLE settings (key text primary key, value text not null) strict, without rowid;

CREATE TABLE stale_figures (contact_no integer primary key) strict;

CREATE TABLE suppression_lists (
  no integer primary key autoincrement, id text not null unique, name text not null, file_name text not null,
  state text not null check (state in ('running','done','failed','undone')),
  reason text not null check (reason in ('unsubscribe','manual','do_not_call','complaint')),
  channels text not null, list_date text, valid_until integer, note text not null, stored_path text not null,
  cursor integer not null, rows integer not null, added integer not null, known integer not null, rejected integer not null,
  rejects text not null, error text not null, created_by text not null, created_at integer not null, ended_at integer
) strict;

CREATE TABLE suppressions (
  channel text not null, address_key text not null, reason text not null
    check (reason in ('unsubscribe','complaint','hard_bounce','manual','do_not_call','erasure')),
  source text not null, contact_id text, campaign_id text, note text not null, created_at integer not null, list_no integer,
  primary key (channel, address_key, reason)
) strict, without rowid;

CREATE TABLE tags (
  no integer primary key autoincrement, id text not null unique, name text not null, name_key text not null unique
) strict;

CREATE TABLE template_versions (
  template_id text not null references templates on delete cascade, version integer not null, name text not null,
  content text not null, saved_by text not null, saved_at integer not null,
  primary key (template_id, version)
) strict, without rowid;

CREATE TABLE templates (
  id text primary key, channel text not null check (channel in ('email','sms','whatsapp','voice','social')), name text not null,
  category text not null, content text not null, version integer not null,
  created_by text not null, created_at integer not null, updated_at integer not null, archived_at integer
) strict;

CREATE INDEX approvals_by_campaign on approvals (campaign_id, requested_at);

CREATE UNIQUE INDEX approvals_pending on approvals (campaign_id) where state = 'pending';

CREATE INDEX attempts_by_sender on attempts (sender_id, started_at);

CREATE INDEX attempts_refused on attempts (started_at) where outcome <> 'accepted';

CREATE INDEX audit_by_entity on audit (entity, entity_id, seq);

CREATE INDEX campaigns_by_status on campaigns (status, id);

CREATE INDEX campaigns_recent on campaigns (updated_at, id);

CREATE INDEX changes_recent on changes (made_at, no);

CREATE INDEX consents_by_contact on consents (contact_no, channel, seq);

CREATE INDEX consents_latest on consents (channel, contact_no, seq, status);

CREATE INDEX contact_activity_by_events on contact_activity (kind, name, events, contact_no);

CREATE INDEX contact_activity_by_last on contact_activity (kind, name, last_at, contact_no);

CREATE INDEX contact_aliases_by_contact on contact_aliases (contact_no);

CREATE INDEX contact_events_by_campaign on contact_events (campaign_id, kind, contact_no) where campaign_id is not null;

CREATE INDEX contact_events_by_contact on contact_events (contact_no, at);

CREATE INDEX contact_events_by_kind on contact_events (kind, name, at, contact_no);

CREATE INDEX contact_external_ids_by_contact on contact_external_ids (contact_no);

CREATE INDEX contact_tags_by_tag on contact_tags (tag_no, contact_no);

CREATE INDEX contacts_created on contacts (created_at, no);

CREATE UNIQUE INDEX contacts_email on contacts (email_key, twin) where email_key is not null;

CREATE INDEX contacts_name on contacts (last_name collate nocase, first_name collate nocase, no);

CREATE INDEX contacts_phone on contacts (phone) where phone is not null;

CREATE INDEX duplicate_groups_best on duplicate_groups (search, confidence desc, no);

CREATE INDEX engagement_by_heat on engagement (heat, contact_no) where heat is not null;

CREATE INDEX engagement_by_last on engagement (last_at, contact_no) where last_at is not null;

CREATE UNIQUE INDEX jobs_active on jobs (kind, subject) where state in ('waiting','running');

CREATE INDEX jobs_due on jobs (due_at, id) where state = 'waiting';

CREATE INDEX jobs_recent on jobs (created_at, id);

CREATE INDEX lead_scores_by_age on lead_scores (scored_at) where decays = 1;

CREATE INDEX ledger_by_campaign on ledger (campaign_id, kind, at);

CREATE INDEX ledger_by_contact on ledger (contact_id, at);

CREATE INDEX ledger_by_message on ledger (message_id, seq);

CREATE INDEX list_members_by_contact on list_members (contact_no, list_no);

CREATE UNIQUE INDEX messages_address on messages (campaign_id, step, channel, lower(address)) where state <> 'skipped';

CREATE INDEX messages_by_contact on messages (contact_id, created_at);

CREATE INDEX messages_by_provider_id on messages (provider_message_id)
  where provider_message_id is not null and channel <> 'email';

CREATE INDEX messages_due on messages (sender_id, campaign_id, family, due_at, id) where state = 'ready';

CREATE INDEX messages_open on messages (state, claimed_by) where state in ('claimed','attempting');

CREATE INDEX messages_status on messages (campaign_id, state, reason);

CREATE INDEX messages_waiting on messages (due_at, id) where state = 'waiting';

CREATE INDEX notes_by_contact on notes (contact_no, created_at);

CREATE INDEX order_items_by_category on order_items (category collate nocase, order_no) where category <> '';

CREATE INDEX order_items_by_name on order_items (name collate nocase, order_no) where name <> '';

CREATE INDEX order_items_by_sku on order_items (sku, order_no) where sku <> '';

CREATE INDEX order_totals_by_last on order_totals (currency, last_at, contact_no);

CREATE INDEX order_totals_by_orders on order_totals (currency, orders, contact_no);

CREATE INDEX order_totals_by_value on order_totals (currency, value_minor, contact_no);

CREATE INDEX orders_by_contact on orders (contact_no, at, status, currency, value_minor);

CREATE INDEX orders_by_time on orders (at, contact_no, currency, value_minor) where status = 'paid';

CREATE INDEX practice_messages_click on practice_messages (received_at)
  where behaviour = 'click' and clicked_at is null;

CREATE INDEX practice_messages_open on practice_messages (received_at)
  where behaviour in ('open','click') and opened_at is null;

CREATE INDEX practice_messages_recent on practice_messages (received_at, id);

CREATE INDEX rfm_by_group on rfm (rfm_group, currency, contact_no);

CREATE INDEX rfm_by_orders on rfm (currency, orders);

CREATE INDEX rfm_by_recency on rfm (currency, recency_days);

CREATE INDEX rfm_by_value on rfm (currency, value_minor);

CREATE INDEX segment_members_by_contact on segment_members (contact_no, segment_no);

CREATE INDEX segment_moves_by_contact on segment_moves (contact_no, at);

CREATE INDEX segment_moves_recent on segment_moves (segment_no, at, no);

CREATE INDEX segments_due on segments (next_refresh_at) where next_refresh_at is not null and archived_at is null;

CREATE INDEX suppressions_by_list on suppressions (list_no) where list_no is not null;

CREATE INDEX suppressions_recent on suppressions (created_at);

CREATE INDEX templates_recent on templates (updated_at, id);
