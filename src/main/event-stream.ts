import type { AppEvent } from '../shared/contract/events.ts'
import type { EventBus } from './kernel/event-bus.ts'

/** The events from now on, until the caller stops listening. Changes of the same entity that nobody has taken yet are merged. */
export async function* eventStream(
  events: EventBus<AppEvent>,
  signal: AbortSignal | undefined,
): AsyncGenerator<AppEvent, void> {
  const waiting: AppEvent[] = []
  let wake: () => void = () => undefined
  const unsubscribe = events.subscribe(event => {
    const merged = mergeInto(waiting, event)
    if (!merged) waiting.push(event)
    wake()
  })
  const onAbort = (): void => wake()
  signal?.addEventListener('abort', onAbort)
  try {
    while (!signal?.aborted) {
      const next = waiting.shift()
      if (next) yield next
      else {
        await new Promise<void>(resolve => {
          wake = resolve
        })
      }
    }
  } finally {
    unsubscribe()
    signal?.removeEventListener('abort', onAbort)
  }
}

const MOST_IDS = 200

function mergeInto(waiting: AppEvent[], event: AppEvent): boolean {
  if (event.kind !== 'changed') return false
  const at = waiting.findIndex(other => other.kind === 'changed' && other.entity === event.entity)
  const other = waiting[at]
  if (other?.kind !== 'changed') return false
  const ids = other.ids.length === 0 || event.ids.length === 0 ? [] : [...new Set([...other.ids, ...event.ids])]
  waiting[at] = { ...other, ids: ids.length > MOST_IDS ? [] : ids }
  return true
}
