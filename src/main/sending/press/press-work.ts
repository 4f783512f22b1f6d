import { createComposer, envelopeOf } from '../../integrations/index.ts'
import {
  type CompiledMessage,
  compileMessage,
  createEngine,
  messageValues,
  unsubscribeMailto,
} from '../../templates/index.ts'
import type { Edition, Press, Pressed, PressItem } from './press.ts'

/** Makes the messages of an edition, one after the other, in this thread. */
export type PressWork = (edition: Edition, items: readonly PressItem[], at: number) => readonly Pressed[]

/** The work itself; an edition is compiled when it is first seen, and forgotten with the object. */
export function createPressWork(): PressWork {
  const engine = createEngine()
  const compose = createComposer()
  const compiled = new WeakMap<Edition, CompiledMessage>()

  function compiledOf(edition: Edition): CompiledMessage {
    const known = compiled.get(edition)
    if (known) return known
    const fresh = compileMessage(engine, edition.content, edition.fallbacks)
    compiled.set(edition, fresh)
    return fresh
  }

  function makeOne(edition: Edition, { messageId, to, values }: PressItem, at: number): Pressed {
    const { campaignId, campaignName, from, replyTo, isMarketing, attachments, style } = edition
    const facts = { messageId, campaignName, fromName: from.name, fromAddress: from.address }
    const rendering = compiledOf(edition).render(values, messageValues(facts))
    if (rendering.kind === 'failed') return rendering
    const envelope = envelopeOf({ messageId, campaignId, to, from }, rendering.message, {
      replyTo,
      unsubscribeMailto: isMarketing ? unsubscribeMailto(from.address, messageId) : '',
    })
    if (envelope.channel !== 'email') return { kind: 'failed', problem: 'The content is no e-mail.' }
    const composed = compose({ ...envelope, attachments, at }, style)
    return composed.kind === 'refused' ? { kind: 'failed', problem: composed.reason } : { kind: 'made', mail: composed }
  }

  return (edition, items, at) =>
    items.map(item => {
      try {
        return makeOne(edition, item, at)
      } catch (error) {
        const name = error instanceof Error ? error.name : 'error'
        return { kind: 'failed', problem: `The message could not be made for this recipient (${name}).` }
      }
    })
}

/** A press in the same thread, for tests. */
export function inlinePress(): Press {
  const work = createPressWork()
  return {
    make: (edition, items, at) => Promise.resolve(work(edition, items, at)),
    close: () => Promise.resolve(),
  }
}
