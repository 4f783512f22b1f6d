import { z } from 'zod'
import { CampaignStatus } from '../domain/campaign-status.ts'
import { Permission, Role } from '../domain/permissions.ts'
import { CampaignId, Channel, Count, command, Done, Instant, Line, MemberId, Nothing, query } from './define.ts'

export const Member = z.object({
  id: MemberId,
  name: z.string(),
  email: z.string(),
  role: Role,
  archivedAt: Instant.nullable(),
})
export type Member = z.infer<typeof Member>

/** What a message costs, in ten-thousandths of the workspace's currency unit (79 = 0.0079). */
export const RateCard = z.object({
  asOf: z
    .string()
    .describe(
      'The day the prices were looked up, YYYY-MM-DD; empty while they are placeholders that nobody has looked up',
    ),
  emailPerMessage: Count,
  smsPerSegment: Count,
  whatsappPerMessage: Count.default(250),
  voicePerCall: Count.default(140),
})
export type RateCard = z.infer<typeof RateCard>

export const WorkspaceSettings = z.object({
  organisation: Line(200).describe('The sender’s name, as recipients know it'),
  postalAddress: z.string().max(500).describe('Shown in e-mails as the law asks'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .describe('Default country for phone numbers, ISO 3166-1 alpha-2'),
  timeZone: z.string().max(64).describe('IANA zone of the workspace'),
  currency: z.string().regex(/^[A-Z]{3}$/),
  rates: RateCard,
  unsubscribeBaseUrl: Line(300)
    .default('')
    .describe('Where a server of one’s own takes one-click unsubscribes, https; empty when there is none'),
})
export type WorkspaceSettings = z.infer<typeof WorkspaceSettings>

export const Overview = z.object({
  version: z.string(),
  folder: z.string(),
  isEmpty: z.boolean().describe('Nothing was made yet: offer the sample or a first import'),
  hasSample: z.boolean(),
  contacts: Count,
  templates: Count,
  campaigns: Count,
  member: Member,
  permissions: z.array(Permission),
  secretsKeptBy: z.enum(['system', 'key_file', 'unavailable']).describe('What encrypts account passwords'),
})
export type Overview = z.infer<typeof Overview>

const CampaignLine = z.object({
  id: CampaignId,
  name: z.string(),
  channel: Channel,
  status: CampaignStatus,
  statusReason: z.string(),
  sendAt: Instant.nullable(),
  completedAt: Instant.nullable(),
  audience: Count,
  sent: Count,
  finished: Count.describe('In a final state'),
})
export type CampaignLine = z.infer<typeof CampaignLine>

export const Home = z.object({
  running: z.array(CampaignLine),
  next: z.array(CampaignLine),
  recent: z.array(CampaignLine),
  awaitingDecision: Count,
  unknownMessages: Count,
  checklist: z.array(
    z.object({
      step: z.enum(['contacts', 'template', 'campaign', 'approval', 'sent', 'identity', 'account']),
      done: z.boolean(),
    }),
  ),
})
export type Home = z.infer<typeof Home>

export const LedgerReport = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), rows: Count, found: z.string() })),
})
export type LedgerReport = z.infer<typeof LedgerReport>

export const workspace = {
  overview: query('What the window shows around every page', Nothing, Overview),
  home: query('What needs attention today', Nothing, Home),
  settings: query('The settings of the workspace', Nothing, WorkspaceSettings),
  saveSettings: command('Changes the settings', 'workspace.manage', WorkspaceSettings, WorkspaceSettings),
  loadSample: command(
    'Fills the workspace with made-up contacts, templates and a finished campaign',
    'workspace.manage',
    Nothing,
    Done,
  ),
  removeSample: command('Takes the sample out again', 'workspace.manage', Nothing, Done),
  verifyLedger: query('Recomputes every invariant of the ledger from the raw rows', Nothing, LedgerReport),
}

export const team = {
  list: query('The members of the workspace', Nothing, z.object({ members: z.array(Member) })),
  switchTo: command(
    'Acts as another member (local workspaces have no sign-in)',
    null,
    z.object({ id: MemberId }),
    Member,
  ),
  save: command(
    'Adds a member, or changes one',
    'team.manage',
    z.object({ id: MemberId.nullable(), name: Line(100).min(1), email: Line(254), role: Role }),
    Member,
  ),
  archive: command(
    'Removes a member; what she did stays on record, and her contacts go to the heir or to nobody',
    'team.manage',
    z.object({ id: MemberId, heirId: MemberId.nullable().default(null).describe('Who owns her contacts from now on') }),
    Done,
  ),
}
