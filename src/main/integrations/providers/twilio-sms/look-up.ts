import { smartEncode } from '../../../../shared/domain/smart-encoding.ts'
import { minutes } from '../../../kernel/clock.ts'
import type { LookedUp, LookUpQuestion } from '../../provider.ts'
import { type ListedMessage, timeOf } from './message-list.ts'

// Clocks differ, and a message is listed under the time at which Twilio took it.
const BEFORE_MS = minutes(2)
const AFTER_MS = minutes(10)

/** How many messages to one number are looked at: those of weeks. */
export const LOOKED_AT = 200

/**
 * Finds an unknown message among those that Twilio lists for its number, newest first: by the time of the attempt and by its
 * words. `isWhole` says whether the list goes back far enough. Two of the same words leave it open.
 */
export function foundIn(messages: readonly ListedMessage[], question: LookUpQuestion, isWhole: boolean): LookedUp {
  const { startedAt, text } = question
  const outbound = messages.filter(message => message.direction !== 'inbound')
  const near = outbound.filter(message => {
    const at = timeOf(message.date_created)
    return at !== null && at >= startedAt - BEFORE_MS && at <= startedAt + AFTER_MS
  })
  if (near.length === 0) {
    const reachesBack =
      isWhole || outbound.some(message => (timeOf(message.date_created) ?? Infinity) < startedAt - BEFORE_MS)
    return reachesBack
      ? { kind: 'absent' }
      : { kind: 'unclear', reason: 'The list of the provider does not go back so far' }
  }
  if (text === null) {
    return {
      kind: 'unclear',
      reason: 'The provider took a message to this number at that time; its words cannot be compared',
    }
  }
  const same = near.filter(message => isSame(message.body ?? '', text))
  const [first] = same
  if (first === undefined) return { kind: 'absent' }
  return same.length === 1
    ? { kind: 'taken', providerMessageId: first.sid }
    : { kind: 'unclear', reason: 'The provider took several messages with these words at that time' }
}

/** Trial accounts put a sentence before the text, and smart encoding changes it on the way. */
function isSame(listed: string, sent: string): boolean {
  const plain = (text: string): string => smartEncode(text).text.replace(/\s+/g, ' ').trim()
  return plain(listed).endsWith(plain(sent))
}
