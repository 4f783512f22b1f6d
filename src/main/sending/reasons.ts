import type { MessageState } from '../../shared/contract/sending.ts'

const REASONS: Readonly<Record<string, string>> = {
  no_address: 'No address',
  invalid_address: 'The address is not valid',
  duplicate_address: 'Somebody else in the audience has the same address',
  unsubscribed: 'Unsubscribed',
  complained: 'Complained about spam',
  hard_bounced: 'The address bounced before',
  do_not_call: 'On the do-not-call list',
  suppressed: 'Suppressed by hand',
  erased: 'Asked to be forgotten',
  consent_denied: 'Consent was denied or withdrawn',
  list_unsubscribed: 'Unsubscribed from the list',
  contact_deleted: 'The contact was deleted',
  merged: 'Merged with somebody who gets this message',
  render_failed: 'The message could not be made for this person',
  campaign_cancelled: 'The campaign was cancelled',
  reached_otherwise: 'Reached by another channel of the campaign',
  consent_missing: 'Never agreed to messages on this channel',
  frequency_cap: 'Had as many messages as she may get in this time',
  quiet_hours: 'No hour at which she may be written to came before the message grew too old',
  too_late: 'The message grew too old before it could be sent',
  permanent_address: 'The address cannot receive',
  permanent_message: 'The message was refused',
  policy_sender: 'The sender was refused',
  rate_limited: 'Too many messages at once',
  temporary: 'Temporarily refused',
  account: 'The account was refused',
  uncertain: 'The connection was lost before the server answered',
  transport: 'The server could not be reached',
  expired: 'Temporarily refused each time, then given up',
  interrupted: 'Tidings was stopped while the message was on its way',
  treated_as_sent: 'Taken as sent by a person',
}

const STATES: Readonly<Record<MessageState, string>> = {
  waiting: 'Waits for the channel before it',
  ready: 'Waiting',
  claimed: 'Waiting',
  attempting: 'On its way',
  accepted: 'Accepted',
  rejected: 'Refused',
  unknown: 'Not known whether it arrived',
  skipped: 'Skipped',
  cancelled: 'Cancelled',
}

/** A reason in a few words for a person; the state's own words where there is no reason. */
export function reasonLabel(state: MessageState, reason: string): string {
  return reason === '' ? STATES[state] : (REASONS[reason] ?? reason.replaceAll('_', ' '))
}
