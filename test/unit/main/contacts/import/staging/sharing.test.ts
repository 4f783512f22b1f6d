import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { inOrder } from '../../../../../../src/main/contacts/import/engine/staging/in-order.ts'
import { type Sharing, sharesOf } from '../../../../../../src/main/contacts/import/engine/staging/sharing.ts'
import { sortedGroups } from '../../../../../../src/main/contacts/import/engine/staging/sorted-groups.ts'
import { type StagePoint, stageFile } from '../../../../../../src/main/contacts/import/engine/staging/stage-file.ts'
import { stagedColumns } from '../../../../../../src/main/contacts/import/engine/staging/staged-row.ts'
import { PLAIN_READING } from '../../../../../../src/main/contacts/import/reading/plain-reading.ts'
import { ColumnMapping, ImportOptions } from '../../../../../../src/shared/contract/imports.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-sharing-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const MAPPING = ['email', 'phone', 'firstName', 'tags'].map((target, column) =>
  ColumnMapping.parse({ column, name: target, target, label: target, type: 'text' }),
)
const REQUEST = {
  reading: PLAIN_READING,
  mapping: MAPPING,
  options: ImportOptions.parse({ country: 'US' }),
  splits: ['ep2', 'ep5', 'p+1'],
}

// Repeated addresses, quoted line ends, blank and bad rows, tags that come in two spellings, a quote that never closes.
const line = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.constantFrom('Ann', '"Lee, Ann"', '"two\nlines"', 'Zoë'))
    .map(([person, name]) => `p${person}@example.org,,${name},vip`),
  fc.integer({ min: 10, max: 40 }).map(person => `,+12025550${100 + person},Bob,VIP;new ${person % 3}`),
  fc.constantFrom('', 'nobody,,Eve,', 'P3@Example.org,,Cy,Vip', 'p4@example.org,,"open,'),
)

interface Staged {
  readonly points: readonly StagePoint[]
  readonly runBytes: readonly number[]
}

/** Puts a file aside; with `most` points only, as after a crash, when others were kept before. */
async function stage(
  into: string,
  sharing: Sharing,
  most = Number.POSITIVE_INFINITY,
  before?: Staged,
): Promise<Staged> {
  await mkdir(into, { recursive: true })
  const points = [...(before?.points ?? [])]
  const runBytes = [...(before?.runBytes ?? [])]
  const skipRows = points.at(-1)?.rowsRead ?? 0
  const request = { ...REQUEST, path: join(folder, 'file.csv'), folder: into, skipRows, runBytes: [...runBytes] }
  for await (const point of inOrder(sharesOf(sharing).map(share => stageFile(request, share)))) {
    if (points.length >= most) break
    expect(point.firstRow).toBe(points.at(-1)?.rowsRead ?? 0)
    points.push(point)
    while (runBytes.length <= point.reader) runBytes.push(0)
    runBytes[point.reader] = point.runBytes
  }
  return { points, runBytes }
}

/** Everything that comes of it: the bytes of the sorted files, rejects and the spelling of tags, in the order of the file. */
async function outcomeOf(into: string, { points, runBytes }: Staged) {
  const files: Buffer[] = []
  const sorting = { folder: into, runBytes, columns: stagedColumns(REQUEST), afterRow: 0 }
  for await (const group of sortedGroups(sorting)) files.push(await readFile(group.path))
  const spelling = new Map<string, string>()
  for (const tag of points.flatMap(point => point.tags)) {
    if (!spelling.has(tag.toLowerCase())) spelling.set(tag.toLowerCase(), tag)
  }
  return {
    files,
    rejects: points.flatMap(point => point.rejects.flatMap(text => JSON.parse(text))),
    rejected: points.reduce((sum, point) => sum + point.rejected, 0),
    rows: points.at(-1)?.rowsRead ?? 0,
    tags: [...spelling.values()],
  }
}

const aFile = fc
  .array(line, { minLength: 1, maxLength: 80 })
  .map(lines => `email,phone,first,tags\n${lines.join('\n')}\n`)

test('readers who share a file come to the same bytes as one', async () => {
  await fc.assert(
    fc.asyncProperty(
      aFile,
      fc.integer({ min: 2, max: 3 }),
      fc.integer({ min: 1, max: 9 }),
      async (text, readers, blockRows) => {
        await writeFile(join(folder, 'file.csv'), text)
        const alone = join(folder, 'alone')
        const shared = join(folder, 'shared')
        const expected = await outcomeOf(alone, await stage(alone, { readers: 1, blockRows: 1000 }))
        expect(await outcomeOf(shared, await stage(shared, { readers, blockRows }))).toEqual(expected)
      },
    ),
    { numRuns: 15, seed: 20_261_120 },
  )
})

test('what several readers began, any number of readers ends with the same bytes', async () => {
  const readers = fc.integer({ min: 1, max: 3 })
  await fc.assert(
    fc.asyncProperty(aFile, readers, readers, fc.nat({ max: 6 }), async (text, before, after, kept) => {
      await writeFile(join(folder, 'file.csv'), text)
      const alone = join(folder, 'alone')
      const shared = join(folder, `shared-${before}-${after}`)
      await rm(shared, { recursive: true, force: true })
      const expected = await outcomeOf(alone, await stage(alone, { readers: 1, blockRows: 1000 }))
      const begun = await stage(shared, { readers: before, blockRows: 4 }, kept)
      const ended = await stage(shared, { readers: after, blockRows: 5 }, Number.POSITIVE_INFINITY, begun)
      expect(await outcomeOf(shared, ended)).toEqual(expected)
    }),
    { numRuns: 15, seed: 20_261_121 },
  )
})

test('a reader that fails ends the others', async () => {
  const ended: string[] = []
  async function* points(name: string, failsAt: number): AsyncGenerator<StagePoint> {
    try {
      for (let row = 0; ; row++) {
        if (row === failsAt) throw new Error('EIO')
        yield {
          reader: 0,
          firstRow: row,
          rowsRead: row + 1,
          rejects: [],
          tags: [],
          rejected: 0,
          bytesRead: 0,
          runBytes: 0,
        }
      }
    } finally {
      ended.push(name)
    }
  }
  const seen: number[] = []
  const all = async (): Promise<void> => {
    for await (const point of inOrder([points('first', 3), points('second', 100)])) seen.push(point.firstRow)
  }
  await expect(all()).rejects.toThrow('EIO')
  expect(ended).toEqual(['first', 'second'])
  expect(seen).toEqual([0, 0, 1, 1, 2])
})
