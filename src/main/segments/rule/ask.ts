import type { Channel } from '../../../shared/contract/define.ts'
import type { Range } from './range.ts'

/** Text fields of contacts, with what makes them up in a row. */
export type TextSource =
  | { readonly kind: 'column'; readonly column: TextColumn }
  | { readonly kind: 'domain' }
  | { readonly kind: 'custom'; readonly key: string }
  | { readonly kind: 'social'; readonly network: string }

export type TextColumn =
  | 'first_name'
  | 'last_name'
  | 'company'
  | 'email_key'
  | 'phone'
  | 'language'
  | 'time_zone'
  | 'street'
  | 'city'
  | 'region'
  | 'postal_code'
  | 'country'
  | 'source'
  | 'lead_status'
  | 'lead_quality'
  | 'owner_id'

export type NumberSource =
  | { readonly kind: 'column'; readonly column: 'latitude' | 'longitude' | 'lead_score' }
  | { readonly kind: 'custom'; readonly key: string }

export type DaySource = { readonly kind: 'birthday' } | { readonly kind: 'custom'; readonly key: string }

export type InstantColumn = 'created_at' | 'updated_at' | 'last_activity_at'

/** What a property of an event must be. Text is folded. */
export interface PropertyAsk {
  readonly name: string
  readonly operator: 'equals' | 'not_equals' | 'contains' | '<' | '<=' | '>' | '>=' | 'is_present'
  readonly value: string | number
}

/**
 * What a rule asks of a contact, with every name, date and unit resolved: the one form that SQL and memory both answer. No
 * question is true of a contact who has nothing of the kind, so the opposite is always written as `not`.
 */
export type Ask =
  | { readonly kind: 'all' | 'any'; readonly asks: readonly Ask[] }
  | { readonly kind: 'not'; readonly ask: Ask }
  /** Values are folded. `one_of` compares whole texts. */
  | {
      readonly kind: 'text'
      readonly of: TextSource
      readonly test: 'one_of' | 'contains' | 'starts_with' | 'ends_with'
      readonly values: readonly string[]
    }
  | { readonly kind: 'has_text'; readonly of: TextSource }
  | { readonly kind: 'number'; readonly of: NumberSource; readonly range: Range }
  | { readonly kind: 'has_number'; readonly of: NumberSource }
  | {
      readonly kind: 'instant'
      readonly column: InstantColumn
      readonly from: number | null
      readonly to: number | null
    }
  | { readonly kind: 'day'; readonly of: DaySource; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'month_day'; readonly of: DaySource; readonly monthDays: readonly string[] }
  | { readonly kind: 'flag'; readonly key: string; readonly value: boolean }
  | { readonly kind: 'has_flag'; readonly key: string }
  /** One of the elements of a custom field with several values, folded. */
  | { readonly kind: 'element'; readonly key: string; readonly values: readonly string[] }
  | { readonly kind: 'tagged'; readonly nos: readonly number[] }
  | { readonly kind: 'listed'; readonly nos: readonly number[]; readonly statuses: readonly string[] }
  /** In one of these fixed segments. */
  | { readonly kind: 'held'; readonly nos: readonly number[] }
  | { readonly kind: 'near'; readonly latitude: number; readonly longitude: number; readonly metres: number }
  | {
      readonly kind: 'orders'
      readonly measure: 'count' | 'spend' | 'average'
      readonly of: { readonly by: 'sku' | 'name' | 'category'; readonly values: readonly string[] } | null
      /** null: any, for counts. */
      readonly currency: string | null
      readonly from: number | null
      readonly to: number | null
      /** Money in minor units. Never holds for 0, except for averages. */
      readonly range: Range
    }
  | {
      readonly kind: 'order_date'
      readonly which: 'first' | 'last'
      readonly from: number | null
      readonly to: number | null
    }
  | {
      readonly kind: 'events'
      readonly event: string
      readonly name: string
      readonly campaignId: string | null
      readonly properties: readonly PropertyAsk[]
      readonly from: number | null
      readonly to: number | null
      /** Never holds for 0. */
      readonly range: Range
    }
  /** Engagement as heat (see engagement in the tables); never holds for who has none. */
  | { readonly kind: 'heat'; readonly range: Range }
  | {
      readonly kind: 'consent'
      readonly channel: Channel
      readonly status: 'granted' | 'denied' | 'withdrawn' | 'any'
    }
  | { readonly kind: 'suppressed'; readonly channel: Channel }
  | { readonly kind: 'external'; readonly source: string }

/** A question that has no other questions in it. */
export type Leaf = Exclude<Ask, { kind: 'all' | 'any' | 'not' }>
