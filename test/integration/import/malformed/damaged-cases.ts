import { type Random, seededRandom } from '../../../../src/main/kernel/random.ts'
import { H, type MalformedCase, type MalformedCases } from './malformed-case.ts'

/** What can happen to a row, with what becomes of it: written lines, and the reason when it is rejected. */
interface Damage {
  readonly lines: (name: string) => readonly string[]
  readonly reason: RegExp | null
  /** No contact: the row is blank, or another header. */
  readonly isNoRow?: boolean
}

const DAMAGES: readonly Damage[] = [
  { lines: name => [`${name},${name}@example.org,+120255501${name.slice(1).padStart(2, '0')}`], reason: null },
  { lines: name => [`"${name}, Jr.",${name}@example.org,+12025550123`], reason: null },
  { lines: name => [`"${name}`, `Lee",${name}@example.org,`], reason: null },
  { lines: name => [`"${name},${name}@example.org,`], reason: /never closes/ },
  { lines: name => [`${name},"${name}@example.org,`], reason: /never closes/ },
  { lines: name => [name], reason: /neither/ },
  { lines: name => [`${name},,12`], reason: /no phone number/ },
  { lines: name => [`${name},${name} at example.org,`], reason: /an @/ },
  { lines: name => [`${name},,1.5E+10`], reason: /spreadsheet/ },
  { lines: name => [`${name},${name}@example.org,,,,more`], reason: null },
  { lines: () => [',,'], reason: null, isNoRow: true },
  { lines: () => [''], reason: null, isNoRow: true },
  { lines: () => [H.trim()], reason: null, isNoRow: true },
]
const ROWS = 60
const FILES = 12

function damagedFile(random: Random): MalformedCase {
  const ending = ['\n', '\r\n', '\r'][Math.floor(random.next() * 3)] ?? '\n'
  const rejects: [number, RegExp][] = []
  const lines = [H.trim()]
  let rows = 0
  for (let i = 0; i < ROWS; i++) {
    const isGood = i < 5 || i === ROWS - 1 || random.next() < 0.6
    const damage = isGood ? DAMAGES[0] : DAMAGES[Math.floor(random.next() * DAMAGES.length)]
    if (!damage) continue
    if (!damage.isNoRow) rows += 1
    if (damage.reason) rejects.push([lines.length + 1, damage.reason])
    lines.push(...damage.lines(`p${i}`))
  }
  return { file: lines.join(ending) + ending, rows, created: rows - rejects.length, rejects }
}

/** Good files that chance has damaged, always in the same way; what must become of them is known from the damage. */
export const DAMAGED_CASES: MalformedCases = Object.fromEntries(
  Array.from({ length: FILES }, (_, index) => [
    `a file damaged by chance ${index + 1}`,
    damagedFile(seededRandom(index + 1)),
  ]),
)
