import { afterEach, expect, test } from 'vitest'
import { ImportId } from '../../../src/shared/contract/define.ts'
import { Inspection } from '../../../src/shared/contract/imports.ts'
import { discard, type ImportWorkspace, openImportWorkspace } from '../import/import-workspace.ts'
import { contactsOf } from './contacts-of.ts'

let workspace: ImportWorkspace
afterEach(() => discard(workspace))

const KNOWN = `Email,First name,City,Phone,Tags
ann@example.org,Ann,Köln,202-555-0101,VIP
bo@example.org,Bo,,202-555-0102,
cy@example.org,Cy,Oslo,,
`

/** A file of many people, after three that are known. */
function fileOf(rows: number): string {
  const lines = Array.from(
    { length: rows },
    (_, n) => `p${(n * 7919) % 9973}x${n}@example.org,Name ${n},City ${n % 50},,tag ${n % 5}\n`,
  )
  return `Email,First name,City,Phone,Tags
ann@example.org,Anna,Bonn,202-555-0199,fan
bo@example.org,Bob,Rome,,
${lines.join('')}`
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(resolve => setImmediate(resolve))
}

async function undone(id: string, keepChanged = true) {
  await workspace.handlers.undo({ id: ImportId.parse(id), keepChanged }, workspace.context)
  await until(
    async () => (await workspace.handlers.get({ id: ImportId.parse(id) }, workspace.context)).state === 'undone',
  )
  return workspace.handlers.get({ id: ImportId.parse(id) }, workspace.context)
}

test('an import is taken back: new contacts are gone and known ones are as before', async () => {
  workspace = await openImportWorkspace()
  await workspace.importText(KNOWN, { country: 'US' })
  const before = await contactsOf(workspace.storage.reader)
  const run = await workspace.importText(fileOf(1500), { country: 'US', duplicates: 'overwrite', listName: 'All' })
  expect(run).toMatchObject({ state: 'done', created: 1500, updated: 2, canUndo: true, stage: 'over' })
  expect(await undone(run.id)).toMatchObject({ state: 'undone', canUndo: false })
  expect(await contactsOf(workspace.storage.reader)).toEqual(before)
  await expect(undone(run.id)).rejects.toMatchObject({ code: 'conflict' })
})

test('a paused import rests, also over a restart, and goes on where it was', async () => {
  workspace = await openImportWorkspace()
  const text = fileOf(6000)
  const id = ImportId.parse(await workspace.begin(await workspace.upload(text), { country: 'US' }))
  const now = () => workspace.handlers.get({ id }, workspace.context)
  await until(async () => (await now()).fractionDone > 0.3)
  expect(await workspace.handlers.pause({ id }, workspace.context)).toMatchObject({ state: 'paused', endedAt: null })
  const paused = await now()
  await workspace.close()
  workspace = await openImportWorkspace({ folder: workspace.folder, seed: 5 })
  await new Promise(resolve => setTimeout(resolve, 50))
  expect(await now()).toMatchObject({ state: 'paused', rows: paused.rows, canUndo: false })
  await workspace.handlers.resume({ id }, workspace.context)
  expect(await workspace.finished(id)).toMatchObject({ state: 'done', rows: 6002, created: 6002, duplicates: 0 })
})

test('a paused import can be cancelled, and what came in until then can be undone', async () => {
  workspace = await openImportWorkspace()
  await workspace.importText(KNOWN, { country: 'US' })
  const before = await contactsOf(workspace.storage.reader)
  const id = ImportId.parse(
    await workspace.begin(await workspace.upload(fileOf(6000)), { country: 'US', duplicates: 'overwrite' }),
  )
  const now = () => workspace.handlers.get({ id }, workspace.context)
  await until(async () => (await now()).created > 0)
  await workspace.handlers.pause({ id }, workspace.context)
  await expect(workspace.handlers.undo({ id, keepChanged: true }, workspace.context)).rejects.toMatchObject({
    code: 'conflict',
  })
  expect(await workspace.handlers.cancel({ id }, workspace.context)).toMatchObject({
    state: 'cancelled',
    canUndo: true,
  })
  await undone(id)
  expect(await contactsOf(workspace.storage.reader)).toEqual(before)
})

test('tags and the list that an import made go with its undo, unless somebody uses them', async () => {
  workspace = await openImportWorkspace()
  await workspace.importText('Email,Tags\nann@example.org,VIP\n', { country: 'US' })
  const run = await workspace.importText('Email,Tags\nann@example.org,VIP\nbo@example.org,fan\ncy@example.org,new\n', {
    country: 'US',
    listName: 'Spring',
    tags: ['asked for'],
  })
  const { db, reader } = workspace.storage
  const names = async (table: 'tags' | 'lists') =>
    (await reader.selectFrom(table).select('name').orderBy('name').execute()).map(row => row.name)
  expect(await names('tags')).toEqual(['VIP', 'asked for', 'fan', 'new'])
  const asked = await reader.selectFrom('tags').select('id').where('name', '=', 'asked for').executeTakeFirstOrThrow()
  const view = { id: 'v', name: 'View', name_key: 'view', made_by: '', created_at: 1, updated_at: 1 }
  await db
    .insertInto('saved_views')
    .values({ ...view, view: JSON.stringify({ filter: { tagId: asked.id } }) })
    .execute()
  const vip = await reader
    .selectFrom('contacts')
    .select('no')
    .where('email', '=', 'ann@example.org')
    .executeTakeFirstOrThrow()
  const fan = await reader.selectFrom('tags').select('no').where('name', '=', 'fan').executeTakeFirstOrThrow()
  await db.insertInto('contact_tags').values({ contact_no: vip.no, tag_no: fan.no }).execute()
  await db
    .updateTable('contacts')
    .set(eb => ({ revision: eb('revision', '+', 1) }))
    .where('no', '=', vip.no)
    .execute()
  await undone(run.id)
  expect(await names('tags')).toEqual(['VIP', 'asked for', 'fan'])
  expect(await names('lists')).toEqual(['Spring'])
  await undone(run.id, false)
  await until(async () => (await names('lists')).length === 0)
})

test('custom fields that an import made go with its undo, unless a contact or a text uses them', async () => {
  workspace = await openImportWorkspace()
  const fields = async () =>
    (await workspace.storage.reader.selectFrom('custom_fields').select('label').orderBy('key').execute()).map(
      f => f.label,
    )
  const text = 'Email,Shoe size,Pet,Hobby\nann@example.org,38,cat,chess\nbo@example.org,41,dog,go\n'
  const token = await workspace.upload(text)
  const { reading, mapping, options } = Inspection.parse(await workspace.inspect(token, { country: 'US' }))
  const asCustom = mapping.map(column =>
    column.name === 'Email' ? column : { ...column, target: `custom:${column.name.toLowerCase().replace(' ', '_')}` },
  )
  const { id } = await workspace.handlers.start({ token, reading, mapping: asCustom, options }, workspace.context)
  const run = await workspace.finished(id)
  expect(await fields()).toEqual(['Hobby', 'Pet', 'Shoe size'])
  const template = { id: 't', channel: 'email' as const, name: 'T', category: '', version: 1, created_by: '' }
  await workspace.storage.db
    .insertInto('templates')
    .values({
      ...template,
      content: '{"body":"Hello {{ Pet | friend }}"}',
      created_at: 1,
      updated_at: 1,
      archived_at: null,
    })
    .execute()
  await workspace.storage.db
    .insertInto('contacts')
    .values({ ...(await aContact()), id: 'cy', custom: '{"hobby":"tea"}' })
    .execute()
  await undone(run.id)
  await until(async () => (await fields()).length < 3)
  expect(await fields()).toEqual(['Hobby', 'Pet'])

  async function aContact() {
    const {
      no: _no,
      id: _id,
      ...row
    } = await workspace.storage.reader
      .selectFrom('contacts')
      .selectAll()
      .where('email', '=', 'ann@example.org')
      .executeTakeFirstOrThrow()
    return { ...row, email: null, email_key: null, phone: '+12025550100' }
  }
})
