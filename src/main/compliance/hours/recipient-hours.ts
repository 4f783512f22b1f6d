import type { SendWindow } from '../../../shared/contract/campaigns.ts'
import type { Channel } from '../../../shared/contract/define.ts'
import type { ChannelPolicy, Policy } from '../../../shared/contract/policy.ts'
import type { RecipientZone } from '../zone/recipient-zone.ts'
import type { Holidays } from './holidays.ts'
import { legalRowOf, legalRowsOf } from './legal-hours.ts'
import type { Clock, HoursRules } from './openings.ts'
import { both, lawful, ownWeek, WHOLE_WEEK, windowWeek } from './week.ts'

/** What hours a message has to keep, before anything is known of the recipient. */
export interface HoursAsked {
  readonly channel: Channel
  /** The workspace's rules for the channel; null where they do not hold: transactional messages, rules set aside. */
  readonly own: ChannelPolicy | null
  readonly legal: boolean
  readonly window: SendWindow | null
  readonly uncertainZone: Policy['uncertainZone']
}

/** Whether there is anything to keep, so that recipients must be looked at. */
export function asksForHours({ own, legal, window }: HoursAsked): boolean {
  return legal || window !== null || (own !== null && keepsHours(own))
}

/** Whether holidays must be known. */
export function asksForHolidays({ own, legal, window }: HoursAsked): boolean {
  return legal || window?.skipHolidays === true || own?.skipHolidays === true
}

function keepsHours(own: ChannelPolicy): boolean {
  return own.quietHours !== null || own.businessHours !== null || own.skipWeekends || own.skipHolidays
}

/** Hours that marketing by a channel keeps by law, whatever the workspace wants. */
export function legalHoursHold(channel: Channel, own: ChannelPolicy): boolean {
  return own.legalHours && (channel === 'sms' || channel === 'voice')
}

/** The clocks of a recipient with the hours to keep on each: those of the law on every one that may be hers. */
export function recipientClocks(asked: HoursAsked, who: RecipientZone, holidays: Holidays): readonly Clock[] {
  const own = ownRules(asked, who, holidays)
  const law = asked.legal ? legalRules(who, holidays) : null
  const [likeliest] = who.zones
  const zones = asked.uncertainZone === 'strictest' ? who.zones : [likeliest]
  return [
    ...(own === null ? [] : zones.map(zone => ({ zone, rules: own }))),
    ...(law === null ? [] : who.zones.map(zone => ({ zone, rules: law }))),
  ]
}

/** The hours that the workspace and the campaign ask for; null for none. */
export function ownRules({ own, window }: HoursAsked, who: RecipientZone, holidays: Holidays): HoursRules | null {
  const ofPolicy = own === null || !keepsHours(own) ? null : ownWeek(own, who.country)
  const ofCampaign = window === null ? null : windowWeek(window)
  if (ofPolicy === null && ofCampaign === null) return null
  const closes = own?.skipHolidays === true || window?.skipHolidays === true
  return {
    week: both(ofPolicy ?? WHOLE_WEEK, ofCampaign ?? WHOLE_WEEK),
    isClosed: closes ? day => holidays.isHoliday(who.country, who.region, day) : null,
  }
}

/** The hours of the law; where the state is not known, those that are right in every state. Null where the law sets none. */
export function legalRules(who: RecipientZone, holidays: Holidays): HoursRules | null {
  const known = who.region === '' ? null : legalRowOf(who.country, who.region)
  const rows = known === null ? legalRowsOf(who.country) : [known]
  if (rows.length === 0) return null
  return {
    week: rows.map(lawful).reduce(both),
    isClosed: rows.some(row => row.holidays) ? day => holidays.isHoliday(who.country, who.region, day) : null,
  }
}
