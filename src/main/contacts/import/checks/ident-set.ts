/** Texts that were seen, as 64-bit fingerprints: eight bytes each, so that a million need no more than 16 MB. */
export interface IdentSet {
  /** Adds a text; false when it was in already. Two texts are mistaken for one in a million once in 37 million files. */
  add(text: string): boolean
  has(text: string): boolean
}

const FIRST_SLOTS = 1 << 12
const FULL = 0.6

/** An empty set. */
export function createIdentSet(): IdentSet {
  let slots = FIRST_SLOTS
  let table = new Uint32Array(slots * 2)
  let size = 0

  function insert(into: Uint32Array, room: number, high: number, low: number): boolean {
    let slot = low & (room - 1)
    for (;;) {
      const at = slot * 2
      const [storedHigh, storedLow] = [into[at], into[at + 1]]
      if (storedHigh === 0 && storedLow === 0) {
        into[at] = high
        into[at + 1] = low
        return true
      }
      if (storedHigh === high && storedLow === low) return false
      slot = (slot + 1) & (room - 1)
    }
  }

  function grow(): void {
    const larger = new Uint32Array(slots * 4)
    for (let at = 0; at < table.length; at += 2) {
      const [high = 0, low = 0] = [table[at], table[at + 1]]
      if (high !== 0 || low !== 0) insert(larger, slots * 2, high, low)
    }
    table = larger
    slots *= 2
  }

  return {
    has(text) {
      const [high, low] = fingerprint(text)
      for (let slot = low & (slots - 1); ; slot = (slot + 1) & (slots - 1)) {
        const [storedHigh, storedLow] = [table[slot * 2], table[slot * 2 + 1]]
        if (storedHigh === 0 && storedLow === 0) return false
        if (storedHigh === high && storedLow === low) return true
      }
    },
    add(text) {
      const [high, low] = fingerprint(text)
      if (size >= slots * FULL) grow()
      const isNew = insert(table, slots, high, low)
      if (isNew) size += 1
      return isNew
    },
  }
}

/** cyrb53 by bryc (public domain), both halves kept: a fast hash that scatters short texts well. Never 0, 0. */
function fingerprint(text: string): readonly [number, number] {
  let h1 = 0xdeadbeef
  let h2 = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    h1 = Math.imul(h1 ^ code, 2654435761)
    h2 = Math.imul(h2 ^ code, 1597334677)
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909)
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909)
  return [h2 >>> 0, h1 >>> 0 || 1]
}
