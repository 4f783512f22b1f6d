import { z } from 'zod'
import { SegmentRule } from '../domain/segment-rule.ts'
import { Audience } from './campaigns.ts'
import {
  CampaignId,
  Channel,
  ContactId,
  Count,
  command,
  Done,
  Instant,
  Line,
  Nothing,
  Page,
  query,
  SegmentId,
} from './define.ts'

export const SegmentKind = z.enum(['dynamic', 'static']).describe('By its rule at any moment, or fixed people')
export type SegmentKind = z.infer<typeof SegmentKind>
export const SegmentRefresh = z
  .enum(['manual', 'hourly', 'daily'])
  .describe('When who entered and left is written down; hourly and daily ones also soon after contacts change')
export type SegmentRefresh = z.infer<typeof SegmentRefresh>

export const SegmentRow = z.object({
  id: SegmentId,
  name: z.string(),
  description: z.string(),
  kind: SegmentKind,
  people: Count.describe('As last counted'),
  countedAt: Instant.nullable().describe('null: not counted yet'),
  refresh: SegmentRefresh,
  usedBy: Count.describe('Campaigns and segments that use it'),
  entered: Count.describe('In the last 30 days'),
  left: Count.describe('In the last 30 days'),
  createdAt: Instant,
  updatedAt: Instant,
  archivedAt: Instant.nullable(),
})
export type SegmentRow = z.infer<typeof SegmentRow>

export const Segment = SegmentRow.extend({
  rule: SegmentRule,
  version: Count,
  nextRefreshAt: Instant.nullable(),
  createdBy: z.string(),
})
export type Segment = z.infer<typeof Segment>

/** What must be changed before a rule can be used; `nodeId` is the condition or group. */
export const RuleProblem = z.object({
  nodeId: z.string(),
  code: z.enum([
    'empty_group',
    'missing_value',
    'unknown_field',
    'wrong_kind',
    'unknown_tag',
    'unknown_list',
    'unknown_segment',
    'not_filled',
    'unknown_campaign',
    'circular',
    'too_deep',
    'not_a_day',
    'backwards',
  ]),
  text: z.string().describe('What to do'),
})
export type RuleProblem = z.infer<typeof RuleProblem>

/** What was found in a contact for a condition. */
export const Seen = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('nothing') }),
  z.object({ kind: z.literal('text'), text: z.string() }),
  z.object({ kind: z.literal('texts'), texts: z.array(z.string()) }),
  z.object({ kind: z.literal('number'), number: z.number() }),
  z.object({ kind: z.literal('money'), amount: z.number(), currency: z.string() }),
  z.object({ kind: z.literal('instant'), at: Instant }),
  z.object({ kind: z.literal('day'), day: z.string() }),
  z.object({ kind: z.literal('boolean'), value: z.boolean() }),
  z.object({ kind: z.literal('distance'), amount: z.number(), unit: z.enum(['km', 'mi']) }),
])
export type Seen = z.infer<typeof Seen>

/** Whether one part of a rule holds for a contact. Groups see nothing themselves. */
export const PartOutcome = z.object({ nodeId: z.string(), holds: z.boolean(), seen: Seen })
export type PartOutcome = z.infer<typeof PartOutcome>

export const SegmentPerson = z.object({
  id: ContactId,
  name: z.string(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string(),
  company: z.string(),
})
export type SegmentPerson = z.infer<typeof SegmentPerson>

export const SegmentUse = z.object({
  kind: z.enum(['campaign', 'segment']),
  id: z.string(),
  name: z.string(),
  status: z.string().describe('Status of the campaign; empty for segments'),
})
export type SegmentUse = z.infer<typeof SegmentUse>

const Move = z.object({
  contactId: ContactId.nullable().describe('null: the contact was deleted'),
  name: z.string(),
  kind: z.enum(['entered', 'left']),
  at: Instant,
})

export const SegmentVersion = z.object({
  version: Count,
  name: z.string().describe('Of the segment at that time'),
  rule: SegmentRule,
  savedBy: z.string(),
  savedAt: Instant,
})
export type SegmentVersion = z.infer<typeof SegmentVersion>

const WhichPeople = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('rule'), rule: SegmentRule }),
    z.object({ kind: z.literal('segment'), id: SegmentId }),
  ])
  .describe('A rule, or a segment by its id (for fixed ones the people they hold)')

/** One step of the way from the chosen people to those who are reached. */
export const ReachStep = z.object({
  step: z.enum([
    'excluded_list',
    'excluded_tag',
    'excluded_segment',
    'excluded_rule',
    'in_running_campaign',
    'messaged_recently',
    'customer',
    'unsubscribed_category',
    'no_consent',
    'no_address',
    'invalid_address',
    'duplicate_address',
    'unsubscribed',
    'complained',
    'hard_bounced',
    'do_not_call',
    'suppressed',
    'erased',
    'consent_denied',
    'list_unsubscribed',
  ]),
  people: Count.describe('Who falls out here, and not at a step before'),
  left: Count.describe('Who is left after this step'),
})
export type ReachStep = z.infer<typeof ReachStep>

export const segments = {
  list: query(
    'Every segment, by name',
    z.object({ archived: z.boolean().default(false) }),
    z.object({ rows: z.array(SegmentRow) }),
  ),
  get: query('One segment', z.object({ id: SegmentId }), Segment),
  create: command(
    'Makes a segment. A fixed one holds who is found now',
    'contacts.edit',
    z.object({
      name: Line(100).min(1),
      description: z.string().max(1000).default(''),
      kind: SegmentKind.default('dynamic'),
      refresh: SegmentRefresh.default('daily'),
      rule: SegmentRule,
    }),
    Segment,
  ),
  save: command(
    'Changes a segment; refused when somebody saved in between',
    'contacts.edit',
    z.object({
      id: SegmentId,
      version: Count,
      name: Line(100).min(1),
      description: z.string().max(1000),
      refresh: SegmentRefresh,
      rule: SegmentRule,
    }),
    Segment,
  ),
  versions: query(
    'A segment as it was saved, newest first; the newest is what it is now',
    z.object({
      id: SegmentId,
      before: Count.nullable().default(null).describe('Versions older than this one'),
      limit: z.number().int().min(1).max(100).default(25),
    }),
    z.object({ versions: z.array(SegmentVersion), more: z.boolean() }),
  ),
  restore: command(
    'Brings the rule of an earlier version back, as a new version; refused when somebody saved in between',
    'contacts.edit',
    z.object({ id: SegmentId, version: Count.describe('The newest, as it was seen'), earlier: Count }),
    Segment,
  ),
  duplicate: command('Copies a segment', 'contacts.edit', z.object({ id: SegmentId }), Segment),
  snapshot: command(
    'Makes a fixed segment of the people who are in a segment now',
    'contacts.edit',
    z.object({ id: SegmentId, name: Line(100).min(1) }),
    Segment,
  ),
  archive: command(
    'Puts a segment away, or takes it back',
    'contacts.edit',
    z.object({ id: SegmentId, archived: z.boolean() }),
    Segment,
  ),
  remove: command('Deletes a segment that nothing uses', 'contacts.edit', z.object({ id: SegmentId }), Done),
  usedBy: query('What uses a segment', z.object({ id: SegmentId }), z.object({ uses: z.array(SegmentUse) })),
  refreshNow: command(
    'Finds out again who is in a segment; the work is done in the background',
    'contacts.edit',
    z.object({ id: SegmentId }),
    Done,
  ),
  fields: query(
    'What rules of this workspace can ask about',
    Nothing,
    z.object({
      fields: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          kind: z.enum(['text', 'number', 'instant', 'day', 'boolean', 'values']),
          group: z.enum(['person', 'address', 'lead', 'dates', 'social', 'custom']),
          suggests: z.boolean(),
          options: z.array(z.string()),
        }),
      ),
      eventNames: z.array(z.string()).describe('Custom events that happened'),
      currencies: z.array(z.string()).describe('Of orders, the workspace’s first'),
      sources: z.array(z.string()).describe('Systems that contacts have ids in'),
      timeZone: z.string(),
    }),
  ),
  values: query(
    'The most frequent values of a field, with how many contacts have them',
    z.object({
      of: z.string().max(70).describe('A text field of the catalogue, or sku, product or category of what was bought'),
      search: z.string().max(100).default('').describe('How the value begins'),
      limit: z.number().int().min(1).max(100).default(20),
    }),
    z.object({ values: z.array(z.object({ value: z.string(), people: Count })) }),
  ),
  names: query(
    'What the ids in a rule are called',
    z.object({ rule: SegmentRule }),
    z.object({
      names: z.record(z.string(), z.string()).describe('Id of a tag, list, segment or campaign to its name'),
    }),
  ),
  count: query(
    'How many contacts a rule finds. With problems nothing is counted',
    z.object({ rule: SegmentRule }),
    z.object({
      problems: z.array(RuleProblem),
      people: Count.nullable(),
      total: Count.describe('All contacts'),
      elapsedMs: z.number().min(0),
    }),
  ),
  contributions: query(
    'What each part of a rule does to the number',
    z.object({ rule: SegmentRule }),
    z.object({
      parts: z.array(
        z.object({
          nodeId: z.string(),
          alone: Count.describe('Whom the part finds by itself'),
          without: Count.nullable().describe('Whom the rule would find without it; null for the only part'),
        }),
      ),
    }),
  ),
  sample: query(
    'Some people whom a rule finds, with what was seen for each condition',
    z.object({ rule: SegmentRule, limit: z.number().int().min(1).max(50).default(10) }),
    z.object({ people: z.array(SegmentPerson.extend({ parts: z.array(PartOutcome) })) }),
  ),
  overlap: query(
    'How many people a rule has in common with every other segment',
    z.object({ rule: SegmentRule, except: SegmentId.nullable().default(null) }),
    z.object({
      people: Count,
      segments: z.array(z.object({ id: SegmentId, name: z.string(), people: Count, both: Count })),
    }),
  ),
  explain: query(
    'Whether a contact is found, and what was seen for every part of the rule',
    z.object({ which: WhichPeople, contactId: ContactId }),
    z.object({ contactName: z.string(), holds: z.boolean(), parts: z.array(PartOutcome) }),
  ),
  people: query(
    'The people whom a rule or a segment finds, in the order they came',
    z.object({
      which: WhichPeople,
      after: z.string().max(64).default(''),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    z.object({
      people: z.array(SegmentPerson),
      next: z.string().nullable().describe('Give it as `after` for the next page; null at the end'),
    }),
  ),
  history: query(
    'Who entered and left a segment, by day of the workspace’s zone',
    z.object({ id: SegmentId, days: z.number().int().min(1).max(400).default(90) }),
    z.object({
      days: z.array(
        z.object({ day: z.string(), entered: Count, left: Count, people: Count.describe('At the end of the day') }),
      ),
    }),
  ),
  moves: query(
    'The entries and exits of a segment, newest first',
    z.object({ id: SegmentId, ...Page.shape }),
    z.object({ moves: z.array(Move), total: Count }),
  ),
  ofContact: query(
    'The segments that a contact is in, and when she entered and left',
    z.object({ contactId: ContactId }),
    z.object({
      segments: z.array(z.object({ id: SegmentId, name: z.string(), enteredAt: Instant })),
      moves: z.array(z.object({ id: SegmentId, name: z.string(), kind: z.enum(['entered', 'left']), at: Instant })),
    }),
  ),
  importRule: query(
    'Reads a rule of another program, or one that was copied here. Nothing that is not understood is left out silently',
    z.object({ text: z.string().min(1).max(200_000).describe('JSON') }),
    z.object({
      format: z.enum(['tidings', 'flat', 'leads', 'customers', 'grouped', 'unknown']),
      rule: SegmentRule.nullable().describe('null while there are problems that would change whom it finds'),
      problems: z.array(z.object({ path: z.string(), text: z.string() })),
      notes: z.array(z.string()).describe('How something was read that could be read in another way'),
    }),
  ),
  reach: query(
    'From the people who are chosen to those who are reached: who falls out at which step. Agrees with the estimate',
    z.object({ channel: Channel, audience: Audience, campaignId: CampaignId.nullable().default(null) }),
    z.object({ chosen: Count, steps: z.array(ReachStep), reached: Count }),
  ),
  reachPeople: query(
    'Who falls out at a step, or is reached (null)',
    z.object({
      channel: Channel,
      audience: Audience,
      campaignId: CampaignId.nullable().default(null),
      step: ReachStep.shape.step.nullable(),
      after: z.string().max(64).default(''),
      limit: z.number().int().min(1).max(200).default(50),
    }),
    z.object({ people: z.array(SegmentPerson), next: z.string().nullable() }),
  ),
  matchRecipients: query(
    'Finds the contacts of pasted addresses: e-mail or phone, one a line or with commas or semicolons between them',
    z.object({ text: z.string().max(2_000_000) }),
    z.object({
      found: z.array(z.object({ id: ContactId, name: z.string(), address: z.string() })),
      unknown: z.array(z.object({ address: z.string(), channel: Channel })).describe('Good addresses that nobody has'),
      unreadable: z.array(z.object({ line: Count, text: z.string() })),
      repeated: Count,
    }),
  ),
}
