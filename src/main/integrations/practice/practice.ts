import { AppError, notFound } from '../../../shared/contract/failure.ts'
import type { contract } from '../../../shared/contract/index.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import type { Handlers } from '../../request.ts'
import { transaction } from '../../storage/transaction.ts'
import type { PracticeEvent } from '../index.ts'
import { behaviourOf, practiceKey } from './behaviour.ts'
import { createCapture } from './capture.ts'
import { firstLink, readCaptured } from './captured-message.ts'
import type { PracticeDoor } from './door.ts'
import { createEngagement } from './engagement.ts'
import { createPracticeServer } from './practice-server.ts'
import { type Captured, practiceStore } from './practice-store.ts'
import { createRules } from './rules.ts'
import { createPracticeTextProvider } from './text-provider.ts'

/** The practice mailbox: server, rules, recipients that react, and the requests about it. */
export interface Practice {
  readonly door: PracticeDoor
  start(): Promise<void>
  stop(): Promise<void>
  onEvent(run: (event: PracticeEvent) => Promise<void>): void
  readonly handlers: Handlers<(typeof contract)['practice']>
}

/** The practice mailbox of a workspace. */
export function createPractice(parts: DomainParts & { readonly accounts: Accounts }): Practice {
  const { kernel, storage } = parts
  const rules = createRules(storage, parts.accounts)
  const engagement = createEngagement(parts)
  const capture = createCapture(parts, captured => {
    engagement.expect(captured)
    kernel.events.publish({ kind: 'changed', entity: 'practice', ids: [] })
  })
  const behaves = (address: string) => behaviourOf(address, rules.current())
  const server = createPracticeServer(kernel, capture, behaves)
  const textProvider = createPracticeTextProvider(capture, behaves)
  let ready: Promise<void> | null = null

  // Whoever sends first waits until the rules are there; a send that came before start() must not see other ones.
  const whenReady = (): Promise<void> => {
    ready ??= rules.load()
    return ready
  }

  async function load(id: string): Promise<Captured & { readonly raw: Uint8Array }> {
    const message = await practiceStore.find(storage.reader, id)
    if (!message) throw notFound('practice message', id)
    return message
  }

  function changed(): void {
    kernel.events.publish({ kind: 'changed', entity: 'practice', ids: [] })
  }

  return {
    door: {
      async connection() {
        await whenReady()
        return server.connection()
      },
      async textProvider() {
        await whenReady()
        return textProvider
      },
    },
    async start() {
      await whenReady()
      await server.connection()
      await engagement.recover()
    },
    async stop() {
      await server.stop()
      await capture.settled()
      await engagement.stop()
    },
    onEvent: run => engagement.onEvent(run),
    handlers: {
      async mailbox(input) {
        const { rows, total } = await practiceStore.page(storage.reader, input)
        return { rows: rows.map(rowOf), total }
      },

      async open({ id }) {
        const message = await load(id)
        return { row: rowOf(message), ...(await readCaptured(message)), bytes: message.raw.length }
      },

      async rules() {
        await whenReady()
        const { fallback, lively } = rules.current()
        return { fallback, lively, rules: await practiceStore.rules(storage.reader) }
      },

      async setRule({ address, behaviour }) {
        const key = practiceKey(address)
        if (key === null) {
          throw new AppError(
            'invalid_input',
            'A rule is for an e-mail address or a phone number with its country code.',
            {
              field: 'address',
            },
          )
        }
        await rules.setRule(key, behaviour)
        changed()
        return { done: true }
      },

      async setFallback({ behaviour, lively }) {
        await rules.setFallback(behaviour, lively)
        changed()
        return { done: true }
      },

      async clear() {
        engagement.forgetAll()
        await transaction(storage.db, tx => practiceStore.clear(tx), { name: 'practice.clear' })
        changed()
        return { done: true }
      },

      async act({ id, action }) {
        const message = await load(id)
        if (action === 'unsubscribe') {
          await engagement.tell(message, 'unsubscribed', '')
          return { done: true }
        }
        const url = action === 'click' ? firstLink(await readCaptured(message)) : ''
        if (url === null) throw new AppError('invalid_input', 'There is no link in this message to click.', { id })
        if (message.openedAt === null) await engagement.tell(message, 'opened', '')
        if (action === 'click') await engagement.tell(message, 'clicked', url)
        return { done: true }
      },
    },
  }
}

function rowOf({ messageRef: _ours, ...row }: Captured & { readonly raw?: Uint8Array }) {
  const { raw: _body, ...shown } = row
  return shown
}
