import type { Clock } from '../../src/main/kernel/clock.ts'

interface Timer {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  #now: number
  #order = 0
  #timers: Timer[] = []

  constructor(now: number | string) {
    this.#now = typeof now === 'string' ? Date.parse(now) : now
  }

  now(): number {
    return this.#now
  }

  after(ms: number, run: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, run }
    this.#timers.push(timer)
    return () => {
      this.#timers = this.#timers.filter(other => other.order !== timer.order)
    }
  }

  /** Moves on by `ms`, firing timers in due order; `settle` is awaited after each so that what it began can go on. */
  async advance(ms: number, settle: () => Promise<void> = defaultSettle): Promise<void> {
    const until = this.#now + ms
    await settle()
    for (;;) {
      const next = this.#timers.filter(timer => timer.at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0]
      if (!next) break
      this.#timers = this.#timers.filter(other => other.order !== next.order)
      this.#now = Math.max(this.#now, next.at)
      next.run()
      await settle()
    }
    this.#now = until
  }

  /** Jumps without firing anything: the machine slept, or somebody moved the clock. */
  jump(to: number): void {
    this.#now = to
  }

  /** Moves the hands by `ms`: somebody set the clock, or the machine slept. Timers keep the time that they had left. */
  set(ms: number): void {
    this.#now += ms
    this.#timers = this.#timers.map(timer => ({ ...timer, at: timer.at + ms }))
  }
}

/** Lets promises, SQLite and loopback sockets make a few turns. */
async function defaultSettle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise(resolve => setImmediate(resolve))
}
