import type { Clock } from './clock.ts'
import type { Random } from './random.ts'

/** Makes ids: UUID version 7 (RFC 9562 section 5.7), text, lower case, increasing in the order they were made. */
export interface Ids {
  next(): string
}

const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

/**
 * Ids that never go backwards, not even when the clock does: the 48-bit time is kept at its highest value and a 42-bit
 * counter (12 bits rand_a, 30 bits of rand_b) counts within it. The rest of rand_b is random (RFC 9562 section 6.2, method 2).
 */
export function createIds(clock: Clock, random: Random): Ids {
  let time = 0
  let counter = 0
  // Random octets are drawn by the thousand: one draw an id cost a quarter of the planner's time.
  let pool = random.bytes(0)
  let used = 0
  const octet = (): number => {
    if (used >= pool.length) {
      pool = random.bytes(4096)
      used = 0
    }
    return pool[used++] ?? 0
  }
  return {
    next() {
      const now = clock.now()
      if (now > time) {
        time = now
        counter = (octet() << 8) | octet()
      } else counter += 1
      const high = Math.floor(counter / 2 ** 30) & 0xfff
      const low = counter % 2 ** 30
      const b = (n: number): string => HEX[n & 0xff] ?? '00'
      const timeHigh = Math.floor(time / 2 ** 16)
      return (
        `${b(timeHigh >>> 24)}${b(timeHigh >>> 16)}${b(timeHigh >>> 8)}${b(timeHigh)}-${b(time >>> 8)}${b(time)}-` +
        `7${high.toString(16).padStart(3, '0')}-${b(0x80 | (low >>> 24))}${b(low >>> 16)}-` +
        `${b(low >>> 8)}${b(low)}${b(octet())}${b(octet())}${b(octet())}${b(octet())}`
      )
    },
  }
}
