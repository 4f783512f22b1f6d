import type { WhyLink, WhyRule } from '../../../shared/contract/why.ts'
import type { RuleFact } from '../../compliance/index.ts'
import type { AudienceStanding } from '../../segments/index.ts'
import { reasonLabel } from '../reasons.ts'

/** A link that holds nothing back. */
export function passes(rule: WhyRule, value: string, basis: WhyLink['basis'], at: number | null = null): WhyLink {
  return { rule, effect: 'passes', value, at, until: null, change: '', basis }
}

/** A link that stops the message. */
export function stops(
  rule: WhyRule,
  value: string,
  change: string,
  basis: WhyLink['basis'],
  at: number | null = null,
): WhyLink {
  return { rule, effect: 'stops', value, at, until: null, change, basis }
}

const RULE_OF: Readonly<Record<string, WhyRule>> = {
  no_address: 'address',
  invalid_address: 'address',
  erased: 'suppression',
  complained: 'suppression',
  unsubscribed: 'suppression',
  do_not_call: 'suppression',
  hard_bounced: 'suppression',
  suppressed: 'suppression',
  consent_denied: 'consent',
  consent_missing: 'consent',
  list_unsubscribed: 'list',
  duplicate_address: 'duplicate',
  merged: 'person',
  contact_deleted: 'person',
  frequency_cap: 'frequency',
  quiet_hours: 'hours',
  too_late: 'hours',
  reached_otherwise: 'mode',
  campaign_cancelled: 'campaign',
}

/** The rule that a recorded reason belongs to. */
export function ruleOf(reason: string): WhyRule {
  return RULE_OF[reason] ?? 'outcome'
}

const CHANGES: Readonly<Record<string, string>> = {
  no_address: 'An address of this channel on the contact, before the campaign was planned.',
  invalid_address: 'A correct address on the contact.',
  duplicate_address: 'An address of her own: somebody before her in the audience has the same.',
  list_unsubscribed: 'Her own wish to be on the list again.',
  erased: 'Nothing: she had her data erased.',
  complained: 'Lifting the suppression, with evidence that she wants messages again.',
  unsubscribed: 'Lifting the suppression, with evidence that she wants messages again.',
  do_not_call: 'Lifting the suppression, with evidence that she wants messages again.',
  hard_bounced: 'Lifting the suppression, with evidence that the address works again.',
  suppressed: 'Lifting the suppression.',
  consent_denied: 'Her consent, given again and recorded.',
  consent_missing: 'Her consent, recorded before the message was due.',
  merged: 'Nothing: she gets the message under the name that she has now.',
  contact_deleted: 'The contact, not deleted before the message was due.',
  frequency_cap:
    'Fewer marketing messages before it, a longer validity of the campaign, or the cap set aside with a reason.',
  quiet_hours: 'A longer validity of the campaign, or an earlier start.',
  too_late: 'A longer validity of the campaign.',
  reached_otherwise: 'Nothing: another channel of the campaign reached her.',
  campaign_cancelled: 'The campaign, not cancelled before it was her turn.',
  render_failed: 'A message that can be filled in for her.',
  permanent_address: 'Another address: this one does not receive.',
  permanent_message: 'Another message: the server refused this one.',
  policy_sender: 'A sender that the server accepts.',
  expired: 'A server that accepts within a day.',
}

/** What would have changed a recorded reason; empty where nobody can say. */
export function changeOf(reason: string): string {
  return CHANGES[reason] ?? ''
}

/** The links of a standing in the audience. `isPlanned` when a message shows that she was in it then. */
export function audienceLinks(
  standing: AudienceStanding | null,
  isPlanned: boolean,
  plannedAt: number | null,
): readonly WhyLink[] {
  if (isPlanned) return [passes('audience', 'Chosen when the campaign was planned', 'record', plannedAt)]
  if (standing === null) {
    return [stops('person', 'The contact does not exist any more', 'Nothing, unless the deletion is undone.', 'now')]
  }
  const links: WhyLink[] = []
  links.push(
    standing.isChosen
      ? passes('audience', 'Chosen by the audience', 'now')
      : stops(
          'audience',
          'Not in the audience',
          'A list, tag, segment or rule of the audience that she is part of.',
          'now',
        ),
  )
  links.push(
    standing.exclusion === null
      ? passes('exclusion', 'Not excluded', 'now')
      : stops(
          'exclusion',
          EXCLUSIONS[standing.exclusion] ?? standing.exclusion,
          'An audience without this exclusion.',
          'now',
        ),
  )
  const { skip, address } = standing
  if (skip === 'no_address' || skip === 'invalid_address') {
    links.push(stops('address', reasonLabel('skipped', skip), changeOf(skip), 'now'))
  } else links.push(passes('address', address, 'now'))
  if (skip === 'list_unsubscribed') links.push(stops('list', reasonLabel('skipped', skip), changeOf(skip), 'now'))
  if (skip === 'duplicate_address') links.push(stops('duplicate', reasonLabel('skipped', skip), changeOf(skip), 'now'))
  return links
}

const EXCLUSIONS: Readonly<Record<string, string>> = {
  excluded_list: 'On a list that is left out',
  excluded_tag: 'Has a tag that is left out',
  excluded_segment: 'In a segment that is left out',
  excluded_rule: 'Found by the rule of who is left out',
  in_running_campaign: 'In another running campaign',
  messaged_recently: 'Got a message a short while ago',
  customer: 'Has bought already',
  unsubscribed_category: 'Unsubscribed from this kind of message',
  no_consent: 'Never gave consent',
}

/** A fact of compliance as a link. */
export function factLink(fact: RuleFact): WhyLink {
  return { ...fact, basis: 'now' }
}
