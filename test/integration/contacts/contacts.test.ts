import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { ContactId, ListId, TagId } from '../../../src/shared/contract/define.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'

const EVERYBODY = { search: '', listId: null, tagId: null, conditions: [] }
const AS_CSV = { ...EVERYBODY, ids: null, except: [], format: 'csv', columns: null } as const
const BY_NAME = { sort: { field: 'name', direction: 'ascending' }, offset: 0, limit: 100 } as const

async function add(domains: PeopleDomains, fields: Parameters<PeopleDomains['contacts']['create']>[0]) {
  return ContactId.parse((await domains.contacts.create(fields, await domains.context())).id)
}

async function find(domains: PeopleDomains, search: string): Promise<readonly string[]> {
  const { rows, total } = await domains.contacts.page({ ...EVERYBODY, ...BY_NAME, search }, await domains.context())
  expect(total).toBe(rows.length)
  return rows.map(row => row.lastName)
}

test('a contact is stored in normal form and shown with everything about her', async () => {
  await using domains = await openPeopleDomains()
  const id = await add(domains, {
    firstName: ' Ann ',
    lastName: 'Berg',
    email: 'Ann@EXAMPLE.org ',
    phone: '(202) 555-0123',
    country: 'us',
    language: 'en_us',
    timeZone: 'america/new_york',
    birthday: '1985-04-23',
  })
  const { contact } = await domains.contacts.get({ id }, await domains.context())
  expect(contact).toMatchObject({
    firstName: 'Ann',
    email: 'Ann@example.org',
    phone: '+12025550123',
    country: 'US',
    language: 'en-US',
    timeZone: 'America/New_York',
    birthday: '1985-04-23',
    source: 'manual',
  })
})

test('an address that somebody has is refused, and the refusal says who has it', async () => {
  await using domains = await openPeopleDomains()
  await add(domains, { firstName: 'Ann', lastName: 'Berg', email: 'ann@example.org' })
  const bo = await add(domains, { firstName: 'Bo', email: 'bo@example.org' })
  const context = await domains.context()
  await expect(domains.contacts.create({ email: 'ANN@example.org' }, context)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringContaining('Ann Berg'),
  })
  await expect(
    domains.contacts.update({ id: bo, changes: { email: 'ann@example.org' } }, context),
  ).rejects.toMatchObject({ code: 'conflict' })
  const renamed = await domains.contacts.update({ id: bo, changes: { email: 'BO@example.org', city: 'Oslo' } }, context)
  expect(renamed).toMatchObject({ email: 'BO@example.org', city: 'Oslo', firstName: 'Bo' })
})

test('values that cannot be are refused with the name of the field', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  const refused = async (fields: Parameters<PeopleDomains['contacts']['create']>[0]): Promise<unknown> =>
    domains.contacts
      .create({ email: 'x@example.org', ...fields }, context)
      .catch(error => [error.code, error.details.field])
  expect(await refused({ email: 'x@' })).toEqual(['invalid_input', 'email'])
  expect(await refused({ phone: '12' })).toEqual(['invalid_input', 'phone'])
  expect(await refused({ timeZone: 'Mars/Base' })).toEqual(['invalid_input', 'timeZone'])
  expect(await refused({ birthday: '2025-02-30' })).toEqual(['invalid_input', 'birthday'])
  expect(await refused({ custom: { shoe_size: 9 } })).toEqual(['invalid_input', 'custom'])
  expect(await refused({ email: null, phone: '' })).toEqual(['invalid_input', undefined])
})

test('a search finds parts of names, addresses, numbers, companies and cities, all words together', async () => {
  await using domains = await openPeopleDomains()
  await add(domains, {
    firstName: 'Ann',
    lastName: 'Berg',
    company: 'Alder & Sons',
    email: 'ann@example.org',
    city: 'Oslo',
  })
  await add(domains, { firstName: 'Élodie', lastName: 'Ångström', phone: '+12025550123', city: 'Zürich' })
  await add(domains, { firstName: '100%', lastName: 'Cotton_', email: 'c@example.net' })
  expect(await find(domains, 'ber')).toEqual(['Berg'])
  expect(await find(domains, 'ann oslo')).toEqual(['Berg'])
  expect(await find(domains, 'ann zürich')).toEqual([])
  expect(await find(domains, 'élodie ÅNG')).toEqual(['Ångström'])
  expect(await find(domains, 'ZÜRICH')).toEqual(['Ångström'])
  expect(await find(domains, '(202) 555-01')).toEqual(['Ångström'])
  expect(await find(domains, '00%')).toEqual(['Cotton_'])
  expect(await find(domains, 'n_')).toEqual([])
  expect(await find(domains, 'on_')).toEqual(['Cotton_'])
  expect(await find(domains, 'zurich angstrom')).toEqual(['Ångström'])
  expect(await find(domains, 'be a')).toEqual(['Berg'])
  expect(await find(domains, 'example.')).toEqual(['Berg', 'Cotton_'])
})

test('pages follow one another without gaps in every order, searched or not', async () => {
  await using domains = await openPeopleDomains()
  for (let n = 0; n < 25; n++) {
    await add(domains, {
      firstName: `F${n % 4}`,
      lastName: n % 3 ? 'Same' : `L${n}`,
      company: n % 5 ? '' : `Firm ${n % 2}`,
      city: 'X',
      email: n % 6 ? `p${n}@example.org` : null,
      phone: n % 6 ? null : `+1202555${String(1000 + n)}`,
    })
  }
  const context = await domains.context()
  for (const search of ['', 'x']) {
    for (const field of ['name', 'email', 'company', 'city', 'region', 'createdAt', 'updatedAt'] as const) {
      for (const direction of ['ascending', 'descending'] as const) {
        const order = { ...EVERYBODY, search, sort: { field, direction } }
        const whole = await domains.contacts.page({ ...order, offset: 0, limit: 100 }, context)
        const pieces = []
        for (let offset = 0; offset < 25; offset += 7) {
          pieces.push(...(await domains.contacts.page({ ...order, offset, limit: 7 }, context)).rows)
        }
        expect(whole.total).toBe(25)
        expect(pieces).toEqual(whole.rows)
      }
    }
  }
  const beyond = await domains.contacts.page({ ...EVERYBODY, ...BY_NAME, search: 'x', offset: 90 }, context)
  expect(beyond).toEqual({ rows: [], total: 25, unsearched: 0 })
})

test('lists and tags narrow the table, and the numbers beside them agree with it', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  const [ann, bo, cy] = [
    await add(domains, { firstName: 'Ann', email: 'ann@example.org' }),
    await add(domains, { firstName: 'Bo', email: 'bo@example.org' }),
    await add(domains, { firstName: 'Cy', email: 'cy@example.org' }),
  ]
  const listId = ListId.parse((await domains.lists.create({ name: 'News', description: '' }, context)).id)
  await domains.lists.addMembers({ id: listId, contactIds: [ann, bo] }, context)
  await domains.contacts.setTags({ ids: [bo, cy], add: [' VIP ', 'Regular'], remove: [] }, context)
  await domains.contacts.setTags({ ids: [cy], add: ['vip'], remove: ['REGULAR'] }, context)
  const facets = await domains.contacts.facets({}, context)
  expect(facets).toMatchObject({
    total: 3,
    lists: [{ name: 'News', count: 2 }],
    tags: [
      { name: 'Regular', count: 1 },
      { name: 'VIP', count: 2 },
    ],
  })
  const vip = TagId.parse(facets.tags[1]?.id)
  const names = async (filter: { search?: string; listId?: ListId; tagId?: TagId }) =>
    (await domains.contacts.page({ ...EVERYBODY, ...BY_NAME, ...filter }, context)).rows.map(row => row.firstName)
  expect(await names({ listId })).toEqual(['Ann', 'Bo'])
  expect(await names({ tagId: vip })).toEqual(['Bo', 'Cy'])
  expect(await names({ listId, tagId: vip })).toEqual(['Bo'])
  expect(await names({ listId, tagId: vip, search: 'cy' })).toEqual([])
})

test('who unsubscribed from a list is not put on it again, whatever is tried', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  const ann = await add(domains, { firstName: 'Ann', email: 'ann@example.org' })
  const bo = await add(domains, { firstName: 'Bo', email: 'bo@example.org' })
  const id = ListId.parse((await domains.lists.create({ name: 'News', description: '' }, context)).id)
  expect(await domains.lists.addMembers({ id, contactIds: [ann, bo] }, context)).toMatchObject({ added: 2 })
  await domains.compliance.handlers.suppress(
    { channel: 'email', address: 'ann@example.org', reason: 'unsubscribe', note: '' },
    context,
  )
  expect(await domains.lists.removeMembers({ id, contactIds: [ann, bo] }, context)).toMatchObject({ removed: 1 })
  expect(await domains.lists.addMembers({ id, contactIds: [ann, bo] }, context)).toMatchObject({ added: 1 })
  const { lists } = await domains.lists.all({}, context)
  expect(lists).toMatchObject([{ members: 2, active: 1, unsubscribed: 1, bounced: 0 }])
})

test('two lists cannot have the same name', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  await domains.lists.create({ name: 'News', description: '' }, context)
  const other = await domains.lists.create({ name: 'Offers', description: '' }, context)
  const taken = { id: ListId.parse(other.id), name: ' NEWS ', description: '' }
  await expect(domains.lists.rename(taken, context)).rejects.toMatchObject({ code: 'conflict' })
  const renamed = await domains.lists.rename({ ...taken, name: 'OFFERS' }, context)
  expect(renamed.name).toBe('OFFERS')
})

test('a refusal outlives the contact who made it', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  const ann = await add(domains, { firstName: 'Ann', email: 'ann@example.org' })
  await domains.compliance.handlers.recordConsent(
    { contactId: ann, channel: 'email', status: 'denied', basis: '', evidence: '' },
    context,
  )
  expect(await domains.contacts.remove({ ids: [ann] }, context)).toMatchObject({ removed: 1 })
  const again = await add(domains, { firstName: 'Ann', email: 'ann@example.org' })
  const people = [{ contactId: again, address: 'ann@example.org' }]
  expect((await domains.compliance.blocked(domains.storage.reader, 'email', people)).get(again)).toBe('unsubscribed')
})

test('the timeline tells in sentences what happened, newest first', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  const ann = await add(domains, { firstName: 'Ann', email: 'ann@example.org' })
  domains.clock.jump(domains.clock.now() + 1000)
  const id = ListId.parse((await domains.lists.create({ name: 'News', description: '' }, context)).id)
  await domains.lists.addMembers({ id, contactIds: [ann] }, context)
  domains.clock.jump(domains.clock.now() + 1000)
  await domains.contacts.addNote({ id: ann, body: 'Prefers mornings' }, context)
  domains.clock.jump(domains.clock.now() + 1000)
  await domains.compliance.handlers.suppress(
    { channel: 'email', address: 'ann@example.org', reason: 'manual', note: 'asked by phone' },
    context,
  )
  const { entries } = await domains.contacts.timeline({ id: ann, groups: [], limit: 10, after: null }, context)
  expect(entries.map(entry => [entry.title, entry.detail])).toEqual([
    ['Blocked by hand for e-mail', 'entered by You: asked by phone'],
    ['Note by You', 'Prefers mornings'],
    ['Put on the list “News”', 'added by hand'],
    ['Added by hand', ''],
  ])
  expect(
    (await domains.contacts.timeline({ id: ann, groups: [], limit: 2, after: null }, context)).entries,
  ).toHaveLength(2)
})

test('the export is a file that spreadsheets open safely, with what the filter finds', async () => {
  await using domains = await openPeopleDomains()
  const context = await domains.context()
  await add(domains, {
    firstName: '=1+1',
    lastName: 'Quo"te',
    company: 'A, B',
    email: 'a@example.org',
    phone: '+12025550123',
  })
  await add(domains, { firstName: 'Zoë', email: 'z@example.net', latitude: -33.9, longitude: 18.4 })
  const file = await domains.contacts.export(
    { ...AS_CSV, except: [], conditions: [], safeForSpreadsheets: true },
    context,
  )
  const text = await readFile((await domains.parts.files.find(file.token)).path, 'utf8')
  expect(file.fileName).toBe('contacts-2026-11-20.csv')
  expect(Buffer.byteLength(text)).toBe(file.bytes)
  const lines = text.split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]?.startsWith('\uFEFFFirst name,Last name,Company,Email,Phone,')).toBe(true)
  expect(lines[1]).toMatch(/^"'=1\+1","Quo""te","A, B",a@example\.org,"'\+12025550123",/)
  expect(lines[2]).toMatch(/^Zoë,,,z@example\.net,,,,,,,-33\.9,18\.4,/)
  const raw = await domains.contacts.export(
    { ...AS_CSV, except: [], conditions: [], search: 'quo', safeForSpreadsheets: false },
    context,
  )
  const machine = await readFile((await domains.parts.files.find(raw.token)).path, 'utf8')
  expect(machine.split('\r\n')[1]).toMatch(/^=1\+1,"Quo""te","A, B",a@example\.org,\+12025550123,/)
})

test('an export that is given up leaves no file behind', async () => {
  await using domains = await openPeopleDomains()
  await add(domains, { firstName: 'Ann', email: 'ann@example.org' })
  const signal = AbortSignal.abort()
  const context = { ...(await domains.context()), signal }
  await expect(
    domains.contacts.export({ ...AS_CSV, except: [], conditions: [], safeForSpreadsheets: true }, context),
  ).rejects.toThrow()
  expect(
    await domains.storage.reader.selectFrom('audit').select('seq').where('action', '=', 'contact.exported').execute(),
  ).toEqual([])
})
