import { z } from 'zod'
import { BulkAction, BulkBegun, ContactSelection } from './contact-bulk.ts'
import { ContactFilter, CustomColumn, MomentColumn, NumberColumn, TextColumn } from './contact-filter.ts'
import {
  ChangeId,
  Channel,
  ContactId,
  Count,
  command,
  Done,
  Download,
  Instant,
  Line,
  ListId,
  MemberId,
  Nothing,
  Page,
  query,
  TagId,
} from './define.ts'
import { FieldType } from './imports.ts'

/** The values of a contact that a person can edit. Empty text means not known. */
export const ContactFields = z.object({
  firstName: Line(200),
  lastName: Line(200),
  company: Line(300),
  email: Line(320).nullable(),
  phone: Line(40).nullable().describe('Stored as E.164'),
  street: Line(300),
  city: Line(200),
  region: Line(200),
  postalCode: Line(40),
  country: Line(100).describe('ISO 3166-1 alpha-2 where known'),
  latitude: z.number().min(-90).max(90).nullable(),
  longitude: z.number().min(-180).max(180).nullable(),
  timeZone: Line(64).nullable(),
  language: Line(35).nullable(),
  birthday: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .nullable(),
  leadStatus: Line(60),
  leadQuality: Line(60),
  ownerId: MemberId.nullable().describe('The member who looks after the contact'),
  socials: z.record(z.string().max(40), z.string().max(300)),
  custom: z.record(z.string().max(60), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])),
})
export type ContactFields = z.infer<typeof ContactFields>

export const Contact = ContactFields.extend({
  id: ContactId,
  source: z.string(),
  ownerName: z.string().describe('Name of the owner; empty when there is none'),
  leadScore: z.number().int(),
  tags: z.array(z.string()),
  createdAt: Instant,
  updatedAt: Instant,
  lastActivityAt: Instant.nullable(),
})
export type Contact = z.infer<typeof Contact>

export { ContactFilter } from './contact-filter.ts'

/** One row of the contact table. */
export const ContactRow = Contact.pick({
  id: true,
  firstName: true,
  lastName: true,
  company: true,
  email: true,
  phone: true,
  street: true,
  city: true,
  region: true,
  postalCode: true,
  country: true,
  timeZone: true,
  language: true,
  birthday: true,
  source: true,
  leadStatus: true,
  leadQuality: true,
  ownerId: true,
  ownerName: true,
  leadScore: true,
  custom: true,
  tags: true,
  createdAt: true,
  updatedAt: true,
  lastActivityAt: true,
}).extend({
  engagement: z.number().int().min(0).max(100).describe('Score now; 0 for who never reacted'),
  spend: z.array(z.object({ currency: z.string(), valueMinor: z.number().int(), orders: Count })),
  lastOrderAt: Instant.nullable(),
})
export type ContactRow = z.infer<typeof ContactRow>

/** What the contact table can be sorted by. `relevance` puts those first whose name is or begins with what is searched for. */
export const ContactSortField = z.union([
  z.enum(['name', 'relevance', 'birthday', 'ownerId']),
  TextColumn,
  NumberColumn,
  MomentColumn,
  CustomColumn,
])
export type ContactSortField = z.infer<typeof ContactSortField>
export const ContactSort = z.object({ field: ContactSortField, direction: z.enum(['ascending', 'descending']) })
export type ContactSort = z.infer<typeof ContactSort>

/** A view of the contact table: what it shows, in which order, with which columns. */
export const ContactView = z.object({
  filter: ContactFilter,
  sort: ContactSort,
  columns: z
    .array(z.object({ column: Line(70).min(1), width: z.number().int().min(40).max(2000).nullable() }))
    .max(60)
    .describe('Those shown, from left to right'),
})
export type ContactView = z.infer<typeof ContactView>
export const SavedView = ContactView.extend({ id: z.string(), name: Line(80).min(1), updatedAt: Instant })
export type SavedView = z.infer<typeof SavedView>

/** Which contacts are to be exported, and how. */
export const ContactExport = ContactFilter.extend({
  ids: z.array(ContactId).max(10_000).nullable().default(null).describe('Only these; null takes everybody who matches'),
  except: z.array(ContactId).max(10_000).default([]),
  format: z.enum(['csv', 'xlsx', 'json', 'vcard']).default('csv'),
  columns: z
    .array(Line(70).min(1))
    .max(200)
    .nullable()
    .default(null)
    .describe('Columns in order; null writes all of them'),
  safeForSpreadsheets: z.boolean().default(true).describe('CSV only: nothing in it can run as a formula'),
})
export type ContactExport = z.infer<typeof ContactExport>
/** An export that is written in the background. */
export const ExportState = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'cancelled']),
  total: Count,
  written: Count,
  fileName: z.string(),
  reason: z.string(),
  file: Download.nullable().describe('There when it is done'),
})
export type ExportState = z.infer<typeof ExportState>

export const Suppression = z.object({
  channel: Channel,
  address: z.string(),
  reason: z.enum(['unsubscribe', 'complaint', 'hard_bounce', 'manual', 'do_not_call', 'erasure']),
  source: z.string(),
  note: z.string(),
  contactId: ContactId.nullable(),
  at: Instant,
})
export type Suppression = z.infer<typeof Suppression>

/** What a line of a timeline is about. */
export const TimelineGroup = z.enum(['messages', 'purchases', 'lists', 'consent', 'notes', 'profile'])
export type TimelineGroup = z.infer<typeof TimelineGroup>

export const TimelineEntry = z.object({
  at: Instant,
  group: TimelineGroup,
  kind: z
    .string()
    .describe('created, imported, note, consent, suppressed, planned, accepted, rejected, skipped, opened, clicked …'),
  title: z.string(),
  detail: z.string(),
  campaignId: z.string().nullable(),
  messageId: z.string().nullable(),
})
export type TimelineEntry = z.infer<typeof TimelineEntry>

/** Where a page of a timeline begins: at an instant, behind so many lines of that instant. */
const TimelinePlace = z.object({ at: Count, skip: Count })
export const TimelineRequest = z.object({
  id: ContactId,
  groups: z.array(TimelineGroup).max(6).default([]).describe('Empty means everything'),
  limit: z.number().int().min(1).max(200).default(50),
  after: TimelinePlace.nullable().default(null).describe('`next` of the page before'),
})
export type TimelineRequest = z.infer<typeof TimelineRequest>

export const ContactCard = z.object({
  contact: Contact,
  lists: z.array(z.object({ id: ListId, name: z.string(), status: z.string(), addedAt: Instant, source: z.string() })),
  suppressions: z.array(Suppression),
  consents: z.array(
    z.object({ channel: Channel, status: z.string(), basis: z.string(), source: z.string(), at: Instant }),
  ),
  notes: z.array(z.object({ id: z.string(), body: z.string(), author: z.string(), at: Instant })),
})
export type ContactCard = z.infer<typeof ContactCard>

export const contacts = {
  page: query(
    'Rows of the contact table',
    ContactFilter.extend({ sort: ContactSort.default({ field: 'name', direction: 'ascending' }), ...Page.shape }),
    z.object({
      rows: z.array(ContactRow),
      total: Count,
      unsearched: Count.describe('About how many contacts a search has not looked at yet: its index is being prepared'),
    }),
  ),
  get: query('One contact with memberships, consent and notes', z.object({ id: ContactId }), ContactCard),
  timeline: query(
    'What happened to a contact, newest first, page by page to any depth; also to those who were merged into her',
    TimelineRequest,
    z.object({ entries: z.array(TimelineEntry), next: TimelinePlace.nullable() }),
  ),
  create: command('Adds a contact', 'contacts.edit', ContactFields.partial(), Contact),
  update: command(
    'Changes a contact',
    'contacts.edit',
    z.object({ id: ContactId, changes: ContactFields.partial() }),
    Contact.extend({ changeId: ChangeId.describe('Undoes it') }),
  ),
  remove: command(
    'Deletes contacts; what was sent to them stays on record',
    'contacts.edit',
    z.object({ ids: z.array(ContactId).min(1).max(10_000) }),
    z.object({ removed: Count, changeId: ChangeId.nullable().describe('Undoes it; null when nobody was changed') }),
  ),
  setTags: command(
    'Adds and removes tags on contacts',
    'contacts.edit',
    z.object({
      ids: z.array(ContactId).min(1).max(10_000),
      add: z.array(Line(60).min(1)).max(20),
      remove: z.array(Line(60).min(1)).max(20),
    }),
    Done.extend({ changeId: ChangeId.nullable() }),
  ),
  bulk: command(
    'Changes a selection of contacts in the background; the change can be undone',
    'contacts.edit',
    z.object({ selection: ContactSelection, action: BulkAction }),
    BulkBegun,
  ),
  addNote: command(
    'Writes a note on a contact',
    'contacts.edit',
    z.object({ id: ContactId, body: z.string().min(1).max(10_000) }),
    Done,
  ),
  facets: query(
    'The lists and tags with how many contacts each has',
    Nothing,
    z.object({
      total: Count,
      lists: z.array(z.object({ id: ListId, name: z.string(), count: Count })),
      tags: z.array(z.object({ id: TagId, name: z.string(), count: Count })),
      fields: z.array(z.object({ key: z.string(), label: z.string(), type: FieldType, options: z.array(z.string()) })),
    }),
  ),
  export: command(
    'Writes contacts to a file and answers when it is complete',
    'contacts.export',
    ContactExport,
    Download,
  ),
  startExport: command(
    'Writes contacts to a file in the background',
    'contacts.export',
    ContactExport,
    z.object({ id: z.string() }),
  ),
  exportState: query('How far an export is, and its file', z.object({ id: z.string().max(64) }), ExportState),
  cancelExport: command('Gives an export up', 'contacts.export', z.object({ id: z.string().max(64) }), Done),
  views: query('The saved views of the contact table', Nothing, z.object({ views: z.array(SavedView) })),
  saveView: command(
    'Keeps a view of the contact table under a name',
    null,
    ContactView.extend({
      id: z.string().max(64).nullable().default(null).describe('The view to write over; null makes a new one'),
      name: Line(80).min(1),
    }),
    SavedView,
  ),
  removeView: command('Deletes a saved view', null, z.object({ id: z.string().max(64) }), Done),
}

export const ListSummary = z.object({
  id: ListId,
  name: z.string(),
  description: z.string(),
  members: Count,
  active: Count,
  unsubscribed: Count,
  bounced: Count,
  createdAt: Instant,
  updatedAt: Instant,
})
export type ListSummary = z.infer<typeof ListSummary>

export const lists = {
  all: query('Every list with its numbers', Nothing, z.object({ lists: z.array(ListSummary) })),
  create: command(
    'Makes a list',
    'contacts.edit',
    z.object({ name: Line(100).min(1), description: z.string().max(1000).default('') }),
    ListSummary,
  ),
  rename: command(
    'Renames a list',
    'contacts.edit',
    z.object({ id: ListId, name: Line(100).min(1), description: z.string().max(1000) }),
    ListSummary,
  ),
  remove: command('Deletes a list; its contacts stay', 'contacts.edit', z.object({ id: ListId }), Done),
  addMembers: command(
    'Puts contacts on a list; who unsubscribed from it stays unsubscribed',
    'contacts.edit',
    z.object({ id: ListId, contactIds: z.array(ContactId).min(1).max(10_000) }),
    z.object({ added: Count, changeId: ChangeId.nullable() }),
  ),
  removeMembers: command(
    'Takes contacts off a list',
    'contacts.edit',
    z.object({ id: ListId, contactIds: z.array(ContactId).min(1).max(10_000) }),
    z.object({ removed: Count, changeId: ChangeId.nullable() }),
  ),
}

export const compliance = {
  suppressions: query(
    'Addresses that must not be written to',
    z.object({ search: z.string().max(200).default(''), ...Page.shape }),
    z.object({ rows: z.array(Suppression), total: Count }),
  ),
  suppress: command(
    'Stops all messages to an address on a channel',
    'contacts.edit',
    z.object({
      channel: Channel,
      address: Line(320).min(1),
      reason: z.enum(['unsubscribe', 'manual', 'do_not_call', 'complaint']),
      note: z.string().max(1000).default(''),
    }),
    Suppression,
  ),
  lift: command(
    'Allows messages to an address again; needs the evidence',
    'compliance.manage',
    z.object({ channel: Channel, address: Line(320).min(1), evidence: z.string().min(3).max(1000) }),
    Done,
  ),
  recordConsent: command(
    'Records that a person agreed, refused or withdrew',
    'contacts.edit',
    z.object({
      contactId: ContactId,
      channel: Channel,
      status: z.enum(['granted', 'denied', 'withdrawn']),
      basis: Line(100),
      evidence: z.string().max(2000),
      expiresAt: Instant.optional().describe('When it ends by itself; afterwards it is no consent'),
    }),
    Done,
  ),
}
