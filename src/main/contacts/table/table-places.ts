import type { Reader } from '../../storage/transaction.ts'
import type { Condition } from './column-store.ts'
import type { Stretch } from './order-store.ts'
import { type Mark, tableStore } from './table-store.ts'

/** A place in a stretch that was passed before: `at` rows lie before it. */
interface Passed {
  readonly at: number
  readonly mark: Mark
}

/** Finds the rows of a sorted table by their position, from places that it remembers. */
export interface TablePlaces {
  /** The numbers of the contacts from a position on. */
  numbers(reader: Reader, offset: number, limit: number): Promise<readonly number[]>
  /** Walks through all rows once and remembers every 500th, in steps that let others read in between. */
  remember(reader: Reader, goesOn: () => boolean): Promise<void>
}

const EVERY = 500
const STEP = 2500

/** The places of one sorted and filtered table. They hold as long as the contacts do not change. */
export function createTablePlaces(stretches: readonly Stretch[], condition: Condition | null): TablePlaces {
  const ends: (number | undefined)[] = stretches.map(() => undefined)
  const passed: Passed[][] = stretches.map(() => [])

  function nearest(stretch: number, position: number): Passed | null {
    const places = passed[stretch] ?? []
    return places[indexAfter(places, position) - 1] ?? null
  }

  function note(stretch: number, place: Passed): void {
    const places = passed[stretch]
    if (!places) return
    const at = indexAfter(places, place.at)
    const before = places[at - 1]
    if (before && place.at - before.at < EVERY / 2) return
    places.splice(at, 0, place)
  }

  async function take(reader: Reader, index: number, skip: number, limit: number): Promise<readonly Mark[]> {
    const stretch = stretches[index]
    if (!stretch) return []
    const from = stretch.isIndexed ? nearest(index, skip) : null
    const place = { after: from?.mark ?? null, skip: skip - (from?.at ?? 0), limit }
    const found = await tableStore.seek(reader, stretch, condition, place)
    const last = found.at(-1)
    if (last && stretch.isIndexed) note(index, { at: skip + found.length, mark: last })
    return found
  }

  async function endOf(reader: Reader, index: number): Promise<number> {
    const stretch = stretches[index]
    const known = ends[index]
    if (known !== undefined || !stretch) return known ?? 0
    const end = await tableStore.countOf(reader, stretch, condition)
    ends[index] = end
    return end
  }

  return {
    async numbers(reader, offset, limit) {
      const found: number[] = []
      let skip = offset
      for (let index = 0; index < stretches.length && found.length < limit; index++) {
        const end = ends[index]
        if (end !== undefined && skip >= end) {
          skip -= end
          continue
        }
        const marks = await take(reader, index, skip, limit - found.length)
        found.push(...marks.map(mark => mark.no))
        if (found.length >= limit) break
        if (marks.length > 0) {
          ends[index] = skip + marks.length
          skip = 0
        } else if (skip === 0) {
          ends[index] = 0
        } else if (index < stretches.length - 1) {
          skip -= await endOf(reader, index)
        }
      }
      return found
    },

    async remember(reader, goesOn) {
      for (const [index, stretch] of stretches.entries()) {
        let at = 0
        let after: Mark | null = null
        while (goesOn() && stretch.isIndexed) {
          const marks: readonly Mark[] = await tableStore.marks(reader, stretch, condition, {
            after,
            every: EVERY,
            most: STEP,
          })
          for (const mark of marks) {
            at += EVERY
            note(index, { at, mark })
          }
          if (marks.length < STEP / EVERY) break
          after = marks.at(-1) ?? null
        }
      }
    },
  }
}

/** Where a place at `position` belongs: behind all that are not after it. */
function indexAfter(places: readonly Passed[], position: number): number {
  let low = 0
  let high = places.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((places[middle]?.at ?? 0) <= position) low = middle + 1
    else high = middle
  }
  return low
}
