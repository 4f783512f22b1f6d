import type { PracticeBehaviour } from '../../../shared/contract/practice.ts'
import type { Provider } from '../provider.ts'
import type { Capture } from './capture.ts'
import { createGreylist } from './practice-server.ts'

/** Everything but e-mail lands in the practice mailbox as the text that is read or heard; numbers behave by the same rules as addresses. */
export function createPracticeTextProvider(
  capture: Capture,
  behaviourOf: (address: string) => PracticeBehaviour,
): Provider {
  const delayed = createGreylist()
  return {
    async send(envelope) {
      const behaviour = behaviourOf(envelope.to)
      if (behaviour === 'bounce_hard') {
        const reply = 'The number is not in service'
        return { kind: 'rejected', fault: { class: 'permanent_address', code: 'unknown_number', reply } }
      }
      if (behaviour === 'bounce_soft' || (behaviour === 'delay' && delayed.isFirstTry(envelope.to))) {
        const reply = 'The phone cannot be reached at present'
        return { kind: 'deferred', fault: { class: 'temporary', code: 'unreachable', reply } }
      }
      const id = await capture
        .put({
          channel: envelope.channel,
          from: envelope.from.address || envelope.from.name,
          to: envelope.to,
          subject: '',
          messageRef: envelope.messageId,
          raw: Buffer.from(envelope.text),
          behaviour,
        })
        .catch(() => null)
      return id === null
        ? { kind: 'deferred', fault: { class: 'temporary', code: 'not_kept', reply: 'The message could not be kept' } }
        : { kind: 'accepted', providerMessageId: id, reply: 'kept' }
    },
    close: async () => undefined,
  }
}
