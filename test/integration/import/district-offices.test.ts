import { readFile } from 'node:fs/promises'
import { afterEach, expect, test } from 'vitest'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

const FILE = new URL('../../../../shared/data/district-offices.csv', import.meta.url)
let workspace: ImportWorkspace

afterEach(() => discard(workspace))

test('maps the real file sensibly without any help', async () => {
  workspace = await openImportWorkspace()
  const token = await workspace.upload(await readFile(FILE), 'district-offices.csv')
  const inspection = await workspace.inspect(token)
  expect(inspection.reading).toEqual({ encoding: 'utf-8', delimiter: ',', hasHeader: true })
  console.log(JSON.stringify(inspection.columns.map(c => [c.name, c.suggestion, c.type, c.filled])))
  console.log(JSON.stringify(inspection.problems, null, 1), inspection.readingWhy, inspection.options, inspection.estimate, inspection.preview[2])
})

test('imports the real file', async () => {
  workspace = await openImportWorkspace()
  const run = await workspace.finished(await workspace.begin(await workspace.upload(await readFile(FILE)), {listName: 'Offices', tags: ['imported']}))
  console.log(run)
})
