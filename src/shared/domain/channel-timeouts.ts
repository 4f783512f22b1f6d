import type { PersonChannel } from '../contract/define.ts'

/**
 * How many minutes a cascade waits for a channel before it tries the next one (standards.md section 12, item 4): a text message
 * or a call is delivered within a quarter of an hour or not at all, and e-mail has only bounces to say that it was not.
 */
export const DEFAULT_TIMEOUT_MINUTES: Readonly<Record<PersonChannel, number>> = {
  sms: 15,
  whatsapp: 60,
  voice: 15,
  email: 24 * 60,
}

/** The time-out that counts, in ms: what a person chose, or the default of the channel. */
export function timeoutMs(channel: PersonChannel, chosenMinutes: number | null): number {
  return (chosenMinutes ?? DEFAULT_TIMEOUT_MINUTES[channel]) * 60_000
}
