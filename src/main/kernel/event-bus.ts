/** Hands events to listeners, in the order of subscription. A listener that throws is a bug and reaches `onError`. */
export interface EventBus<E> {
  publish(event: E): void
  subscribe(run: (event: E) => void): () => void
}

/** An event bus in memory; `onError` gets what a listener threw, and the others still hear the event. */
export function createEventBus<E>(onError: (error: unknown) => void): EventBus<E> {
  const listeners = new Set<(event: E) => void>()
  return {
    publish(event) {
      for (const listener of [...listeners]) {
        try {
          listener(event)
        } catch (error) {
          onError(error)
        }
      }
    },
    subscribe(run) {
      listeners.add(run)
      return () => listeners.delete(run)
    },
  }
}
