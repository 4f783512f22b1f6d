import type { Generated } from 'kysely'
import type { Channel } from '../../shared/contract/define.ts'
import type { AudienceTables } from './audience-tables.ts'

/** The rows as SQLite holds them. Instants are epoch milliseconds, booleans 0 or 1, structured values JSON text. */
export interface Tables extends AudienceTables {
  settings: { key: string; value: string }
  members: { id: string; name: string; email: string; role: string; created_at: number; archived_at: number | null }
  audit: {
    seq: Generated<number>
    at: number
    actor: string
    action: string
    entity: string
    entity_id: string
    data: string
  }
  jobs: {
    id: string
    kind: string
    subject: string
    payload: string
    state: 'waiting' | 'running' | 'done' | 'dead' | 'cancelled'
    due_at: number
    attempts: number
    lease_run: string | null
    progress: string | null
    reason: string | null
    created_at: number
    started_at: number | null
    ended_at: number | null
  }
  contacts: {
    /** What rows of other tables call her; never used twice. Ascending in the order in which contacts came. */
    no: Generated<number>
    id: string
    /** Counts every change of the contact and of what belongs to her. */
    revision: number
    first_name: string
    last_name: string
    company: string
    email: string | null
    email_key: string | null
    /** 0 for the one contact of an address; 1, 2 … for those that an import was told to keep apart. */
    twin: number
    phone: string | null
    street: string
    city: string
    region: string
    postal_code: string
    country: string
    latitude: number | null
    longitude: number | null
    time_zone: string | null
    language: string | null
    birthday: string | null
    source: string
    lead_status: string
    lead_quality: string
    lead_score: number
    socials: string
    custom: string
    created_at: number
    updated_at: number
    last_activity_at: number | null
    owner_id: string | null
  }
  contact_external_ids: { source: string; external_id: string; contact_no: number }
  custom_fields: { key: string; label: string; type: string; options: string; created_at: number }
  tags: { no: Generated<number>; id: string; name: string; name_key: string }
  contact_tags: { tag_no: number; contact_no: number }
  lists: {
    no: Generated<number>
    id: string
    name: string
    name_key: string
    description: string
    created_at: number
    updated_at: number
  }
  list_members: {
    list_no: number
    contact_no: number
    status: 'active' | 'removed' | 'bounced' | 'unsubscribed'
    added_at: number
    added_by: string
    source: string
    changed_at: number
  }
  notes: { id: string; contact_no: number; body: string; author_id: string; created_at: number }
  imports: {
    id: string
    /** Counts up; rows waiting to be merged carry it. */
    number: number
    file_name: string
    stored_path: string
    state: 'waiting' | 'running' | 'paused' | 'done' | 'failed' | 'cancelled' | 'undone'
    reading: string
    mapping: string
    options: string
    rows: number
    created: number
    updated: number
    unchanged: number
    duplicates: number
    rejected: number
    bytes: number
    bytes_read: number
    cursor: string
    change_no: number | null
    /** How long it was paused since it began. */
    idle_ms: Generated<number>
    error: string | null
    created_by: string
    created_at: number
    started_at: number | null
    ended_at: number | null
  }
  import_rejects: { import_id: string; line: number; field: string; reason: string; cells: string }
  import_mappings: { header_key: string; mapping: string; options: string; used_at: number }
  suppressions: {
    channel: string
    address_key: string
    reason: 'unsubscribe' | 'complaint' | 'hard_bounce' | 'manual' | 'do_not_call' | 'erasure'
    source: string
    contact_id: string | null
    campaign_id: string | null
    note: string
    created_at: number
    /** The list that it came in by; null for one that was entered, or that happened. */
    list_no: Generated<number | null>
  }
  suppression_lists: {
    no: Generated<number>
    id: string
    name: string
    file_name: string
    state: 'running' | 'done' | 'failed' | 'undone'
    reason: 'unsubscribe' | 'manual' | 'do_not_call' | 'complaint'
    channels: string
    list_date: string | null
    valid_until: number | null
    note: string
    stored_path: string
    cursor: number
    rows: number
    added: number
    known: number
    rejected: number
    rejects: string
    error: string
    created_by: string
    created_at: number
    ended_at: number | null
  }
  consents: {
    seq: Generated<number>
    contact_no: number
    channel: string
    status: 'granted' | 'denied' | 'withdrawn'
    basis: string
    source: string
    evidence: string
    at: number
    actor: string
    /** Null while it holds for good. */
    expires_at: Generated<number | null>
  }
  templates: {
    id: string
    channel: Channel
    name: string
    category: string
    content: string
    version: number
    created_by: string
    created_at: number
    updated_at: number
    archived_at: number | null
  }
  template_versions: {
    template_id: string
    version: number
    name: string
    content: string
    saved_by: string
    saved_at: number
  }
  senders: {
    id: string
    channel: Channel
    provider: string
    name: string
    settings: string
    limits: string
    state: 'running' | 'paused' | 'backing_off' | 'tripped'
    state_reason: string
    backing_off_until: number | null
    is_default: number
    created_at: number
    updated_at: number
    archived_at: number | null
  }
  secrets: { owner: string; name: string; ciphertext: Uint8Array; scheme: string; updated_at: number }
  campaigns: {
    id: string
    name: string
    channel: Channel
    status:
      | 'draft'
      | 'in_review'
      | 'approved'
      | 'scheduled'
      | 'running'
      | 'paused'
      | 'completed'
      | 'cancelled'
      | 'failed'
    draft: string
    frozen: string | null
    sender_id: string | null
    send_at: number | null
    plan_state: 'none' | 'planning' | 'done'
    plan_cursor: string
    audience_size: number
    status_reason: string
    is_sample: number
    created_by: string
    created_at: number
    updated_at: number
    started_at: number | null
    completed_at: number | null
  }
  approvals: {
    id: string
    campaign_id: string
    state: 'pending' | 'approved' | 'rejected' | 'void'
    requested_by: string
    requested_at: number
    note: string
    decided_by: string | null
    decided_at: number | null
    decision_note: string
    fingerprint: string
    summary: string
  }
  messages: {
    id: string
    campaign_id: string
    contact_id: string
    step: number
    channel: Channel
    address: string
    sender_id: string
    family: string
    state:
      | 'waiting'
      | 'ready'
      | 'claimed'
      | 'attempting'
      | 'accepted'
      | 'rejected'
      | 'unknown'
      | 'skipped'
      | 'cancelled'
    reason: string
    due_at: number
    attempts: number
    claimed_by: string | null
    provider_message_id: string | null
    created_at: number
    updated_at: number
  }
  attempts: {
    message_id: string
    n: number
    sender_id: string
    run_id: string
    started_at: number
    ended_at: number | null
    outcome: 'accepted' | 'rejected' | 'deferred' | 'throttled' | 'unknown' | null
    class: string | null
    code: string | null
    reply: string | null
  }
  ledger: {
    seq: Generated<number>
    at: number
    kind: string
    campaign_id: string | null
    message_id: string | null
    contact_id: string | null
    event_key: string
    data: string
  }
  ledger_seals: {
    last_seq: number
    first_seq: number
    rows: number
    hash: string
    at: number
  }
  poll_cursors: {
    owner: string
    source: string
    cursor: string
    polled_at: number
    problem: string
  }
  media: {
    id: string
    name: string
    type: string
    bytes: number
    created_at: number
  }
  practice_messages: {
    id: string
    channel: string
    received_at: number
    envelope_from: string
    recipient: string
    subject: string
    message_ref: string
    raw: Uint8Array
    behaviour: string
    opened_at: number | null
    clicked_at: number | null
  }
  practice_rules: { address_key: string; behaviour: string }
  schema_versions: { name: string; applied_at: number }
}
