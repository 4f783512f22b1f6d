import type { Generated } from 'kysely'

/** The tables of what is known about an audience: changes, orders, events, scores, segments, views and duplicates. */
export interface AudienceTables {
  /** Changes to contacts that can be undone. */
  changes: {
    no: Generated<number>
    id: string
    kind: string
    title: string
    state: 'recording' | 'done' | 'undoing' | 'undone' | 'expired'
    contacts: number
    /** How many of them are as before again. */
    restored: number
    made_by: string
    made_at: number
    undone_at: number | null
  }
  /** How a contact was before a change (null: she was not there) and which revision the change left (null: it deleted her). */
  change_contacts: {
    change_no: number
    contact_no: number
    before: string | null
    after_revision: number | null
    /** Why an undo left her as she is. */
    kept: 'changed' | 'in_use' | 'gone' | 'address_taken' | null
  }
  /** Tags and lists that a change made; its undo takes those away again that nobody uses. */
  change_made: { change_no: number; kind: 'tag' | 'list'; no: number }
  /** Custom fields that a change made. */
  change_made_fields: { change_no: number; key: string }
  /** Contacts that a bulk change has still to come to, a few hundred in each row. */
  bulk_parts: { change_no: number; part: number; contact_nos: string }
  /** Indexes of contacts that are taken away while very many are taken back, as the statements that make them. */
  contact_indexes_away: { statement: string }
  orders: {
    no: Generated<number>
    id: string
    source: string
    external_id: string
    contact_no: number
    at: number
    currency: string
    value_minor: number
    status: 'paid' | 'refunded' | 'cancelled'
    change_no: number | null
  }
  order_items: {
    order_no: number
    position: number
    sku: string
    name: string
    category: string
    quantity: number
    value_minor: number
  }
  /** Sums over the paid orders of a contact in a currency. */
  order_totals: {
    contact_no: number
    currency: string
    orders: number
    value_minor: number
    first_at: number
    last_at: number
  }
  /**
   * `kind` is sent, delivered, opened, clicked, replied, bounced, unsubscribed or complained, from the ledger and with an empty
   * `name`; custom with the name it was recorded under; score_crossed, named up or down.
   */
  contact_events: {
    no: Generated<number>
    contact_no: number
    kind: string
    name: string
    at: number
    campaign_id: string | null
    properties: string
    event_key: string
  }
  /** How often and when something happened to a contact. */
  contact_activity: {
    contact_no: number
    kind: string
    name: string
    events: number
    first_at: number
    last_at: number
  }
  event_cursors: { name: string; position: number }
  /**
   * Engagement as of `raw_at`, the newest event that counts; `heat` = log2(raw) + raw_at / half-life orders contacts the same
   * way at any time, null when raw ≤ 0. `last_at` is when she last did something herself, as contacts.last_activity_at.
   */
  engagement: { contact_no: number; raw: number; raw_at: number; heat: number | null; last_at: number | null }
  /** Contacts whose totals, engagement and lead score are to be computed again. */
  stale_figures: { contact_no: number }
  /** Of which revision of a contact and of the rules contacts.lead_score is, and how many thresholds she is above. */
  lead_scores: {
    contact_no: number
    revision: number
    rules_version: number
    level: number
    decays: number
    scored_at: number
  }
  /** Recency, frequency and monetary value over 365 days, per currency. */
  rfm: {
    contact_no: number
    currency: string
    recency_days: number
    orders: number
    value_minor: number
    recency: number
    frequency: number
    monetary: number
    rfm_group: string
    computed_at: number
  }
  order_imports: {
    number: Generated<number>
    id: string
    file_name: string
    stored_path: string
    state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone'
    reading: string
    mapping: string
    options: string
    phase: 'read' | 'merge' | 'figures' | 'over'
    cursor: string
    rows: number
    taken: number
    rejected: number
    created: number
    updated: number
    unchanged: number
    customers_made: number
    bytes: number
    bytes_read: number
    change_no: number | null
    error: string | null
    created_by: string
    created_at: number
    started_at: number | null
    ended_at: number | null
  }
  order_import_rejects: { import_no: number; line: number; field: string; reason: string; cells: string }
  /** How an order was before a change; null: it was not there. */
  change_orders: { change_no: number; order_no: number; before: string | null }
  score_rules: {
    id: string
    position: number
    rule: string
    points: number
    enabled: number
    created_at: number
    updated_at: number
  }
  segments: {
    no: Generated<number>
    id: string
    name: string
    name_key: string
    description: string
    kind: 'dynamic' | 'static'
    rule: string
    version: number
    members: number
    counted_at: number | null
    refresh: 'manual' | 'hourly' | 'daily'
    next_refresh_at: number | null
    created_by: string
    created_at: number
    updated_at: number
    archived_at: number | null
  }
  /** A segment as it was saved, once a version. */
  segment_versions: {
    segment_no: number
    version: number
    name: string
    rule: string
    saved_by: string
    saved_at: number
  }
  segment_members: { segment_no: number; contact_no: number; entered_at: number }
  segment_moves: {
    no: Generated<number>
    segment_no: number
    contact_no: number
    kind: 'entered' | 'left'
    at: number
  }
  /** R*Tree of the contacts with a place; kept by triggers. */
  contact_places: {
    no: number
    min_latitude: number
    max_latitude: number
    min_longitude: number
    max_longitude: number
  }
  /** Contacts from this number on are not in the R*Tree yet: an import brought them, and a job takes them in. */
  contact_places_state: { one: number; deferred_from: number | null }
  /** Contacts that are gone while their places are still in the R*Tree: a job takes those out. */
  contact_places_gone: { no: number }
  contact_exports: {
    id: string
    token: string
    file_name: string
    request: string
    state: 'running' | 'done' | 'failed' | 'cancelled'
    total: number
    written: number
    bytes: number
    reason: string
    made_by: string
    made_at: number
  }
  /** When a sort index that was made on demand was used last, to the day. */
  contacts_sort_uses: { name: string; used_at: number }
  /** One row: contacts up to this number are in the search index, but those in `contacts_search_pending`. */
  contacts_search_state: { one: number; indexed_to: number }
  contacts_search_pending: { contact_no: number }
  saved_views: {
    id: string
    name: string
    name_key: string
    view: string
    made_by: string
    created_at: number
    updated_at: number
  }
  duplicate_groups: { no: Generated<number>; search: number; confidence: number; reasons: string; contacts: string }
  /** The search whose groups are shown, and when it ended; no row before the first. */
  duplicate_search: { id: number; shown: number; found_at: number }
  duplicate_dismissals: { one_no: number; other_no: number; dismissed_by: string; at: number }
  /** Who was merged into whom: what is on record under the old id belongs to the contact. */
  contact_aliases: { old_id: string; old_no: number; contact_no: number; change_no: number }
}
