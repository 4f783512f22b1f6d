import { z } from 'zod'
import { ContactId, Count, command, Done, Instant, Line, ListId, Nothing, query } from './define.ts'

/** What happened to a contact. `custom` events carry a name of their own. */
export const ContactEventKind = z.enum([
  'sent',
  'delivered',
  'opened',
  'clicked',
  'replied',
  'bounced',
  'unsubscribed',
  'complained',
  'custom',
  'score_crossed',
])
export type ContactEventKind = z.infer<typeof ContactEventKind>

/** Values that come with a custom event. */
export const EventProperties = z.record(
  z.string().min(1).max(60),
  z.union([z.string().max(1000), z.number(), z.boolean(), z.null()]),
)

export const ContactEvent = z.object({
  no: Count,
  kind: ContactEventKind,
  name: z.string(),
  at: Instant,
  campaignId: z.string().nullable(),
  properties: EventProperties,
})
export type ContactEvent = z.infer<typeof ContactEvent>

export const contactEvents = {
  record: command(
    'Records that something happened to a contact, such as a form that she filled in; twice with the same key is once',
    'contacts.edit',
    z.object({
      contactId: ContactId,
      name: Line(100).min(1),
      at: Instant.optional().describe('Now when absent'),
      properties: EventProperties.default({}),
      key: z.string().min(1).max(200).optional().describe('Makes recording it again harmless'),
    }),
    z.object({ recorded: z.boolean() }),
  ),
  ofContact: query(
    'Events of a contact, newest first',
    z.object({
      contactId: ContactId,
      before: z.object({ at: Instant, no: Count }).nullable().default(null),
      limit: z.number().int().min(1).max(500).default(50),
    }),
    z.object({ events: z.array(ContactEvent), more: z.boolean() }),
  ),
  names: query(
    'Names of custom events with how often they happened',
    Nothing,
    z.object({ names: z.array(z.object({ name: z.string(), events: Count, contacts: Count })) }),
  ),
  catchUp: command('Brings events and scores up to date with what was sent', 'contacts.edit', Nothing, Done),
}

/** What an event is worth when it happens; it halves every 30 days. */
export const EngagementWeights = z.object({
  replied: z.number().min(-100).max(100),
  repliedSms: z.number().min(-100).max(100),
  purchased: z.number().min(-100).max(100),
  clicked: z.number().min(-100).max(100),
  opened: z.number().min(-100).max(100),
  unsubscribed: z.number().min(-100).max(100),
  complained: z.number().min(-100).max(100),
  bounced: z.number().min(-100).max(100),
  custom: z.number().min(-100).max(100),
  opensPerDay: z.number().int().min(1).max(100).describe('Opens of a day beyond these count nothing'),
})
export type EngagementWeights = z.infer<typeof EngagementWeights>

export const LeadField = z.enum([
  'firstName',
  'lastName',
  'company',
  'email',
  'phone',
  'city',
  'region',
  'country',
  'language',
  'source',
  'leadStatus',
  'leadQuality',
])
export type LeadField = z.infer<typeof LeadField>

export const LeadRule = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('field'),
    field: z.union([LeadField, z.string().regex(/^custom:[a-z][a-z0-9_]{0,58}$/)]),
    operator: z.enum(['equals', 'not_equals', 'contains', 'is_empty', 'is_not_empty']),
    value: Line(300),
  }),
  z.object({ kind: z.literal('tag'), tag: Line(60).min(1) }),
  z.object({ kind: z.literal('list'), listId: ListId }),
  z.object({
    kind: z.literal('event'),
    event: z.enum(['opened', 'clicked', 'replied', 'bounced', 'unsubscribed', 'complained', 'purchased', 'custom']),
    name: Line(100).describe('Of a custom event; empty for every one'),
    halfLifeDays: z.number().int().min(1).max(3650).nullable().describe('Points halve in this time; null keeps them'),
    most: z.number().int().min(1).max(1000).describe('The rule gives or takes no more than this'),
  }),
])
export type LeadRule = z.infer<typeof LeadRule>

export const ScoreRule = z.object({
  id: z.string().min(1).max(64),
  rule: LeadRule,
  points: z.number().int().min(-1000).max(1000),
  enabled: z.boolean(),
})
export type ScoreRule = z.infer<typeof ScoreRule>

export const ScoreSettings = z.object({
  weights: EngagementWeights,
  rules: z.array(ScoreRule).max(100),
  thresholds: z
    .array(z.object({ name: Line(60).min(1), at: z.number().int().min(-1000).max(1000) }))
    .max(5)
    .describe('Crossing one is an event of the contact; 5 points of hysteresis on the way down'),
})
export type ScoreSettings = z.infer<typeof ScoreSettings>

export const EngagementTier = z.enum(['hot', 'warm', 'cool', 'cold'])
export type EngagementTier = z.infer<typeof EngagementTier>

/** A contact's scores with what they are made of. */
export const ContactScores = z.object({
  engagement: z.object({
    score: z.number().min(0).max(100),
    tier: EngagementTier,
    lastAt: Instant.nullable().describe('When she last did something herself'),
    parts: z.array(
      z.object({
        what: EngagementWeights.keyof().exclude(['opensPerDay']),
        events: Count,
        counted: Count.describe('Fewer where a day has more opens than count'),
        lastAt: Instant,
        points: z.number().describe('What they are worth today'),
      }),
    ),
  }),
  lead: z.object({
    score: z.number().int(),
    level: z.string().nullable().describe('The highest threshold that she is above'),
    parts: z.array(z.object({ ruleId: z.string(), rule: LeadRule, points: z.number() })),
  }),
})
export type ContactScores = z.infer<typeof ContactScores>

export const scores = {
  ofContact: query('Scores of a contact with what they are made of', z.object({ contactId: ContactId }), ContactScores),
  settings: query('How contacts are scored', Nothing, ScoreSettings),
  save: command(
    'Changes how contacts are scored; all are scored again',
    'workspace.manage',
    ScoreSettings,
    ScoreSettings,
  ),
  preview: query(
    'Scores of a contact if she were scored this way; nothing is written',
    z.object({ contactId: ContactId, settings: ScoreSettings }),
    ContactScores,
  ),
  progress: query(
    'How many contacts wait to be scored again',
    Nothing,
    z.object({ waiting: Count, upToDate: z.boolean() }),
  ),
}
