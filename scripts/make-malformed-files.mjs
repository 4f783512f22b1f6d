// Writes test/fixtures/malformed anew from the cases of test/integration/import/malformed: node scripts/make-malformed-files.mjs
import { readdir, rm, writeFile } from 'node:fs/promises'
import { fileNameOf, MALFORMED_CASES } from '../test/integration/import/malformed/cases.ts'

const folder = new URL('../test/fixtures/malformed/', import.meta.url)
for (const name of await readdir(folder)) if (!name.startsWith('.')) await rm(new URL(name, folder))
for (const [title, entry] of Object.entries(MALFORMED_CASES)) {
  await writeFile(new URL(fileNameOf(title, entry), folder), entry.file)
}
