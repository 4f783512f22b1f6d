import { readdir, readFile } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ImportId } from '../../../src/shared/contract/define.ts'
import { Inspection } from '../../../src/shared/contract/imports.ts'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'
import { fileNameOf, MALFORMED_CASES } from './malformed/cases.ts'

const FOLDER = new URL('../../fixtures/malformed/', import.meta.url)
const CASES = Object.entries(MALFORMED_CASES)

let workspace: ImportWorkspace
beforeAll(async () => {
  workspace = await openImportWorkspace()
})
afterAll(() => discard(workspace))

test('the files that are checked in are those that the script makes, more than sixty', async () => {
  const names = CASES.map(([title, entry]) => fileNameOf(title, entry))
  const found = (await readdir(FOLDER)).filter(name => !name.startsWith('.'))
  expect(found.sort()).toEqual([...names].sort())
  expect(found.length).toBeGreaterThan(60)
  for (const [title, entry] of CASES) {
    const bytes = await readFile(new URL(fileNameOf(title, entry), FOLDER))
    expect(bytes.equals(Buffer.from(entry.file)), title).toBe(true)
  }
})

test.each(CASES)('%s', async (title, entry) => {
  await workspace.storage.db.deleteFrom('contacts').execute()
  await workspace.storage.db.deleteFrom('import_mappings').execute()
  await workspace.storage.db.deleteFrom('custom_fields').execute()
  const name = fileNameOf(title, entry)
  const token = await workspace.upload(await readFile(new URL(name, FOLDER)), name)
  if (entry.refused) {
    const refusal = await workspace.begin(token, { country: 'US' }).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(entry.refused) })
    return
  }
  const found = Inspection.parse(await workspace.inspect(token, { country: 'US' }))
  const { reading, mapping, options, estimate, complete } = found
  const begun = await workspace.handlers.start({ token, reading, mapping, options }, workspace.context)
  const run = await workspace.finished(begun.id)
  expect(run).toMatchObject({ state: 'done', error: null })
  const { rows, created, updated, unchanged, duplicates, rejected } = run
  expect(created + updated + unchanged + duplicates + rejected).toBe(rows)
  const rejects = entry.rejects ?? []
  expect({ rows, created, duplicates, rejected }).toEqual({
    rows: entry.rows,
    created: entry.created,
    duplicates: entry.duplicates ?? 0,
    rejected: rejects.length,
  })
  expect({ ...estimate, rows: found.rows, complete }).toEqual({
    ...{ created, updated, unchanged, duplicates, rejected, rows },
    complete: true,
  })
  const page = { id: ImportId.parse(run.id), offset: 0, limit: 100 }
  const kept = await workspace.handlers.rejects(page, workspace.context)
  expect(kept.rows.map(row => row.line)).toEqual(rejects.map(([line]) => line))
  for (const [index, row] of kept.rows.entries()) expect(row.reason).toMatch(rejects[index]?.[1] ?? /^$/)
  if (entry.has) expect(await workspace.rows('contacts')).toContainEqual(expect.objectContaining(entry.has))
})
