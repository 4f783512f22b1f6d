import { afterEach, beforeEach, expect, test } from 'vitest'
import { ImportId } from '../../../src/shared/contract/define.ts'
import { FileReading, ImportOptions } from '../../../src/shared/contract/imports.ts'
import { discard, type Finished, type ImportWorkspace, openImportWorkspace } from './import-workspace.ts'

let workspace: ImportWorkspace
beforeEach(async () => {
  workspace = await openImportWorkspace()
})
afterEach(() => discard(workspace))

const HEAD = 'First Name,Last Name,City,Email,Shoe\n'
const counts = ({ rows, created, updated, unchanged, duplicates, rejected }: Finished) => ({
  rows,
  created,
  updated,
  unchanged,
  duplicates,
  rejected,
})
const none = { created: 0, updated: 0, unchanged: 0, duplicates: 0, rejected: 0 }

async function people(): Promise<unknown[]> {
  const rows = await workspace.rows('contacts')
  return rows.map(row => [
    row['first_name'],
    row['last_name'],
    row['city'],
    row['email'],
    JSON.parse(String(row['custom'])),
  ])
}

test('skip leaves known contacts as they are and takes the first of repeated rows', async () => {
  await workspace.importText(`${HEAD}Ann,,,ann@example.org,\n`)
  const run = await workspace.importText(
    `${HEAD}X,X,X,ANN@example.org,40\nBob,,,bob@example.org,\nY,Y,,bob@example.org,\n`,
    {
      duplicates: 'skip',
    },
  )
  expect(counts(run)).toEqual({ ...none, rows: 3, created: 1, duplicates: 2 })
  expect(await people()).toEqual([
    ['Ann', '', '', 'ann@example.org', {}],
    ['Bob', '', '', 'bob@example.org', {}],
  ])
})

test('fill_blanks fills what is not known, from the first row that has it', async () => {
  await workspace.importText(`${HEAD}Ann,,,ann@example.org,\nCid,Doe,Rome,cid@example.org,41\n`)
  const run = await workspace.importText(
    `${HEAD}Anna,Lee,,ann@example.org,\n,Late,Bonn,ann@example.org,38\nOther,Other,Other,cid@example.org,99\nNew,,,new@example.org,\n,Later,,new@example.org,\n`,
    { duplicates: 'fill_blanks' },
  )
  expect(counts(run)).toEqual({ ...none, rows: 5, created: 1, updated: 1, unchanged: 1, duplicates: 2 })
  expect(await people()).toEqual([
    ['Ann', 'Lee', 'Bonn', 'ann@example.org', { shoe: 38 }],
    ['Cid', 'Doe', 'Rome', 'cid@example.org', { shoe: 41 }],
    ['New', 'Later', '', 'new@example.org', {}],
  ])
})

test('overwrite takes what the file has, the last row last, and never blanks anything', async () => {
  await workspace.importText(`${HEAD}Ann,Lee,Rome,ann@example.org,38\n`)
  const run = await workspace.importText(`${HEAD}Anna,,Bonn,ann@example.org,\n,Berg,,ann@example.org,39\n`, {
    duplicates: 'overwrite',
  })
  expect(counts(run)).toEqual({ ...none, rows: 2, updated: 1, duplicates: 1 })
  expect(await people()).toEqual([['Anna', 'Berg', 'Bonn', 'ann@example.org', { shoe: 39 }]])
})

test('make_new keeps everybody apart under the same address', async () => {
  await workspace.importText(`${HEAD}Ann,,,ann@example.org,\n`)
  const run = await workspace.importText(`${HEAD}Two,,,ann@example.org,\nThree,,,Ann@example.org,\n`, {
    duplicates: 'make_new',
  })
  expect(counts(run)).toEqual({ ...none, rows: 2, created: 2 })
  const rows = await workspace.rows('contacts')
  expect(rows.map(row => [row['first_name'], row['twin'], row['email_key']])).toEqual([
    ['Three', 2, 'ann@example.org'],
    ['Ann', 0, 'ann@example.org'],
    ['Two', 1, 'ann@example.org'],
  ])
})

test('the same file again changes nothing, whatever the policy', async () => {
  const text = `${HEAD}Ann,Lee,Rome,ann@example.org,38\nBob,,,bob@example.org,\n`
  await workspace.importText(text)
  const before = await workspace.rows('contacts')
  for (const duplicates of ['fill_blanks', 'overwrite'] as const) {
    expect(counts(await workspace.importText(text, { duplicates }))).toEqual({ ...none, rows: 2, unchanged: 2 })
  }
  expect(counts(await workspace.importText(text, { duplicates: 'skip' }))).toEqual({ ...none, rows: 2, duplicates: 2 })
  expect(await workspace.rows('contacts')).toEqual(before)
})

test('a row without an e-mail address is recognised by its phone', async () => {
  await workspace.importText('Name,Email,Phone\nAnn,ann@example.org,202-555-0123\n', { country: 'US' })
  const run = await workspace.importText('Name,City,Phone\nAnn,Rome,+12025550123\n', { country: 'US' })
  expect(counts(run)).toEqual({ ...none, rows: 1, updated: 1 })
  expect(await workspace.rows('contacts')).toMatchObject([{ email: 'ann@example.org', city: 'Rome' }])
})

test('an address that comes hundreds of times is one contact', async () => {
  const lines = Array.from({ length: 300 }, (_, n) => `N${n},,,same@example.org,\n`).join('')
  const run = await workspace.importText(`${HEAD}${lines}`, { duplicates: 'overwrite' })
  expect(counts(run)).toEqual({ ...none, rows: 300, created: 1, duplicates: 299 })
  expect(await people()).toEqual([['N299', '', '', 'same@example.org', {}]])
})

test('everybody comes on the list and gets the tags; who unsubscribed from it stays unsubscribed', async () => {
  const { db, reader } = workspace.storage
  const text = 'Email,Tags\nann@example.org,VIP; Press\nbob@example.org,vip\n'
  await workspace.importText(text, { listName: 'News', tags: ['Autumn'] })
  await db.updateTable('list_members').set({ status: 'unsubscribed' }).execute()
  await workspace.importText(`${text}cid@example.org,\n`, { listName: ' news', tags: ['autumn'], duplicates: 'skip' })
  const members = await reader.selectFrom('list_members').select('status').orderBy('contact_no').execute()
  expect(members.map(member => member.status)).toEqual(['unsubscribed', 'unsubscribed', 'active'])
  expect(await reader.selectFrom('lists').select('name').execute()).toEqual([{ name: 'News' }])
  const tags = await reader
    .selectFrom('contact_tags')
    .innerJoin('tags', 'tags.no', 'contact_tags.tag_no')
    .innerJoin('contacts', 'contacts.no', 'contact_tags.contact_no')
    .select(['contacts.email', 'tags.name'])
    .orderBy('contacts.email')
    .orderBy('tags.name')
    .execute()
  expect(tags.map(({ email, name }) => `${email} ${name}`)).toEqual([
    'ann@example.org Autumn',
    'ann@example.org Press',
    'ann@example.org VIP',
    'bob@example.org Autumn',
    'bob@example.org VIP',
    'cid@example.org Autumn',
  ])
})

test('notes, social handles and ids of other systems are kept', async () => {
  const text = 'Email,Notes,Twitter,CRM ID\nann@example.org,Met in Rome,@ann,A-1\nbob@example.org,,,A-2\n'
  await workspace.importText(text)
  const { reader } = workspace.storage
  expect(await reader.selectFrom('notes').select('body').execute()).toEqual([{ body: 'Met in Rome' }])
  expect(
    await reader.selectFrom('contact_external_ids').select(['source', 'external_id']).orderBy('external_id').execute(),
  ).toEqual([
    { source: 'CRM ID', external_id: 'A-1' },
    { source: 'CRM ID', external_id: 'A-2' },
  ])
  expect(await workspace.rows('contacts')).toContainEqual(expect.objectContaining({ socials: '{"twitter":"@ann"}' }))
})

test('the mapping and options of a file are remembered for the next one with the same columns', async () => {
  const first = await workspace.upload('Kontakt;Stadt\nann@example.org;Köln\n')
  const seen = await workspace.inspect(first, { country: 'DE' })
  const mapping = seen.mapping.map(column =>
    column.target === 'city'
      ? { ...column, target: 'region', label: '', type: 'text' as const }
      : { ...column, label: '', type: 'text' as const },
  )
  const options = ImportOptions.parse({ duplicates: 'skip', country: 'DE', dateOrder: 'dmy' })
  const { id } = await workspace.handlers.start(
    { token: first, reading: FileReading.parse(seen.reading), mapping, options },
    workspace.context,
  )
  await workspace.finished(id)
  const again = await workspace.inspect(await workspace.upload('kontakt;STADT\nbob@example.org;Bonn\n'))
  expect(again.mappingKnown).toBe(true)
  expect(again.mapping.map(column => column.target)).toEqual(['email', 'region'])
  expect(again.options).toMatchObject({ duplicates: 'skip', listName: '', tags: [], country: 'DE', dateOrder: 'dmy' })
})

test('rejected rows can be saved, corrected and imported again', async () => {
  const run = await workspace.importText(
    'Name,Email,Birthday\n"=cmd|x",ann at example.org,1980-01-02\nBob,bob@example.org,\n',
  )
  expect(counts(run)).toEqual({ ...none, rows: 2, created: 1, rejected: 1 })
  const saved = await workspace.handlers.rejectsFile({ id: ImportId.parse(run.id) }, workspace.context)
  const chunks: Uint8Array[] = []
  for await (const chunk of await workspace.files.open(saved.token)) chunks.push(Buffer.from(chunk))
  const text = Buffer.concat(chunks).toString('utf8')
  expect(text.split('\r\n')).toEqual([
    '\uFEFFName,Email,Birthday,Tidings: line,Tidings: field,Tidings: what to correct',
    '"\'=cmd|x",ann at example.org,1980-01-02,2,Email,"An e-mail address needs a name, an @ and a domain, such as name@example.org."',
    '',
  ])
  const again = await workspace.importText(text.replace('ann at ', 'ann@'))
  expect(counts(again)).toEqual({ ...none, rows: 1, created: 1 })
  expect(await workspace.rows('contacts')).toContainEqual(
    expect.objectContaining({ first_name: '=cmd|x', email: 'ann@example.org', birthday: '1980-01-02', custom: '{}' }),
  )
})

test('a mapping without an address, or with two columns for one field, is refused', async () => {
  const token = await workspace.upload('A,B\nx,y\n')
  const reading = FileReading.parse({ encoding: 'utf-8', delimiter: ',' as const, hasHeader: true })
  const options = ImportOptions.parse({ duplicates: 'skip', country: 'US', dateOrder: 'ymd' })
  const column = (index: number, target: string) => ({
    column: index,
    name: String(index),
    target,
    label: '',
    type: 'text' as const,
  })
  const start = (mapping: ReturnType<typeof column>[]) =>
    workspace.handlers.start({ token, reading, mapping, options }, workspace.context)
  await expect(start([column(0, 'firstName')])).rejects.toMatchObject({ code: 'invalid_input' })
  await expect(start([column(0, 'email'), column(1, 'email')])).rejects.toThrow(/both meant for email/)
})

test.each([
  ['%PDF-1.7', /PDF/],
  ['', /is empty/],
])('a file that is no CSV file is refused with what to do: %j', async (text, message) => {
  const token = await workspace.upload(text)
  await expect(workspace.inspect(token)).rejects.toThrow(message)
})

test('an encoding that does not exist is refused', async () => {
  const token = await workspace.upload('Email\nann@example.org\n')
  const reading = { encoding: 'klingon-8' }
  await expect(workspace.handlers.inspect({ token, reading }, workspace.context)).rejects.toMatchObject({
    code: 'invalid_input',
  })
})

test('starting the same file twice at once is one import', async () => {
  const token = await workspace.upload(`${HEAD}Ann,,,ann@example.org,\n`)
  const [first, second] = await Promise.all([workspace.begin(token), workspace.begin(token)])
  expect(second).toBe(first)
  expect(await workspace.finished(first)).toMatchObject({ state: 'done', rows: 1, created: 1 })
})
