import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

let workspace: ImportWorkspace
beforeEach(async () => {
  workspace = await openImportWorkspace()
})
afterEach(() => discard(workspace))

const cell = (...values: readonly string[]) => fc.constantFrom('', ...values)
// A person has one number, written in several ways, and one id, so that a row by itself says whom it means.
const person = fc.constantFrom(
  { email: 'ann@example.org', phone: '(202) 555-0111', id: 'K1' },
  { email: ' ANN@Example.org', phone: '+1 202 555 0111', id: 'K1' },
  { email: '', phone: '+12025550111', id: '' },
  { email: 'bob@gmial.com', phone: '', id: 'K2' },
  { email: 'bob@gmail.com', phone: '+12025550112', id: '' },
  { email: '', phone: '2025550112', id: '' },
  { email: 'dot @example.org', phone: '1.23457E+10', id: 'K4' },
  { email: 'nobody', phone: '+12025550115', id: '' },
  { email: 'info@x.org', phone: '12', id: '' },
  { email: '', phone: '', id: 'K1' },
  { email: '', phone: '+12025550116', id: 'K6' },
)
const row = fc.tuple(
  person,
  fc.record({
    first: cell('Ann', 'BOB', 'CidÃ©', ' Dot  D '),
    city: cell('Rome', 'Köln'),
    size: cell('1', 'x', '2,5'),
  }),
)
const file = fc.array(row, { minLength: 1, maxLength: 14 })
const choices = fc.record({
  duplicates: fc.constantFrom('skip' as const, 'fill_blanks' as const, 'overwrite' as const, 'make_new' as const),
  fixes: fc.subarray(['repair_email', 'name_case', 'repair_mojibake', 'skip_role', 'tag_role'] as const),
})

test('what the airlock counts for a messy file is what its import then does', async () => {
  await fc.assert(
    fc.asyncProperty(file, choices, async (rows, { duplicates, fixes }) => {
      for (const table of ['contacts', 'contact_external_ids'] as const)
        await workspace.storage.db.deleteFrom(table).execute()
      const head = 'Email,Phone,Customer ID,First name,City,Size'
      await workspace.importText(`${head}\nann@example.org,+12025550111,K1,Ann,,\n,+12025550116,K6,,Rome,\n`)
      const lines = rows.map(([who, about]) => [...Object.values(who), ...Object.values(about)])
      const token = await workspace.upload(`${head}\n${lines.map(cells => `"${cells.join('","')}"`).join('\n')}\n`)
      const options = { duplicates, fixes: [...fixes], country: 'US' }
      const seen = await workspace.inspect(token, options)
      const run = await workspace.finished(await workspace.begin(token, options))
      const { created, updated, unchanged, duplicates: repeated, rejected } = run
      const { estimate } = seen
      // Two rows of different addresses may mean one known contact: each is compared with her as she is before the import, so
      // that the later one may count as a change which the earlier one makes already.
      expect({ rows: run.rows, created, known: updated + unchanged, repeated, rejected }).toEqual({
        rows: seen.rows,
        created: estimate.created,
        known: estimate.updated + estimate.unchanged,
        repeated: estimate.duplicates,
        rejected: estimate.rejected,
      })
      expect(estimate.unchanged).toBeLessThanOrEqual(unchanged)
      expect(await workspace.rows('contacts')).toHaveLength(2 + created)
    }),
    { numRuns: 15, seed: 20_261_120 },
  )
})
