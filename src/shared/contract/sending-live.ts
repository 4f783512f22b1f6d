import { z } from 'zod'
import { CampaignStatus } from '../domain/campaign-status.ts'
import { CampaignId, Channel, Count, Instant, Nothing, query, SenderId } from './define.ts'
import { DomainFamily } from './sender-settings.ts'

/** What keeps messages back. `kind` is for icons and tests, `text` a sentence for a person (empty for `none`). */
export const LiveHold = z.object({
  kind: z.enum([
    'none',
    'paused',
    'stopped',
    'resting',
    'limit',
    'warm_up',
    'family_limit',
    'family_rest',
    'campaign_rate',
    'priority',
    'not_due',
  ]),
  text: z.string(),
  until: Instant.nullable().describe('When it ends by itself; null when nobody knows or a person must act'),
})
export type LiveHold = z.infer<typeof LiveHold>

/** One limit and how much of it is used up. All of them roll but `warm_up`, which is the calendar day of the workspace. */
export const LiveWindow = z.object({
  window: z.enum(['second', 'minute', 'hour', 'day', 'warm_up']),
  limit: Count,
  used: Count,
  left: Count,
  freeAt: Instant.nullable().describe('When the next place is free; null while there is one'),
})
export type LiveWindow = z.infer<typeof LiveWindow>

/** Messages that reached the provider, a second. */
const LiveRate = z.object({ overTenSeconds: z.number().min(0), overMinute: z.number().min(0) })

export const LiveFamily = z.object({
  family: DomainFamily,
  waiting: Count,
  rate: LiveRate,
  windows: z.array(LiveWindow).describe('Empty for `other`, where limits hold for each domain'),
  hold: LiveHold,
})
export type LiveFamily = z.infer<typeof LiveFamily>

export const LiveAccount = z.object({
  id: SenderId,
  name: z.string(),
  channel: Channel,
  state: z.enum(['running', 'paused', 'backing_off', 'tripped']),
  stateReason: z.string(),
  backingOffUntil: Instant.nullable(),
  onWire: Count.describe('Attempts that are open at this moment'),
  concurrency: Count,
  rate: LiveRate,
  waiting: Count.describe('Ready messages of running campaigns'),
  due: Count.describe('Those of them that are due'),
  nextDueAt: Instant.nullable(),
  windows: z.array(LiveWindow),
  warmUpDay: Count.nullable().describe('The day of the warm-up plan, from 1; null when none is going on'),
  hold: LiveHold,
  families: z.array(LiveFamily),
})
export type LiveAccount = z.infer<typeof LiveAccount>

export const LiveCampaign = z.object({
  id: CampaignId,
  name: z.string(),
  status: CampaignStatus,
  priority: z.number().int().min(1).max(5),
  senderIds: z.array(SenderId).describe('The accounts it has something waiting with'),
  rate: LiveRate,
  ratePerSecond: z.number().min(0).nullable().describe('Its own limit over all accounts'),
  waiting: Count,
  due: Count,
  nextDueAt: Instant.nullable(),
  finishesAt: Instant.nullable().describe('Forecast; null when nobody can know'),
  hold: LiveHold,
})
export type LiveCampaign = z.infer<typeof LiveCampaign>

/** What servers answered instead of an acceptance, grouped by class and code, the newest first. */
export const LiveError = z.object({
  class: z.string(),
  code: z.string(),
  label: z.string().describe('The class for a person'),
  count: Count,
  lastAt: Instant,
  example: z.string().describe('The newest reply, without addresses'),
})
export type LiveError = z.infer<typeof LiveError>

export const SendingLive = z.object({
  at: Instant,
  rate: LiveRate,
  waiting: Count,
  due: Count,
  accounts: z.array(LiveAccount).describe('Every account in use, those with work first'),
  campaigns: z.array(LiveCampaign).describe('Running and paused ones, in the order they are served'),
  errors: z.array(LiveError).describe('Of the last 24 hours'),
})
export type SendingLive = z.infer<typeof SendingLive>

/** Requests of the live page. */
export const sendingLive = {
  live: query('What sending does at this moment, and what holds it back', Nothing, SendingLive),
}
