import { replyMeaning } from '../../../shared/domain/opt-out-words.ts'
import type { ProviderEvent } from '../provider.ts'

/** What somebody wrote to us, as an event. */
export function inboundEvent(message: {
  readonly id: string
  readonly from: string
  readonly text: string
  readonly at: number
}): ProviderEvent {
  const meaning = replyMeaning(message.text, { yesStarts: false })
  // Words that may mean it count as well: marketing to the number must rest until somebody has read them (standards.md 2.3).
  const leaves = meaning.kind === 'stop' || meaning.kind === 'stop_in_words'
  return {
    kind: leaves ? 'unsubscribed' : 'replied',
    messageId: null,
    providerMessageId: null,
    address: message.from,
    at: message.at,
    eventId: `inbound:${message.id}`,
    class: null,
    detail: detailOf(meaning),
    costMinor: null,
  }
}

function detailOf(meaning: ReturnType<typeof replyMeaning>): string {
  switch (meaning.kind) {
    case 'stop':
      return 'stop'
    case 'stop_in_words':
      return meaning.isPlain ? 'stop, in words' : 'perhaps stop, in words: please read the answer'
    case 'start':
    case 'help':
      return meaning.kind
    case 'none':
      return ''
  }
}
