import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { ContactId } from '../../../src/shared/contract/define.ts'
import { createTestApp, type TestApp } from '../../support/create-test-app.ts'

const OWASP = ['=1+1', '+1', '-1', '@SUM(1)', '＝1', '＋1', '－1', '＠1']

async function exported(app: TestApp, request: Parameters<TestApp['client']['contacts']['startExport']>[0]) {
  const { id } = await app.client.contacts.startExport(request)
  await app.idle()
  const state = await app.client.contacts.exportState({ id })
  if (!state.file) throw new Error(`the export is ${state.state}: ${state.reason}`)
  const bytes = await readFile((await app.app.files.find(state.file.token)).path)
  expect(bytes.length).toBe(state.file.bytes)
  return { state, bytes, text: bytes.toString('utf8') }
}

async function addPeople(app: TestApp): Promise<readonly string[]> {
  const ids: string[] = []
  for (const [n, company] of OWASP.entries()) {
    const contact = await app.client.contacts.create({
      firstName: 'Zoë',
      lastName: `Quo"te, ${n}`,
      company,
      email: `p${n}@example.org`,
      phone: `+1202555${String(1000 + n)}`,
      postalCode: '00123',
      birthday: '1985-04-23',
    })
    ids.push(contact.id)
  }
  await app.client.contacts.setTags({ ids, add: ['VIP', 'Ünal'], remove: [] })
  await app.idle()
  return ids
}

test('no cell of a CSV file for spreadsheets begins as a formula does', async () => {
  await using app = await createTestApp()
  await addPeople(app)
  const { text, state } = await exported(app, { columns: ['company', 'name'] })
  expect(state).toMatchObject({ state: 'done', total: OWASP.length, written: OWASP.length })
  const lines = text.slice(1).trimEnd().split('\r\n')
  expect(lines[0]).toBe('Company,First name,Last name')
  expect(lines.slice(1).map(line => line.slice(0, line.indexOf(',Zoë')))).toEqual(OWASP.map(start => `"'${start}"`))
  const raw = await exported(app, { columns: ['company'], safeForSpreadsheets: false })
  expect(raw.text.slice(1).trimEnd().split('\r\n').slice(1, 4)).toEqual(OWASP.slice(0, 3))
})

test('a workbook holds texts as texts, and what was selected, and nothing else', async () => {
  await using app = await createTestApp()
  const ids = await addPeople(app)
  const { bytes, state } = await exported(app, { format: 'xlsx', except: [ids[0] ?? ''].map(id => asId(id)) })
  expect(state.written).toBe(OWASP.length - 1)
  const sheet = entryOf(bytes, 'xl/worksheets/sheet1.xml')
  expect(sheet).toContain('<t xml:space="preserve">+12025551001</t>')
  expect(sheet).toContain('<t xml:space="preserve">00123</t>')
  expect(sheet).toContain('Quo&quot;te, 1')
  expect(sheet).not.toContain('<f>')
  expect(sheet.match(/<row>/g)).toHaveLength(OWASP.length)
})

test('a person gets all that is on record about her as JSON, with times in UTC', async () => {
  await using app = await createTestApp()
  const [id = ''] = await addPeople(app)
  const contactId = asId(id)
  const list = await app.client.lists.create({ name: 'News' })
  await app.client.lists.addMembers({ id: list.id, contactIds: [contactId] })
  await app.client.compliance.recordConsent({
    contactId,
    channel: 'email',
    status: 'granted',
    basis: 'consent',
    evidence: 'form',
  })
  await app.client.compliance.suppress({ channel: 'sms', address: '+12025551000', reason: 'manual' })
  await app.idle()
  const { text } = await exported(app, { format: 'json', ids: [contactId] })
  const [person] = JSON.parse(text)
  expect(person).toMatchObject({
    email: 'p0@example.org',
    tags: ['VIP', 'Ünal'],
    memberships: [{ list: 'News', status: 'active' }],
    consents: [{ channel: 'email', status: 'granted', evidence: 'form' }],
    suppressions: [{ channel: 'sms', reason: 'manual' }],
  })
  expect(person.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/)
  expect(person.consents[0].at).toMatch(/Z$/)
})

test('a vCard is folded at 75 octets and escapes what has a meaning in it', async () => {
  await using app = await createTestApp()
  await addPeople(app)
  const { text } = await exported(app, { format: 'vcard' })
  expect(text.match(/BEGIN:VCARD\r\nVERSION:4\.0\r\n/g)).toHaveLength(OWASP.length)
  expect(text).toContain('N:Quo"te\\, 0;Zoë;;;\r\n')
  expect(text).toContain('TEL;VALUE=uri;TYPE=cell:tel:+12025551000\r\n')
  expect(Math.max(...text.split('\r\n').map(line => Buffer.byteLength(line)))).toBeLessThanOrEqual(75)
})

test('an export that was given up leaves no file', async () => {
  await using app = await createTestApp({ start: false })
  await addPeopleFew(app)
  const { id } = await app.client.contacts.startExport({})
  await app.client.contacts.cancelExport({ id })
  expect(await app.client.contacts.exportState({ id })).toMatchObject({ state: 'cancelled', file: null })
})

test('what was exported as CSV and is imported elsewhere makes the same contacts', async () => {
  await using here = await createTestApp()
  const file = new URL('../../fixtures/district-offices.csv', import.meta.url)
  await importFile(here, await readFile(file))
  await addPeople(here)
  const { bytes, state } = await exported(here, {})
  await using there = await createTestApp()
  await importFile(there, bytes)
  const everybody = async ({ client }: TestApp) => {
    const rows = []
    for (let offset = 0; offset < state.total; offset += 1000) {
      const page = await client.contacts.page({ offset, limit: 1000, sort: { field: 'email', direction: 'ascending' } })
      rows.push(...page.rows)
    }
    // What belongs to the moment and the place of the import is another; what the person is must be the same.
    return rows
      .map(({ id: _id, createdAt: _made, updatedAt: _changed, source: _source, custom, ...row }) => {
        const { source: _from, created_at: _at, updated_at: _later, ...own } = custom
        return JSON.stringify({
          ...row,
          custom: Object.entries(own).sort(([one], [other]) => one.localeCompare(other)),
        })
      })
      .sort()
  }
  expect(await everybody(there)).toEqual(await everybody(here))
})

async function importFile(app: TestApp, bytes: Buffer): Promise<void> {
  const { token } = await app.app.files.receive('people.csv', Readable.from([bytes]), 2 ** 24)
  const { reading, mapping, options } = await app.client.imports.inspect({ token })
  await app.client.imports.start({ token, reading, mapping, options })
  await app.idle()
}

async function addPeopleFew(app: TestApp): Promise<void> {
  await app.client.contacts.create({ firstName: 'Ann', email: 'ann@example.org' })
}

function asId(id: string) {
  return ContactId.parse(id)
}

/** The text of one entry of a zip file, found by its local header; the sizes stand in the directory. */
function entryOf(zip: Buffer, name: string): string {
  let at = zip.readUInt32LE(zip.length - 22 + 16)
  for (;;) {
    if (zip.readUInt32LE(at) !== 0x02014b50) throw new Error(`there is no ${name}`)
    const length = zip.readUInt16LE(at + 28)
    const found = zip.toString('utf8', at + 46, at + 46 + length)
    const header = zip.readUInt32LE(at + 42)
    if (found === name) {
      const begin = header + 30 + zip.readUInt16LE(header + 26)
      return inflateRawSync(zip.subarray(begin, begin + zip.readUInt32LE(at + 20))).toString('utf8')
    }
    at += 46 + length
  }
}
