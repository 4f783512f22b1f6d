import { afterEach, beforeEach, expect, test } from 'vitest'
import type { z } from 'zod'
import { ImportId } from '../../../src/shared/contract/define.ts'
import {
  ColumnMapping,
  FileReading,
  type ImportChoices,
  ImportOptions,
  InspectionRequest,
} from '../../../src/shared/contract/imports.ts'
import { discard, type Finished, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

type Choices = z.infer<typeof ImportChoices>

const FIRST = [
  'First name,Last name,City,Email,Phone,Size,Tags',
  'Ann,Lee,Köln,ann@example.org,,12,a',
  'Bob,Ray,,bob@example.org,,,b',
  'Cid,,Bonn,,+49 30 901820,7,',
  '',
].join('\n')
const SECOND = [
  'First name,Last name,City,Email,Phone,Size,Tags',
  'Anna,Lee,Berlin,Ann@Example.org,,12,c',
  'Bob,Ray,Mainz,bob@example.org,,9,b',
  'Bob,Ray,Trier,bob@example.org,,,',
  'Cid,,Bonn,,030 901820,7,',
  'Dot,New,,dot@example.org,,,',
  'Eve,Bad,,eve.example.org,,,',
  '',
].join('\n')

let workspace: ImportWorkspace
beforeEach(async () => {
  workspace = await openImportWorkspace()
  await workspace.importText(FIRST, { country: 'DE' })
})
afterEach(() => discard(workspace))

const countsOf = ({ created, updated, unchanged, duplicates, rejected }: Finished) => ({
  created,
  updated,
  unchanged,
  duplicates,
  rejected,
})

const changesOf = async (token: string, options: Choices, page = { offset: 0, limit: 100 }) =>
  workspace.handlers.changes({ ...InspectionRequest.parse({ token, options }), ...page }, workspace.context)

test.each<Choices>([
  { duplicates: 'skip' },
  { duplicates: 'fill_blanks' },
  { duplicates: 'overwrite' },
  { duplicates: 'make_new' },
  { duplicates: 'skip', fieldPolicies: { city: 'overwrite' } },
  { duplicates: 'overwrite', fieldPolicies: { city: 'skip', 'custom:size': 'fill_blanks' } },
  { duplicates: 'fill_blanks', fieldPolicies: { firstName: 'overwrite' }, constants: { leadStatus: 'new' } },
])('what is counted before is what happens: %j', async choices => {
  const token = await workspace.upload(SECOND)
  const { estimate, rows } = await workspace.inspect(token, { ...choices, country: 'DE' })
  const run = await workspace.finished(await workspace.begin(token, { ...choices, country: 'DE' }))
  expect(countsOf(run)).toEqual(estimate)
  expect(rows).toBe(run.rows)
})

test('shows what would change about known contacts, old and new, under the policy of each field', async () => {
  const token = await workspace.upload(SECOND)
  const filled = await changesOf(token, { country: 'DE' })
  expect(filled).toMatchObject({ total: 1, kept: 1 })
  expect(filled.rows).toMatchObject([
    {
      line: 3,
      name: 'Bob Ray',
      changes: [
        { field: 'city', before: '', after: 'Mainz' },
        { field: 'custom:size', before: '', after: '9' },
      ],
    },
  ])
  const policy: Choices = { country: 'DE', duplicates: 'overwrite', fieldPolicies: { city: 'skip' } }
  const replaced = await changesOf(token, policy)
  expect(replaced.rows.map(({ name, changes }) => [name, changes])).toEqual([
    ['Ann Lee', [{ field: 'firstName', before: 'Ann', after: 'Anna' }]],
    ['Bob Ray', [{ field: 'custom:size', before: '', after: '9' }]],
  ])
  expect((await workspace.inspect(token, policy)).differences).toEqual([
    { field: 'city', missing: 1, different: 1, changes: 0 },
    { field: 'firstName', missing: 0, different: 1, changes: 1 },
    { field: 'custom:size', missing: 1, different: 0, changes: 1 },
  ])
  expect((await changesOf(token, policy, { offset: 1, limit: 1 })).rows.map(({ name }) => name)).toEqual(['Bob Ray'])
})

test('what was found is forgotten when contacts change', async () => {
  const token = await workspace.upload(SECOND)
  expect((await workspace.inspect(token, { country: 'DE' })).estimate.created).toBe(1)
  await workspace.importText('Email\ndot@example.org\n')
  expect((await workspace.inspect(token, { country: 'DE' })).estimate.created).toBe(0)
})

test('every row of a file can be checked on request, and the check can be stopped', async () => {
  const token = await workspace.upload(SECOND)
  const request = InspectionRequest.parse({ token, options: { country: 'DE' } })
  const { id } = await workspace.handlers.checkWhole(request, workspace.context)
  const state = async () => workspace.handlers.wholeCheck({ id }, workspace.context)
  await expect.poll(state).toMatchObject({ state: 'done', rows: 6, fractionDone: 1 })
  const second = await workspace.handlers.checkWhole(request, workspace.context)
  expect(await workspace.handlers.stopCheck({ id: second.id }, workspace.context)).toMatchObject({ state: 'cancelled' })
  await expect(workspace.handlers.wholeCheck({ id: 'nothing' }, workspace.context)).rejects.toMatchObject({
    code: 'not_found',
  })
})

test('fixes that were chosen are stored, and nothing else is', async () => {
  const file = 'First name,Last name,City,Email\nANN,MCDONALD,KÃ¶ln,ann@gmial.com\nBob,Ray,Bonn,bob @example.org\n'
  const token = await workspace.upload(file)
  const { problems, preview } = await workspace.inspect(token, { fixes: ['name_case'] })
  expect(problems.map(({ kind, severity, fixes, applied }) => [kind, severity, fixes, applied])).toEqual([
    ['repairable_email', 'rejects_row', ['repair_email'], null],
    ['mojibake', 'warning', ['repair_mojibake'], null],
    ['typo_domain', 'warning', ['typo_domain'], null],
    ['capitals', 'corrected', [], 'name_case'],
  ])
  expect(problems[3]?.examples).toEqual([{ line: 2, value: 'ANN MCDONALD', becomes: 'Ann McDonald' }])
  expect(preview[0]?.contact).toMatchObject({ firstName: 'Ann', lastName: 'McDonald', city: 'KÃ¶ln' })
  const fixes: Choices['fixes'] = ['name_case', 'repair_mojibake', 'typo_domain', 'repair_email']
  const run = await workspace.finished(await workspace.begin(token, { fixes }))
  expect(run).toMatchObject({ created: 1, updated: 1, rejected: 0 })
  expect(await workspace.rows('contacts')).toContainEqual(
    expect.objectContaining({ email: 'ann@gmail.com', last_name: 'McDonald', city: 'Köln' }),
  )
})

test('each mistyped domain can be corrected or left by itself', async () => {
  const token = await workspace.upload('Email\na@gmial.com\nb@gmial.com\nc@outlook.co\n')
  const seen = await workspace.inspect(token)
  expect(seen.problems).toMatchObject([
    {
      kind: 'typo_domain',
      severity: 'warning',
      parts: [
        { value: 'gmial.com', becomes: 'gmail.com', count: 2 },
        { value: 'outlook.co', becomes: 'outlook.com', count: 1 },
      ],
    },
  ])
  const choices: Choices = { fixes: ['typo_domain'], keptDomains: ['outlook.co'] }
  expect((await workspace.inspect(token, choices)).problems.map(({ severity, parts }) => [severity, parts])).toEqual([
    ['warning', [{ value: 'outlook.co', becomes: 'outlook.com', count: 1 }]],
    ['corrected', [{ value: 'gmial.com', becomes: 'gmail.com', count: 2 }]],
  ])
  expect(await workspace.finished(await workspace.begin(token, choices))).toMatchObject({ created: 3 })
  const stored = (await workspace.rows('contacts')).map(({ email }) => email)
  expect(stored).toEqual(expect.arrayContaining(['a@gmail.com', 'b@gmail.com', 'c@outlook.co']))
})

test('values for all rows, and a date that can be read in two ways', async () => {
  const token = await workspace.upload('Email,Birthday\nfay@example.org,03/04/1980\n')
  const seen = await workspace.inspect(token)
  expect(seen.dates).toEqual({ detected: null, ambiguous: '03/04/1980' })
  const constants = { country: 'AT', leadStatus: 'new' }
  await workspace.finished(await workspace.begin(token, { dateOrder: 'dmy', constants }))
  expect(await workspace.rows('contacts')).toContainEqual(
    expect.objectContaining({
      email: 'fay@example.org',
      birthday: '1980-04-03',
      country: 'AT',
      lead_status: 'new',
    }),
  )
  const certain = await workspace.inspect(await workspace.upload('Email,Birthday\na@b.org,31/04/80\n'))
  expect(certain.dates).toEqual({ detected: 'dmy', ambiguous: '' })
})

test('a corrected file of rejected rows maps as the original did', async () => {
  const token = await workspace.upload('E-Mail,Wer,Größe\neve.example.org,Eve,3\nfay@example.org,Fay,4\n')
  const { mapping, reading, options } = await workspace.inspect(token)
  const mine = mapping.map(one => ({
    ...ColumnMapping.parse(one),
    target: one.column === 1 ? 'company' : one.target,
  }))
  const order = { reading: FileReading.parse(reading), options: ImportOptions.parse(options) }
  const run = await workspace.handlers.start({ token, mapping: mine, ...order }, workspace.context)
  expect(await workspace.finished(run.id)).toMatchObject({ created: 1, rejected: 1 })
  const saved = await workspace.handlers.rejectsFile({ id: ImportId.parse(run.id) }, workspace.context)
  const chunks: Uint8Array[] = []
  for await (const chunk of await workspace.files.open(saved.token)) chunks.push(Buffer.from(chunk))
  const corrected = await workspace.upload(Buffer.concat(chunks).toString('utf8').replace('eve.', 'eve@'))
  const again = await workspace.inspect(corrected)
  expect(again.mappingKnown).toBe(true)
  expect(again.mapping.map(({ target }) => target)).toEqual([
    ...mine.map(({ target }) => target),
    'ignore',
    'ignore',
    'ignore',
  ])
  expect(again.problems).toEqual([])
  expect(await workspace.finished(await workspace.begin(corrected))).toMatchObject({ created: 1, rejected: 0 })
})

test('somebody who is known by an id in another system is counted as she is merged', async () => {
  const head = 'Email,Phone,Customer ID,Latitude\n'
  await workspace.importText(
    `${head}gil@example.org,,C-1,40.712812345678901\nhal@example.org,,C-2,\n,+12025550123,C-4,\n`,
  )
  const token = await workspace.upload(
    `${head}new@example.org,,C-1,40.712812345678901\nhal@example.org,,C-2,1.5\nida@example.org,,C-3,2\njo@example.org,,C-4,\n`,
  )
  const choices: Choices = { duplicates: 'overwrite' }
  const { estimate } = await workspace.inspect(token, choices)
  expect(estimate).toMatchObject({ created: 1, updated: 2, unchanged: 1 })
  expect((await changesOf(token, choices)).rows.map(({ changes }) => changes)).toEqual([
    [{ field: 'latitude', before: '', after: '1.5' }],
    [{ field: 'email', before: '', after: 'jo@example.org' }],
  ])
  expect(countsOf(await workspace.finished(await workspace.begin(token, choices)))).toEqual(estimate)
})
