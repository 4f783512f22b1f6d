import type { Channel } from '../../../shared/contract/define.ts'
import type { FrequencyCap } from '../../../shared/contract/policy.ts'

/** A marketing message that somebody got, or may have got. */
export interface PastMessage {
  readonly at: number
  readonly channel: Channel
}

/** The caps that a message of a channel counts towards. */
export interface Caps {
  readonly channel: Channel
  readonly ofChannel: readonly FrequencyCap[]
  readonly overall: readonly FrequencyCap[]
}

const HOUR = 3_600_000

/** The cap that holds a message back longest, how many messages count towards it, and when it lets the next one go. */
export interface CapWait {
  readonly cap: FrequencyCap
  readonly isOverall: boolean
  readonly count: number
  readonly until: number
}

/**
 * What holds a message back at an instant; null when it may go. A message counts from the moment it left until exactly as many
 * hours later as the window is long (standards.md 6.4). At `until` no cap holds it back, unless others leave meanwhile.
 */
export function capWait(past: readonly PastMessage[], caps: Caps, now: number): CapWait | null {
  let longest: CapWait | null = null
  const look = (cap: FrequencyCap, isOverall: boolean): void => {
    const times = past
      .filter(one => (isOverall || one.channel === caps.channel) && one.at > now - cap.hours * HOUR)
      .map(one => one.at)
      .sort((a, b) => a - b)
    // So many must have left the window before one more fits in.
    const last = times[times.length - cap.most]
    if (last === undefined) return
    const until = last + cap.hours * HOUR
    if (longest === null || until > longest.until) longest = { cap, isOverall, count: times.length, until }
  }
  for (const cap of caps.ofChannel) look(cap, false)
  for (const cap of caps.overall) look(cap, true)
  return longest
}

/** How far back messages count, ms; 0 without caps. */
export function longestWindow(caps: Pick<Caps, 'ofChannel' | 'overall'>): number {
  return Math.max(0, ...[...caps.ofChannel, ...caps.overall].map(cap => cap.hours)) * HOUR
}
