import { mkdtemp, rm, truncate } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { rangeOf } from '../../../../../../src/main/contacts/import/engine/staging/key-ranges.ts'
import { createRunsWriter, openRuns } from '../../../../../../src/main/contacts/import/engine/staging/runs-file.ts'
import { runsPath, sortedGroups } from '../../../../../../src/main/contacts/import/engine/staging/sorted-groups.ts'
import { openConnection } from '../../../../../../src/main/storage/connection.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tidings-sorted-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const SPLITS = ['ec', 'eg', 'p+1']

/** Puts rows aside with a save after every seventh, as after that many thousand of a file. */
async function putAside(keys: readonly string[], from = 0, length = 0): Promise<number> {
  const runs = await createRunsWriter(runsPath(folder), length)
  let bytes = length
  for (const [index, key] of keys.entries()) {
    if (index < from) continue
    runs.add(rangeOf(key, SPLITS), key, [key, `row ${index}`])
    if (index % 7 === 6) bytes = await runs.save()
  }
  bytes = await runs.save()
  await runs.close()
  return bytes
}

async function sorted(runBytes: number, afterRow = 0): Promise<unknown[][]> {
  const found: unknown[][] = []
  for await (const group of sortedGroups({ folder, runBytes, columns: ['key', 'value'], afterRow })) {
    const connection = await openConnection(group.path, 'readonly')
    const rows = await connection.all('select rowid, k, key, value from rows order by rowid', [])
    await connection.close()
    found.push(...rows.map(row => Object.values(row)))
    expect([group.firstRow, group.lastRow]).toEqual([rows[0]?.['rowid'], rows.at(-1)?.['rowid']])
    const withoutEmail = rows.find(row => String(row['key']).startsWith('p'))?.['rowid']
    expect(group.firstWithoutEmail).toBe(withoutEmail ?? group.lastRow + 1)
  }
  return found
}

function expected(keys: readonly string[]): unknown[][] {
  const rows = keys.map((key, index) => ({ key, value: `row ${index}` }))
  rows.sort((a, b) => (a.key === b.key ? 0 : a.key < b.key ? -1 : 1))
  const seen = new Map<string, number>()
  return rows.map(({ key, value }, index) => {
    seen.set(key, (seen.get(key) ?? 0) + 1)
    return [index + 1, seen.get(key), key, value]
  })
}

const key = fc.constantFrom('ea', 'eb', 'ec', 'ed', 'eé', 'eg', 'eh', 'e😀', 'p+12', 'p+3')

test('rows come in the order of their keys, those of one key in that of the file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(key, { maxLength: 60 }), async keys => {
      expect(await sorted(await putAside(keys))).toEqual(expected(keys))
    }),
    { numRuns: 25, seed: 20_261_120 },
  )
})

test('what was written after the last save is cut off and written again', async () => {
  const keys = Array.from({ length: 40 }, (_, index) => ['ea', 'ez', 'p+9', 'ec'][index % 4] ?? '')
  const saved = await putAside(keys.slice(0, 14))
  await putAside(['ex', 'ex', 'ex'], 0, saved)
  expect(await sorted(await putAside(keys, 14, saved))).toEqual(expected(keys))
})

test('groups that are merged already are passed over', async () => {
  const bytes = await putAside(['eb', 'ea'])
  expect(await sorted(bytes, 2)).toEqual([])
})

test('a file that lost its end is not taken for a whole one', async () => {
  const bytes = await putAside(['ea', 'eb', 'ec'])
  await truncate(runsPath(folder), bytes - 1)
  await expect(createRunsWriter(runsPath(folder), bytes)).rejects.toThrow(/incomplete/)
  const runs = await openRuns(runsPath(folder), bytes)
  const chunks = await runs.chunks()
  await expect(runs.rows(chunks)).rejects.toThrow(/incomplete/)
  await runs.close()
})
