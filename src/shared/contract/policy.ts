import { z } from 'zod'
import { CampaignId, command, Done, Instant, Line, Nothing, query } from './define.ts'

/** A time of day on somebody's clock, HH:mm. */
export const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30')

/** From a time of day to another on the recipient's clock; `to` may be earlier than `from`: then it ends the next day. */
export const HoursOfDay = z
  .object({ from: ClockTime, to: ClockTime })
  .refine(hours => hours.from !== hours.to, 'must begin and end at different times')
export type HoursOfDay = z.infer<typeof HoursOfDay>

/** At most so many marketing messages to a person in a rolling window. */
export const FrequencyCap = z.object({
  most: z.number().int().min(1).max(1000),
  hours: z
    .number()
    .int()
    .min(1)
    .max(24 * 31),
})
export type FrequencyCap = z.infer<typeof FrequencyCap>

/** What a channel asks for before a marketing message may leave. */
export const ChannelPolicy = z.object({
  consent: z
    .enum(['required', 'not_denied'])
    .describe('required: only who agreed, and whose consent has not expired; not_denied: everybody who did not refuse'),
  quietHours: HoursOfDay.nullable().describe('Nothing goes between these times on the recipient’s clock'),
  legalHours: z.boolean().describe('Keeps to the hours that the law sets where the recipient lives'),
  businessHours: HoursOfDay.nullable().describe('Only between these times on the recipient’s clock'),
  skipWeekends: z.boolean(),
  skipHolidays: z.boolean().describe('Public holidays where the recipient lives'),
  caps: z.array(FrequencyCap).max(5),
})
export type ChannelPolicy = z.infer<typeof ChannelPolicy>

const NO_HOURS = { quietHours: null, businessHours: null, skipWeekends: false, skipHolidays: false } as const
const day = (most: number): FrequencyCap => ({ most, hours: 24 })
const week = (most: number): FrequencyCap => ({ most, hours: 7 * 24 })
const month = (most: number): FrequencyCap => ({ most, hours: 30 * 24 })

/** What holds for marketing before anybody changes it (standards.md 1.13 and 6.4). */
export const DEFAULT_CHANNELS: Readonly<Record<'email' | 'sms' | 'whatsapp' | 'voice', ChannelPolicy>> = {
  email: { ...NO_HOURS, consent: 'not_denied', legalHours: false, caps: [day(1), week(3)] },
  sms: {
    ...NO_HOURS,
    consent: 'required',
    quietHours: { from: '21:00', to: '08:00' },
    legalHours: true,
    caps: [day(1), month(4)],
  },
  whatsapp: {
    ...NO_HOURS,
    consent: 'required',
    quietHours: { from: '21:00', to: '08:00' },
    legalHours: false,
    caps: [day(1), month(4)],
  },
  voice: {
    ...NO_HOURS,
    consent: 'required',
    quietHours: { from: '21:00', to: '08:00' },
    legalHours: true,
    caps: [day(1), month(4)],
  },
}

/** The rules for marketing messages. Transactional messages keep to suppressions only. */
export const Policy = z.object({
  channels: z
    .object({ email: ChannelPolicy, sms: ChannelPolicy, whatsapp: ChannelPolicy, voice: ChannelPolicy })
    .default(() => ({ ...DEFAULT_CHANNELS })),
  overallCaps: z.array(FrequencyCap).max(5).default([]).describe('Over all channels together'),
  uncertainZone: z
    .enum(['strictest', 'likeliest'])
    .default('strictest')
    .describe(
      'Where nobody knows in which of several zones somebody is: hours that are right in all of them, or those of the likeliest. Hours that the law sets hold in all of them anyway',
    ),
  requiredLists: z
    .array(Line(100).min(1))
    .max(20)
    .default([])
    .describe('Names of do-not-call lists that must be in force before marketing by SMS or voice is started'),
})
export type Policy = z.infer<typeof Policy>

const LegalRow = z.object({
  country: z.string(),
  region: z.string().describe('State; empty for the whole country'),
  hours: z
    .array(HoursOfDay.nullable())
    .length(7)
    .describe('From Monday to Sunday on the recipient’s clock; null: none that day'),
  holidays: z.boolean().describe('Nothing on public holidays'),
  confirmed: z.boolean().describe('Two independent sources agree'),
})
export type LegalRow = z.infer<typeof LegalRow>

export const PolicyView = z.object({
  policy: Policy,
  isDefault: z.boolean().describe('Nobody has changed it'),
  savedBy: z.string(),
  savedAt: Instant.nullable(),
  reason: z.string().describe('Why it was changed last'),
  legal: z.object({ asOf: z.string(), source: z.string(), rows: z.array(LegalRow) }),
  locked: z
    .array(z.object({ rule: z.string(), why: z.string() }))
    .describe('What cannot be loosened, as channel.rule (sms.consent), and the law that says so'),
})
export type PolicyView = z.infer<typeof PolicyView>

/** Rules that may be set aside for one campaign, where the law permits. */
export const OverridableRule = z.enum(['consent', 'own_hours', 'frequency_cap'])
export type OverridableRule = z.infer<typeof OverridableRule>

export const Overrides = z.object({
  rules: z.array(OverridableRule),
  reason: z.string(),
  by: z.string(),
  at: Instant.nullable(),
})
export type Overrides = z.infer<typeof Overrides>

export const policy = {
  get: query('The rules about consent, hours and frequency, and what the law fixes', Nothing, PolicyView),
  save: command(
    'Changes the rules; loosening one needs a reason, which stays on record',
    'compliance.manage',
    z.object({ policy: Policy, reason: z.string().max(1000).default('') }),
    PolicyView,
  ),
  overrides: query('What was set aside for a campaign', z.object({ campaignId: CampaignId }), Overrides),
  override: command(
    'Sets rules aside for one campaign, where the law permits; the reason stays on record. None: all rules hold again',
    'compliance.manage',
    z.object({ campaignId: CampaignId, rules: z.array(OverridableRule).max(3), reason: z.string().min(3).max(1000) }),
    Done,
  ),
}
