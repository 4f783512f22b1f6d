/** Something that a loop sleeps on and that anybody may ring, also while nobody sleeps. */
export interface WakeSignal {
  /** How often it was rung. */
  count(): number
  ring(): void
  /** Resolves at the next ring; at once when it was rung since the count was `seen`. */
  next(seen: number): Promise<void>
  isWaiting(): boolean
}

/** A signal for one sleeper. */
export function createWakeSignal(): WakeSignal {
  let rung = 0
  let isWaiting = false
  let onRing: () => void = () => undefined
  return {
    count: () => rung,
    ring() {
      rung += 1
      onRing()
    },
    async next(seen) {
      if (rung !== seen) return
      isWaiting = true
      await new Promise<void>(resolve => {
        onRing = resolve
      })
      isWaiting = false
    },
    isWaiting: () => isWaiting,
  }
}
