import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { discard, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

const FILE = new URL('../../fixtures/district-offices.csv', import.meta.url)
let workspace: ImportWorkspace
let token: string

beforeEach(async () => {
  workspace = await openImportWorkspace()
  token = await workspace.upload(await readFile(FILE), 'district-offices.csv')
})
afterEach(() => discard(workspace))

test('maps the real file sensibly without any help', async () => {
  const { reading, readingWhy, columns, options } = await workspace.inspect(token)
  expect(reading).toMatchObject({ encoding: 'utf-8', delimiter: ',', hasHeader: true })
  expect(readingWhy).toMatch(/comma/)
  expect(options).toMatchObject({ country: 'US', dateOrder: 'mdy' })
  expect(columns.map(({ name, suggestion }) => `${name} > ${suggestion}`)).toEqual([
    'First Name > firstName',
    'Last Name > lastName',
    'Nickname > custom:nickname',
    'E-mail > email',
    'Office Phone > phone',
    'Fax > custom:fax',
    'Address > street',
    'Suite > street',
    'City > city',
    'State > region',
    'ZIP > postalCode',
    'Latitude > latitude',
    'Longitude > longitude',
    'Birthday > birthday',
    'Gender > custom:gender',
    'Party > custom:party',
    'Chamber > custom:chamber',
    'Website > custom:website',
    'Twitter > social:twitter',
    'Office ID > external:Office ID',
    'Tags > tags',
  ])
  const types = new Map(columns.map(({ name, type }) => [name, type]))
  expect([types.get('Fax'), types.get('Suite'), types.get('Party')]).toEqual(['text', 'text', 'choice'])
})

test('shows what would become of its rows before anything is written', async () => {
  const { rows, complete, estimate, problems, preview } = await workspace.inspect(token)
  expect({ rows, complete, estimate }).toEqual({
    rows: 1312,
    complete: true,
    estimate: { created: 1300, updated: 0, unchanged: 0, duplicates: 12, rejected: 0 },
  })
  expect(problems.map(({ kind, severity, count }) => [kind, severity, count])).toEqual([
    ['bad_number', 'drops_value', 1],
    ['repeated_in_file', 'warning', 12],
  ])
  // A latitude of 441.5 is in the file as it was published.
  expect(problems[0]?.examples).toEqual([{ line: 1038, value: '441.5080197', becomes: '' }])
  expect(preview[2]).toMatchObject({
    line: 4,
    fault: '',
    contact: {
      phone: '+12563813450',
      birthday: '1965-07-22',
      'custom:fax': '202-225-5587',
      tags: 'Republican, representative',
    },
  })
  expect(await workspace.rows('contacts')).toEqual([])
})

test('imports it whole, and a second time changes nothing', async () => {
  const id = await workspace.begin(token, { listName: 'Offices', tags: ['imported'] })
  const run = await workspace.finished(id)
  expect(run).toMatchObject({
    state: 'done',
    rows: 1312,
    created: 1300,
    updated: 0,
    unchanged: 0,
    duplicates: 12,
    rejected: 0,
    fractionDone: 1,
    listName: 'Offices',
  })
  const { reader } = workspace.storage
  const count = async (
    table: 'contacts' | 'list_members' | 'contact_external_ids' | 'contact_tags',
  ): Promise<number> => {
    const row = await reader
      .selectFrom(table)
      .select(eb => eb.fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
    return row.n
  }
  expect(await count('contacts')).toBe(1300)
  expect(await count('list_members')).toBe(1300)
  expect(await count('contact_external_ids')).toBe(1312)
  const tags = await reader.selectFrom('tags').select('name').orderBy('name').execute()
  expect(tags.map(({ name }) => name)).toEqual([
    'Democrat',
    'Independent',
    'Republican',
    'imported',
    'representative',
    'senator',
  ])
  const contacts = await workspace.rows('contacts')
  expect(contacts).toContainEqual(
    expect.objectContaining({
      first_name: 'Nanette',
      last_name: 'Barragán',
      email: 'nanette.barragan.sanpedro@example.org',
      phone: '+13108311799',
      region: 'CA',
      postal_code: '90731',
      latitude: 33.7380779,
      longitude: -118.2802296,
      birthday: '1976-09-15',
      socials: '{"twitter":"RepBarragan"}',
    }),
  )
  expect(contacts.filter(contact => contact['birthday'] === null)).toEqual([])
  // Boston's leading zero is kept.
  expect(contacts).toContainEqual(expect.objectContaining({ city: 'Newton', postal_code: '02458' }))
  expect(await reader.selectFrom('audit').select('action').where('entity', '=', 'import').execute()).toHaveLength(1)
  expect(workspace.events).toContainEqual({ kind: 'changed', entity: 'contact', ids: [] })

  const again = await workspace.importText(await readFile(FILE), { listName: 'Offices', tags: ['imported'] })
  expect(again).toMatchObject({ rows: 1312, created: 0, updated: 0, unchanged: 1300, duplicates: 12, rejected: 0 })
  expect(await workspace.rows('contacts')).toEqual(contacts)
})
