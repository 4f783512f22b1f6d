import { randomBytes } from 'node:crypto'

/** The only source of chance: ids, jitter and tokens, nothing else is random. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** `n` random octets. */
  bytes(n: number): Uint8Array
}

/** Chance from the operating system. */
export function systemRandom(): Random {
  return {
    next: () => randomBytes(4).readUInt32LE(0) / 2 ** 32,
    bytes: n => randomBytes(n),
  }
}

/** Chance that repeats: the same seed gives the same sequence (mulberry32). For tests and made-up data, never for tokens. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, bytes: n => Uint8Array.from({ length: n }, () => Math.floor(next() * 256)) }
}
