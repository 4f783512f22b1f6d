import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import {
  type DuplicatePolicy,
  type FieldPolicy,
  FileReading,
  ImportOptions,
} from '../../../src/shared/contract/imports.ts'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'
import { importIntoModel, type ModelContact, type ModelRow } from './merge-model.ts'

const TARGETS = ['firstName', 'city', 'custom:size', 'custom:shoe'] as const
const HEADER = ['Email', 'Phone', 'CRM ID', 'Tags', ...TARGETS]
const MAPPED = ['email', 'phone', 'external:crm', 'tags', ...TARGETS]

const value = fc.constantFrom('', '', 'a', 'b', 'ç')
const rowOf = fc
  .record({
    email: fc.constantFrom('', ...Array.from({ length: 9 }, (_, n) => `p${n}@example.org`), 'P3@example.org'),
    phone: fc.constantFrom('', '', ...Array.from({ length: 5 }, (_, n) => `+1202555010${n}`)),
    crm: fc.constantFrom('', '', '', ...Array.from({ length: 6 }, (_, n) => `C-${n}`)),
    tags: fc.subarray(['red', 'blue']),
    values: fc.record({ firstName: value, city: value, 'custom:size': value, 'custom:shoe': value }),
  })
  .filter(row => row.email !== '' || row.phone !== '')
  .map(row => ({ ...row, values: Object.fromEntries(Object.entries(row.values).filter(([, text]) => text !== '')) }))
const policy = fc.constantFrom<DuplicatePolicy>('skip', 'fill_blanks', 'overwrite')
const fieldPolicy = fc.constantFrom<FieldPolicy>('skip', 'fill_blanks', 'overwrite')
const fileOf = fc.record({
  rows: fc.array(rowOf, { minLength: 1, maxLength: 40 }),
  duplicates: policy,
  fieldPolicies: fc.dictionary(fc.constantFrom('city', 'custom:size', 'tags', 'phone', 'email'), fieldPolicy, {
    maxKeys: 3,
  }),
})

/** Takes everybody out again: opening a workspace takes longer than the imports. */
async function empty({ storage }: ImportWorkspace): Promise<void> {
  for (const table of ['contacts', 'changes', 'tags', 'imports'] as const) await storage.db.deleteFrom(table).execute()
}

test('random files come to what a plain model comes to, under every policy', async () => {
  const workspace = await openImportWorkspace()
  try {
    // Nothing is pulled out of the wall here.
    await sql`pragma synchronous = off`.execute(workspace.storage.db)
    const { reading } = await workspace.inspect(await workspace.upload(`${HEADER.join(',')}\nann@example.org,,,,,,,\n`))
    await fc.assert(
      fc.asyncProperty(fc.array(fileOf, { minLength: 1, maxLength: 3 }), async files => {
        await empty(workspace)
        const model: ModelContact[] = []
        for (const file of files) {
          const expected = importIntoModel(model, file.rows, file)
          const run = await importFile(workspace, FileReading.parse(reading), file)
          const { rows, created, updated, unchanged, duplicates, rejected, state, error } = run
          expect({ state, error, rejected }).toEqual({ state: 'done', error: null, rejected: 0 })
          expect({ rows, created, updated, unchanged, duplicates }).toEqual(expected)
        }
        expect(await stored(workspace)).toEqual(model.map(shown).sort(byText))
      }),
      { numRuns: 12, seed: 20_261_120, endOnFailure: true },
    )
  } finally {
    await discard(workspace)
  }
}, 120_000)

async function importFile(
  workspace: ImportWorkspace,
  reading: FileReading,
  file: { rows: readonly ModelRow[]; duplicates: DuplicatePolicy; fieldPolicies: Record<string, FieldPolicy> },
) {
  const lines = file.rows.map(row =>
    [row.email, row.phone, row.crm, row.tags.join(';'), ...TARGETS.map(target => row.values[target] ?? '')].join(','),
  )
  const token = await workspace.upload(`${[HEADER.join(','), ...lines].join('\n')}\n`)
  const mapping = MAPPED.map((target, column) => ({
    column,
    name: HEADER[column] ?? '',
    target,
    label: target,
    type: 'text' as const,
  }))
  const { duplicates, fieldPolicies } = file
  const options = ImportOptions.parse({ country: 'US', duplicates, fieldPolicies })
  const { id } = await workspace.handlers.start({ token, reading, mapping, options }, workspace.context)
  return workspace.finished(id)
}

function shown({ email, phone, values, tags, crm }: ModelContact): string {
  const custom = TARGETS.filter(target => target.startsWith('custom:')).map(target => values[target] ?? '')
  const fields = [email.toLowerCase(), phone, values['firstName'] ?? '', values['city'] ?? '', ...custom]
  return JSON.stringify([...fields, [...tags].sort(), [...crm].sort()])
}

async function stored({ storage: { reader } }: ImportWorkspace): Promise<string[]> {
  const contacts = await reader
    .selectFrom('contacts')
    .select(['no', 'email_key', 'phone', 'first_name', 'city', 'custom'])
    .execute()
  const tags = await reader
    .selectFrom('contact_tags')
    .innerJoin('tags', 'tags.no', 'tag_no')
    .select(['contact_no', 'tags.name'])
    .execute()
  const ids = await reader.selectFrom('contact_external_ids').select(['contact_no', 'external_id']).execute()
  return contacts
    .map(({ no, email_key, phone, first_name, city, custom }) => {
      const { size = '', shoe = '' }: { size?: string; shoe?: string } = JSON.parse(custom)
      const named = tags.filter(tag => tag.contact_no === no).map(tag => tag.name)
      const held = ids.filter(id => id.contact_no === no).map(id => id.external_id)
      return JSON.stringify([email_key ?? '', phone ?? '', first_name, city, size, shoe, named.sort(), held.sort()])
    })
    .sort(byText)
}

function byText(one: string, other: string): number {
  return one < other ? -1 : 1
}
