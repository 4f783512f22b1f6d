import type { DomainParts } from '../../domain-parts.ts'
import { transaction } from '../../storage/transaction.ts'
import type { PracticeEvent } from '../index.ts'
import { engagementTimes } from './behaviour.ts'
import { firstLink, readCaptured } from './captured-message.ts'
import { createDueQueue } from './due-queue.ts'
import { type Captured, type Expected, practiceStore } from './practice-store.ts'

/** Recipients of the practice mailbox who open and click after a while. */
export interface Engagement {
  /** Takes up who had yet to open or click when the application was last closed. */
  recover(): Promise<void>
  expect(captured: readonly Captured[]): void
  forgetAll(): void
  /** What recipients did is told to these. */
  onEvent(run: (event: PracticeEvent) => Promise<void>): void
  /** Tells an event at once, and writes down that it happened. */
  tell(message: Captured, kind: PracticeEvent['kind'], url: string): Promise<void>
  stop(): Promise<void>
}

const MOST_AT_ONCE = 100

/**
 * The recipients' side of the practice mailbox, a source of the one scheduler. What is still to come is derived from the
 * stored messages, so a restart loses nobody; an event is told before it is written down, and its key makes it unique.
 */
export function createEngagement(parts: DomainParts): Engagement {
  const { kernel, storage, scheduler } = parts
  const due = createDueQueue<Expected>()
  const listeners: ((event: PracticeEvent) => Promise<void>)[] = []
  let working: Promise<void> | null = null
  let stopped = false

  function plan(expected: Expected): void {
    const { openAt, clickAt } = engagementTimes(expected.id, expected.receivedAt)
    due.add(expected.kind === 'opened' ? openAt : clickAt, expected)
  }

  async function publish(event: PracticeEvent): Promise<void> {
    for (const run of listeners) await run(event)
  }

  async function workOff(): Promise<void> {
    while (!stopped) {
      const batch = due.take(kernel.clock.now(), MOST_AT_ONCE)
      if (batch.length === 0) return
      const told: Record<Expected['kind'], string[]> = { opened: [], clicked: [] }
      const withoutLink: string[] = []
      for (const expected of batch) {
        const url = expected.kind === 'clicked' ? await linkOf(expected.id) : ''
        if (url === null) withoutLink.push(expected.id)
        else {
          await publish(eventOf(expected, expected.kind, kernel.clock.now(), url))
          told[expected.kind].push(expected.id)
        }
      }
      await transaction(
        storage.db,
        async tx => {
          const now = kernel.clock.now()
          await practiceStore.mark(tx, 'opened', told.opened, now)
          await practiceStore.mark(tx, 'clicked', told.clicked, now)
          for (const id of withoutLink) await practiceStore.expectNoClick(tx, id)
        },
        { name: 'practice.engagement', priority: 'bulk' },
      )
      kernel.events.publish({ kind: 'changed', entity: 'practice', ids: [] })
    }
  }

  /** The link to click; null when there is none, or the message is gone. */
  async function linkOf(id: string): Promise<string | null> {
    const message = await practiceStore.find(storage.reader, id)
    return message ? firstLink(await readCaptured(message)) : null
  }

  scheduler.add({
    name: 'practice',
    nextDueAt: async () => (working || stopped ? null : due.earliest()),
    async runDue() {
      if (working || stopped) return
      working = workOff().finally(() => {
        working = null
        scheduler.wake()
      })
      kernel.background('practice.engagement', working)
    },
  })

  return {
    async recover() {
      for (const expected of await practiceStore.expected(storage.reader)) plan(expected)
      scheduler.wake()
    },
    expect(captured) {
      for (const { id, messageRef, receivedAt, behaviour } of captured) {
        if (behaviour !== 'open' && behaviour !== 'click') continue
        plan({ id, messageRef, receivedAt, kind: 'opened' })
        if (behaviour === 'click') plan({ id, messageRef, receivedAt, kind: 'clicked' })
      }
      scheduler.wake()
    },
    forgetAll: () => due.clear(),
    onEvent: run => {
      listeners.push(run)
    },
    async tell(message, kind, url) {
      const now = kernel.clock.now()
      await publish(eventOf(message, kind, now, url))
      if (kind === 'unsubscribed') return
      await transaction(storage.db, tx => practiceStore.mark(tx, kind, [message.id], now), { name: 'practice.act' })
      kernel.events.publish({ kind: 'changed', entity: 'practice', ids: [message.id] })
    },
    async stop() {
      stopped = true
      await working?.catch(() => undefined)
    },
  }
}

function eventOf(
  message: { readonly id: string; readonly messageRef: string },
  kind: PracticeEvent['kind'],
  at: number,
  url: string,
): PracticeEvent {
  return { kind, messageId: message.messageRef, captureId: message.id, at, url }
}
