/** Contacts under hashed block keys, packed into numbers: a million contacts with four keys each take 32 MB. */
export interface Blocks {
  /** Files a contact, by her position in the order in which contacts are read. */
  file(key: string, position: number): void
  /** The positions that share a key, a part of the keys at a time; parts count from 0 to `PARTS` - 1. */
  sharing(part: number): readonly (readonly number[])[]
}

/** In how many slices the keys are gone through, so that sorting one takes a few milliseconds. */
export const PARTS = 256
// A key that more contacts share tells nobody apart (a switchboard, a most common name), and its pairs would be too many.
const MOST_IN_A_BLOCK = 40
// 2^21 positions and 32 bits of hash fit a number exactly. Two keys with one hash only cost a comparison.
const POSITIONS = 2 ** 21

/** The most contacts that can be filed. */
export const MOST_CONTACTS = POSITIONS

/** Blocks, empty. */
export function createBlocks(): Blocks {
  const parts = Array.from({ length: PARTS }, () => ({ packed: new Float64Array(1024), length: 0 }))
  return {
    file(key, position) {
      const hash = hashOf(key)
      const part = parts[hash % PARTS]
      if (!part) return
      if (part.length === part.packed.length) {
        const larger = new Float64Array(part.length * 2)
        larger.set(part.packed)
        part.packed = larger
      }
      part.packed[part.length] = hash * POSITIONS + position
      part.length += 1
    },
    sharing(number) {
      const part = parts[number]
      if (!part) return []
      const packed = part.packed.subarray(0, part.length).sort()
      const found: number[][] = []
      let block: number[] = []
      let last = -1
      for (const entry of packed) {
        const hash = Math.floor(entry / POSITIONS)
        if (hash !== last) {
          if (isUseful(block)) found.push(block)
          block = []
          last = hash
        }
        block.push(entry - hash * POSITIONS)
      }
      if (isUseful(block)) found.push(block)
      return found
    },
  }
}

function isUseful(block: readonly number[]): boolean {
  return block.length > 1 && block.length <= MOST_IN_A_BLOCK
}

/** FNV-1a, 32 bits, mixed once more so that the low bits are spread. */
function hashOf(text: string): number {
  let state = 0x811c9dc5
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193)
  state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d)
  return (state ^ (state >>> 13)) >>> 0
}
