import type { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import { readEmail } from '../../../shared/domain/email-address.ts'

/** How the addresses of the practice mailbox behave. */
export interface BehaviourRules {
  readonly fallback: PracticeBehaviour
  /** Addresses without a rule behave like a real audience, always the same ones the same way. */
  readonly lively: boolean
  /** By address key. */
  readonly rules: ReadonlyMap<string, PracticeBehaviour>
}

// Shares of a lively audience in ten-thousandths; the rest gets the fallback. Near what newsletters see, so that the figures
// of a first campaign look like figures.
const LIVELY: readonly (readonly [PracticeBehaviour, number])[] = [
  ['bounce_hard', 200],
  ['delay', 200],
  ['click', 1200],
  ['open', 3800],
]

/** How an address behaves. */
export function behaviourOf(address: string, rules: BehaviourRules): PracticeBehaviour {
  const key = practiceKey(address) ?? address
  const rule = rules.rules.get(key)
  if (rule) return rule
  if (!rules.lively) return rules.fallback
  let place = hash(key) % 10_000
  for (const [behaviour, share] of LIVELY) {
    if (place < share) return behaviour
    place -= share
  }
  return rules.fallback
}

/** What an address is compared by; null when it is neither an e-mail address nor a phone number. */
export function practiceKey(address: string): string | null {
  const email = readEmail(address)
  if (email.kind === 'address') return email.key
  const phone = address.replace(/[\s().-]/g, '')
  return /^\+?\d{3,15}$/.test(phone) ? phone : null
}

/** When the recipient of a captured message opens it, and when she clicks: 2 to 20 seconds, then 1 to 5 more. */
export function engagementTimes(captureId: string, receivedAt: number): { openAt: number; clickAt: number } {
  const chance = hash(captureId)
  const openAt = receivedAt + 2_000 + (chance % 18_000)
  return { openAt, clickAt: openAt + 1_000 + ((chance >>> 16) % 4_000) }
}

/** FNV-1a, 32 bits, with a last mix so that neighbours differ. */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
  return (state ^ (state >>> 13)) >>> 0
}
