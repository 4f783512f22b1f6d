/**
 * Parts of a contact that a change can touch, each kept and put back as a whole. `fields` are the columns of the contact,
 * `touched` is when she was changed last, for changes that move nothing else of it;
 * `aliases` those merged into her; `orders`, `events` and `segments` name what would move to another contact in a merge.
 */
export type Aspect =
  | 'fields'
  | 'touched'
  | 'tags'
  | 'lists'
  | 'notes'
  | 'consents'
  | 'externals'
  | 'aliases'
  | 'orders'
  | 'events'
  | 'segments'

/** What a deletion takes away. Orders, events and memberships of segments outlive it by themselves. */
export const EVERYTHING = ['fields', 'tags', 'lists', 'notes', 'consents', 'externals', 'aliases'] as const

/** What a merge touches, on both sides. */
export const EVERYTHING_AND_BELONGINGS = [...EVERYTHING, 'orders', 'events', 'segments'] as const

/**
 * The columns of a contact in the order of a snapshot. Snapshots outlive an update of the application for 30 days, so a
 * new column goes to the end and none is taken out.
 */
export const FIELD_COLUMNS = [
  'first_name',
  'last_name',
  'company',
  'email',
  'email_key',
  'twin',
  'phone',
  'street',
  'city',
  'region',
  'postal_code',
  'country',
  'latitude',
  'longitude',
  'time_zone',
  'language',
  'birthday',
  'source',
  'lead_status',
  'lead_quality',
  'lead_score',
  'socials',
  'custom',
  'created_at',
  'updated_at',
  'last_activity_at',
  'owner_id',
] as const

export type FieldColumn = (typeof FIELD_COLUMNS)[number]

/** Columns that are worked out from other rows: an undo leaves them to those who work them out. */
export const DERIVED_COLUMNS: readonly FieldColumn[] = ['lead_score', 'last_activity_at']

/** Columns of floating point. JSON of SQLite keeps 15 digits of them, so snapshots hold their 17 digits as text. */
export const REAL_COLUMNS: readonly FieldColumn[] = ['latitude', 'longitude']

/** The place of a column in a snapshot. */
export function placeOf(column: FieldColumn): number {
  return FIELD_COLUMNS.indexOf(column)
}

/** The revision of a row that somebody else changed in the middle of the change; no contact ever has it. */
export const BROKEN = -1
