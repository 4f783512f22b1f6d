import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { open, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { lookAtTable } from '../../../src/main/contacts/import/reading/look-at-table.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { workbookFile } from '../../support/workbook-file.ts'

const HUGE = 100
const MEGABYTE = 2 ** 20
// Two thirds of the cell: a reader that kept it could not live in it.
const HEAP_MB = 64

/** Writes text, a hundred megabytes of one letter, and text again. */
async function writeHuge(path: string, before: string, letter: string, after: string): Promise<void> {
  const file = await open(path, 'w')
  await file.write(before)
  const megabyte = Buffer.alloc(MEGABYTE, letter)
  for (let i = 0; i < HUGE; i++) await file.write(megabyte)
  await file.write(after)
  await file.close()
}

async function importInLittleMemory(folder: string, file: string): Promise<unknown> {
  const program = fileURLToPath(new URL('./huge-child.ts', import.meta.url))
  const limits = [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=4']
  const child = spawn(process.execPath, [...limits, program, join(folder, 'workspace'), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
  })
  await once(child, 'close')
  return JSON.parse(output)
}

test.runIf(process.features.typescript)(
  'a cell of 100 MB costs its row and nothing else, in little memory',
  async () => {
    const folder = await temporaryFolder()
    const path = join(folder, 'people.csv')
    const begin = 'Name,Email\nAnn,ann@example.org\n"'
    await writeHuge(path, begin, 'x', '",bob@example.org\nCid,cid@example.org\n')
    expect(await importInLittleMemory(folder, path)).toEqual({
      rows: 3,
      created: 2,
      rejected: 1,
      reasons: ['3: A field is longer than a megabyte.'],
    })
  },
  60_000,
)

test('a file of more than a gigabyte is refused before it is read', async () => {
  const path = join(await temporaryFolder(), 'people.csv')
  await writeFile(path, 'Name,Email\n')
  await truncate(path, 2 ** 30 + 1)
  await expect(lookAtTable(path, {})).rejects.toThrow(/larger than 1 GB. Split it/)
})

test('a workbook whose sheet unpacks to hundreds of times its size is not opened', async () => {
  const path = join(await temporaryFolder(), 'people.xlsx')
  const cell = Buffer.alloc(48 * MEGABYTE, 'x').toString('latin1')
  const sheet = `<worksheet><sheetData><row><c t="str"><v>${cell}</v></c></row></sheetData></worksheet>`
  await writeFile(path, workbookFile({ sheets: { A: [] }, parts: { 'xl/worksheets/sheet1.xml': sheet } }))
  await expect(lookAtTable(path, {})).rejects.toThrow(/fill a disk/)
})
