import type { Generated } from 'kysely'

/** The tables of what is known about an audience: changes, orders, events, scores, segments, views and duplicates. */
export interface AudienceTables {
  /** Changes to contacts that can be undone. */
  changes: {
    no: Generated<number>
    id: string
    kind: string
    title: string
    state: 'recording' | 'done' | 'undoing' | 'undone'
    contacts: number
    made_by: string
    made_at: number
    undone_at: number | null
  }
  /** How a contact was before a change (null: she was not there) and which revision the change left (null: it deleted her). */
  change_contacts: { change_no: number; contact_no: number; before: string | null; after_revision: number | null }
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
  /** Engagement as of `raw_at`; `heat` = log2(raw) + raw_at / half-life orders contacts the same way at any time, null when raw ≤ 0. */
  engagement: { contact_no: number; raw: number; raw_at: number; heat: number | null; last_at: number }
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
  saved_views: {
    id: string
    name: string
    name_key: string
    view: string
    made_by: string
    created_at: number
    updated_at: number
  }
  duplicate_groups: { no: Generated<number>; confidence: number; reasons: string; contacts: string; found_at: number }
  duplicate_dismissals: { one_no: number; other_no: number; dismissed_by: string; at: number }
  /** Who was merged into whom: what is on record under the old id belongs to the contact. */
  contact_aliases: { old_id: string; old_no: number; contact_no: number; change_no: number }
}
