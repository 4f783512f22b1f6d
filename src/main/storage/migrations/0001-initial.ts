import type { Migration } from './migration.ts'
import { statementsOf } from './statements-of.ts'

const SCHEMA = `
create table settings (key text primary key, value text not null) strict, without rowid;

create table members (
  id text primary key, name text not null, email text not null, role text not null
    check (role in ('owner','campaign_manager','creator','approver','compliance_officer','analyst')),
  created_at integer not null, archived_at integer
) strict;

create table audit (
  seq integer primary key, at integer not null, actor text not null, action text not null,
  entity text not null, entity_id text not null, data text not null
) strict;
create index audit_by_entity on audit (entity, entity_id, seq);

create table jobs (
  id text primary key, kind text not null, subject text not null, payload text not null,
  state text not null check (state in ('waiting','running','done','dead','cancelled')),
  due_at integer not null, attempts integer not null, lease_run text,
  progress text, reason text, created_at integer not null, started_at integer, ended_at integer
) strict;
create unique index jobs_active on jobs (kind, subject) where state in ('waiting','running');
create index jobs_due on jobs (due_at, id) where state = 'waiting';
create index jobs_recent on jobs (created_at, id);

create table contacts (
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
create unique index contacts_email on contacts (email_key, twin) where email_key is not null;
create index contacts_phone on contacts (phone) where phone is not null;
create index contacts_name on contacts (last_name collate nocase, first_name collate nocase, no);
create index contacts_created on contacts (created_at, no);

create table contact_external_ids (
  source text not null, external_id text not null, contact_no integer not null references contacts on delete cascade,
  primary key (source, external_id)
) strict, without rowid;
create index contact_external_ids_by_contact on contact_external_ids (contact_no);

create table custom_fields (
  key text primary key, label text not null,
  type text not null check (type in ('text','number','date','boolean','choice','list')),
  options text not null, created_at integer not null
) strict, without rowid;

create table tags (
  no integer primary key autoincrement, id text not null unique, name text not null, name_key text not null unique
) strict;
create table contact_tags (
  tag_no integer not null references tags on delete cascade,
  contact_no integer not null references contacts on delete cascade,
  primary key (contact_no, tag_no)
) strict, without rowid;
create index contact_tags_by_tag on contact_tags (tag_no, contact_no);

create table lists (
  no integer primary key autoincrement, id text not null unique, name text not null, name_key text not null unique, description text not null,
  created_at integer not null, updated_at integer not null
) strict;
create table list_members (
  list_no integer not null references lists on delete cascade,
  contact_no integer not null references contacts on delete cascade,
  status text not null check (status in ('active','removed','bounced','unsubscribed')),
  added_at integer not null, added_by text not null, source text not null, changed_at integer not null,
  primary key (list_no, contact_no)
) strict, without rowid;
create index list_members_by_contact on list_members (contact_no, list_no);

create table notes (
  id text primary key, contact_no integer not null references contacts on delete cascade, body text not null,
  author_id text not null, created_at integer not null
) strict;
create index notes_by_contact on notes (contact_no, created_at);

create table imports (
  id text primary key, number integer not null unique, file_name text not null, stored_path text not null, state text not null
    check (state in ('waiting','running','paused','done','failed','cancelled','undone')),
  reading text not null, mapping text not null, options text not null,
  rows integer not null, created integer not null, updated integer not null, unchanged integer not null,
  duplicates integer not null, rejected integer not null,
  bytes integer not null, bytes_read integer not null, cursor text not null, change_no integer,
  idle_ms integer not null default 0,
  error text, created_by text not null, created_at integer not null, started_at integer, ended_at integer
) strict;
create table import_rejects (
  import_id text not null references imports on delete cascade, line integer not null, field text not null,
  reason text not null, cells text not null,
  primary key (import_id, line)
) strict, without rowid;
create table import_mappings (
  header_key text primary key, mapping text not null, options text not null, used_at integer not null
) strict, without rowid;

create table suppressions (
  channel text not null, address_key text not null, reason text not null
    check (reason in ('unsubscribe','complaint','hard_bounce','manual','do_not_call','erasure')),
  source text not null, contact_id text, campaign_id text, note text not null, created_at integer not null,
  primary key (channel, address_key, reason)
) strict, without rowid;
create index suppressions_recent on suppressions (created_at);
create table consents (
  seq integer primary key autoincrement, contact_no integer not null references contacts on delete cascade, channel text not null,
  status text not null check (status in ('granted','denied','withdrawn')),
  basis text not null, source text not null, evidence text not null, at integer not null, actor text not null
) strict;
create index consents_by_contact on consents (contact_no, channel, seq);

create table templates (
  id text primary key, channel text not null check (channel in ('email','sms','whatsapp','voice','social')), name text not null,
  category text not null, content text not null, version integer not null,
  created_by text not null, created_at integer not null, updated_at integer not null, archived_at integer
) strict;
create index templates_recent on templates (updated_at, id);
create table template_versions (
  template_id text not null references templates on delete cascade, version integer not null, name text not null,
  content text not null, saved_by text not null, saved_at integer not null,
  primary key (template_id, version)
) strict, without rowid;

create table senders (
  id text primary key, channel text not null check (channel in ('email','sms','whatsapp','voice','social')),
  provider text not null, name text not null, settings text not null, limits text not null,
  state text not null check (state in ('running','paused','backing_off','tripped')),
  state_reason text not null, backing_off_until integer, is_default integer not null check (is_default in (0,1)),
  created_at integer not null, updated_at integer not null, archived_at integer
) strict;
create table secrets (
  owner text not null, name text not null, ciphertext blob not null, scheme text not null, updated_at integer not null,
  primary key (owner, name)
) strict, without rowid;

create table campaigns (
  id text primary key, name text not null, channel text not null check (channel in ('email','sms','whatsapp','voice','social')),
  status text not null check (status in
    ('draft','in_review','approved','scheduled','running','paused','completed','cancelled','failed')),
  draft text not null, frozen text, sender_id text references senders,
  send_at integer, plan_state text not null check (plan_state in ('none','planning','done')), plan_cursor text not null,
  audience_size integer not null, status_reason text not null, is_sample integer not null check (is_sample in (0,1)),
  created_by text not null, created_at integer not null, updated_at integer not null,
  started_at integer, completed_at integer
) strict;
create index campaigns_recent on campaigns (updated_at, id);
create index campaigns_by_status on campaigns (status, id);

create table approvals (
  id text primary key, campaign_id text not null references campaigns on delete cascade,
  state text not null check (state in ('pending','approved','rejected','void')),
  requested_by text not null, requested_at integer not null, note text not null,
  decided_by text, decided_at integer, decision_note text not null, fingerprint text not null, summary text not null
) strict;
create index approvals_by_campaign on approvals (campaign_id, requested_at);
create unique index approvals_pending on approvals (campaign_id) where state = 'pending';

create table messages (
  id text primary key, campaign_id text not null references campaigns, contact_id text not null, step integer not null,
  channel text not null, address text not null, sender_id text not null,
  state text not null check (state in
    ('waiting','ready','claimed','attempting','accepted','rejected','unknown','skipped','cancelled')),
  reason text not null, family text not null, due_at integer not null, attempts integer not null, claimed_by text,
  provider_message_id text, created_at integer not null, updated_at integer not null,
  unique (campaign_id, contact_id, step)
) strict;
create unique index messages_address on messages (campaign_id, step, channel, lower(address)) where state <> 'skipped';
create index messages_due on messages (sender_id, campaign_id, family, due_at, id) where state = 'ready';
create index messages_open on messages (state, claimed_by) where state in ('claimed','attempting');
create index messages_status on messages (campaign_id, state, reason);
create index messages_by_contact on messages (contact_id, created_at);
create index messages_waiting on messages (due_at, id) where state = 'waiting';
create index messages_by_provider_id on messages (provider_message_id)
  where provider_message_id is not null and channel <> 'email';

create table attempts (
  message_id text not null references messages, n integer not null, sender_id text not null, run_id text not null,
  started_at integer not null, ended_at integer,
  outcome text check (outcome in ('accepted','rejected','deferred','throttled','unknown')),
  class text, code text, reply text,
  primary key (message_id, n)
) strict, without rowid;
create index attempts_by_sender on attempts (sender_id, started_at);
create index attempts_refused on attempts (started_at) where outcome <> 'accepted';

create table ledger (
  seq integer primary key, at integer not null, kind text not null, campaign_id text, message_id text,
  contact_id text, event_key text not null unique, data text not null
) strict;
create index ledger_by_campaign on ledger (campaign_id, kind, at);
create index ledger_by_message on ledger (message_id, seq);
create index ledger_by_contact on ledger (contact_id, at);
create trigger ledger_is_append_only before update on ledger begin select raise(abort, 'the ledger is append-only'); end;
create trigger ledger_keeps_rows before delete on ledger
  when not exists (select 1 from campaigns where id = old.campaign_id and is_sample = 1)
  begin select raise(abort, 'the ledger is append-only'); end;
create trigger campaigns_stay_real before update of is_sample on campaigns when new.is_sample <> old.is_sample
  begin select raise(abort, 'a campaign cannot become a sample, nor a sample a campaign'); end;

create table practice_messages (
  id text primary key, channel text not null, received_at integer not null, envelope_from text not null,
  recipient text not null, subject text not null, message_ref text not null,
  behaviour text not null, opened_at integer, clicked_at integer, raw blob not null
) strict;
create index practice_messages_recent on practice_messages (received_at, id);
create index practice_messages_open on practice_messages (received_at)
  where behaviour in ('open','click') and opened_at is null;
create index practice_messages_click on practice_messages (received_at)
  where behaviour = 'click' and clicked_at is null;
create table practice_rules (
  address_key text primary key, behaviour text not null
    check (behaviour in ('deliver','bounce_hard','bounce_soft','delay','open','click'))
) strict, without rowid;

`

/** The first shape of a workspace. */
export const m0001Initial: Migration = {
  name: '0001-initial',
  async up(tx) {
    for (const statement of statementsOf(SCHEMA)) await tx.run(statement)
  },
}
