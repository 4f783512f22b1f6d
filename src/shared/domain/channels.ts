/** The ways that messages leave by. A post on a social network goes to a place, the others go to people. */
export const CHANNELS = ['email', 'sms', 'whatsapp', 'voice', 'social'] as const

/** The channels that reach a person by an address of hers: consent and suppression are kept for each. */
export const PERSON_CHANNELS = ['email', 'sms', 'whatsapp', 'voice'] as const

/** What a message is addressed to on a channel: a mailbox, a phone number in E.164, or a destination such as a page. */
export function addressKindOf(channel: (typeof CHANNELS)[number]): 'email' | 'phone' | 'destination' {
  if (channel === 'email') return 'email'
  return channel === 'social' ? 'destination' : 'phone'
}
