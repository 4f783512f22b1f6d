import type { HoursOfDay, Policy } from '../../../shared/contract/policy.ts'
import { minutesOf } from './clock-time.ts'

/** A rule that the law fixes, as channel.rule, and which law. */
export interface LockedRule {
  readonly rule: string
  readonly why: string
}

const CHANNELS = ['email', 'sms', 'whatsapp', 'voice'] as const

const CONSENT_LAWS: Readonly<Record<string, string>> = {
  US: 'The TCPA asks for prior express written consent to marketing by SMS and automated calls.',
  CA: 'CASL asks for consent, express or implied, to every commercial message.',
}

/** What cannot be loosened in a workspace of a country (standards.md 1.13). */
export function lockedRules(country: string): readonly LockedRule[] {
  const hours = 'Marketing may not reach people outside the hours that the law of their state sets.'
  const consent = CONSENT_LAWS[country]
  return [
    { rule: 'sms.legalHours', why: hours },
    { rule: 'voice.legalHours', why: hours },
    ...(consent === undefined
      ? []
      : [
          { rule: 'sms.consent', why: consent },
          { rule: 'voice.consent', why: consent },
        ]),
  ]
}

/** Locked rules that a policy would break, the first for each. */
export function brokenLaws(policy: Policy, country: string): readonly LockedRule[] {
  return lockedRules(country).filter(({ rule }) =>
    CHANNELS.some(
      channel =>
        (rule === `${channel}.legalHours` && !policy.channels[channel].legalHours) ||
        (rule === `${channel}.consent` && policy.channels[channel].consent !== 'required'),
    ),
  )
}

/** Which rules let through more than before, as channel.rule; tightening needs no reason. */
export function loosened(before: Policy, after: Policy): readonly string[] {
  const found: string[] = []
  for (const channel of CHANNELS) {
    const was = before.channels[channel]
    const is = after.channels[channel]
    const note = (rule: string, isLooser: boolean): void => {
      if (isLooser) found.push(`${channel}.${rule}`)
    }
    note('consent', was.consent === 'required' && is.consent === 'not_denied')
    note('quietHours', !covers(is.quietHours, was.quietHours))
    note('legalHours', was.legalHours && !is.legalHours)
    note(
      'businessHours',
      is.businessHours === null ? was.businessHours !== null : !isWithin(is.businessHours, was.businessHours),
    )
    note('skipWeekends', was.skipWeekends && !is.skipWeekends)
    note('skipHolidays', was.skipHolidays && !is.skipHolidays)
    note('caps', areCapsLooser(was.caps, is.caps))
  }
  if (areCapsLooser(before.overallCaps, after.overallCaps)) found.push('overallCaps')
  if (before.uncertainZone === 'strictest' && after.uncertainZone === 'likeliest') found.push('uncertainZone')
  if (before.requiredLists.some(name => !after.requiredLists.includes(name))) found.push('requiredLists')
  return found
}

/** A cap that is gone, or that no cap of the same length or longer makes up for with the same number or fewer. */
function areCapsLooser(was: Policy['overallCaps'], is: Policy['overallCaps']): boolean {
  return was.some(old => !is.some(cap => cap.hours >= old.hours && cap.most <= old.most))
}

function covers(hours: HoursOfDay | null, all: HoursOfDay | null): boolean {
  if (all === null) return true
  return hours !== null && minutesIn(all).every(minute => minutesIn(hours).includes(minute))
}

function isWithin(hours: HoursOfDay, all: HoursOfDay | null): boolean {
  return all === null || covers(all, hours)
}

function minutesIn({ from, to }: HoursOfDay): readonly number[] {
  const start = minutesOf(from)
  const length = (minutesOf(to) - start + 1440) % 1440
  return Array.from({ length }, (_, n) => (start + n) % 1440)
}
