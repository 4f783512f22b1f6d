import { expect, test } from 'vitest'
import type { NewSuppression } from '../../../src/main/compliance/index.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { ContactId, ListId } from '../../../src/shared/contract/define.ts'
import { openPeopleDomains, type PeopleDomains } from '../../support/people-domains.ts'

async function aContactOnAList(domains: PeopleDomains, email: string, phone: string | null = null) {
  const context = await domains.context()
  const contact = await domains.contacts.create({ firstName: 'Ann', email, phone }, context)
  const list = await domains.lists.create({ name: `List of ${email}`, description: '' }, context)
  await domains.lists.addMembers({ id: ListId.parse(list.id), contactIds: [ContactId.parse(contact.id)] }, context)
  return { contactId: ContactId.parse(contact.id), listId: ListId.parse(list.id) }
}

async function suppress(domains: PeopleDomains, wanted: Partial<NewSuppression>): Promise<void> {
  await transaction(domains.storage.db, tx =>
    domains.compliance.suppress(tx, {
      channel: 'email',
      address: 'ann@example.org',
      reason: 'unsubscribe',
      source: 'test',
      contactId: null,
      campaignId: null,
      note: '',
      ...wanted,
    }),
  )
}

async function statusOf(domains: PeopleDomains, contactId: ContactId): Promise<readonly string[]> {
  const card = await domains.contacts.get({ id: contactId }, await domains.context())
  return card.lists.map(list => list.status)
}

test('an unsubscribe blocks the address however it is written, and ends the memberships', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'Ann@Example.org')
  await suppress(domains, { address: ' ANN@example.ORG ' })
  await suppress(domains, { address: 'ann@example.org' })
  const people = [{ contactId, address: 'aNN@example.org' }]
  const blocked = await domains.compliance.blocked(domains.storage.reader, 'email', people)
  expect([...blocked]).toEqual([[contactId, 'unsubscribed']])
  expect(await statusOf(domains, contactId)).toEqual(['unsubscribed'])
  const page = await domains.compliance.handlers.suppressions(
    { search: 'ANN', offset: 0, limit: 10 },
    await domains.context(),
  )
  expect(page).toMatchObject({ total: 1, rows: [{ address: 'ann@example.org', contactId }] })
})

test('the strongest reason is the one that counts', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org')
  const reasonNow = async (): Promise<string | undefined> =>
    (
      await domains.compliance.blocked(domains.storage.reader, 'email', [{ contactId, address: 'ann@example.org' }])
    ).get(contactId)
  const context = await domains.context()
  const consent = { contactId, channel: 'email', basis: 'express', evidence: 'by phone' } as const
  await domains.compliance.handlers.recordConsent({ ...consent, status: 'withdrawn' }, context)
  expect(await reasonNow()).toBe('consent_denied')
  const strengthening = [
    ['manual', 'suppressed'],
    ['hard_bounce', 'hard_bounced'],
    ['do_not_call', 'do_not_call'],
    ['unsubscribe', 'unsubscribed'],
    ['complaint', 'complained'],
    ['erasure', 'erased'],
  ] as const
  for (const [reason, skip] of strengthening) {
    await suppress(domains, { reason })
    expect(await reasonNow()).toBe(skip)
  }
})

test('only the newest word about consent counts, and silence does not block', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org', '+1 202 555 0123')
  const isBlocked = async (channel: 'email' | 'sms', address: string): Promise<boolean> =>
    (await domains.compliance.blocked(domains.storage.reader, channel, [{ contactId, address }])).size > 0
  expect(await isBlocked('email', 'ann@example.org')).toBe(false)
  const context = await domains.context()
  const consent = { contactId, channel: 'email', basis: '', evidence: '' } as const
  await domains.compliance.handlers.recordConsent({ ...consent, status: 'denied' }, context)
  expect(await isBlocked('email', 'ann@example.org')).toBe(true)
  expect(await isBlocked('sms', '+12025550123')).toBe(false)
  await domains.compliance.handlers.recordConsent({ ...consent, status: 'granted' }, context)
  expect(await isBlocked('email', 'ann@example.org')).toBe(false)
})

test('a bounce sets the membership aside, and an unsubscribe afterwards wins', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org')
  await suppress(domains, { reason: 'hard_bounce', contactId })
  expect(await statusOf(domains, contactId)).toEqual(['bounced'])
  await suppress(domains, { reason: 'unsubscribe', contactId })
  expect(await statusOf(domains, contactId)).toEqual(['unsubscribed'])
  await suppress(domains, { reason: 'hard_bounce', contactId })
  expect(await statusOf(domains, contactId)).toEqual(['unsubscribed'])
})

test('a suppressed number is read by the country of the workspace', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org', '+12025550123')
  const context = await domains.context()
  const wish = { channel: 'sms', address: '(202) 555-0123', reason: 'do_not_call', note: '' } as const
  const written = await domains.compliance.handlers.suppress(wish, context)
  expect(written).toMatchObject({ address: '+12025550123', contactId })
  const people = [{ contactId, address: '+12025550123' }]
  expect((await domains.compliance.blocked(domains.storage.reader, 'sms', people)).get(contactId)).toBe('do_not_call')
  // Texting is what she objected to; her e-mail list is not touched.
  expect(await statusOf(domains, contactId)).toEqual(['active'])
  await expect(
    domains.compliance.handlers.suppress({ ...wish, channel: 'email', address: 'nobody' }, context),
  ).rejects.toMatchObject({ code: 'invalid_input' })
})

test('lifting takes evidence on record, opens lists and consent again, and never undoes an erasure', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org')
  const context = await domains.context()
  await domains.compliance.handlers.recordConsent(
    { contactId, channel: 'email', status: 'withdrawn', basis: '', evidence: '' },
    context,
  )
  await suppress(domains, { reason: 'unsubscribe' })
  const wish = { channel: 'email', address: 'ann@example.org', evidence: 'signed the form again' } as const
  await domains.compliance.handlers.lift(wish, context)
  const people = [{ contactId, address: 'ann@example.org' }]
  expect((await domains.compliance.blocked(domains.storage.reader, 'email', people)).size).toBe(0)
  expect(await statusOf(domains, contactId)).toEqual(['active'])
  const audit = await domains.storage.reader
    .selectFrom('audit')
    .select('data')
    .where('action', '=', 'suppression.lifted')
    .executeTakeFirstOrThrow()
  expect(JSON.parse(audit.data)).toEqual({ reasons: ['unsubscribe'], evidence: 'signed the form again' })

  await expect(domains.compliance.handlers.lift(wish, context)).rejects.toMatchObject({ code: 'not_found' })
  await suppress(domains, { reason: 'erasure' })
  await expect(domains.compliance.handlers.lift(wish, context)).rejects.toMatchObject({ code: 'conflict' })
})

test('a thousand people are looked up in two statements', async () => {
  await using domains = await openPeopleDomains()
  const people = Array.from({ length: 1000 }, (_, n) => ({ contactId: `c${n}`, address: `p${n}@example.org` }))
  for (const n of [3, 500, 999]) await suppress(domains, { address: `p${n}@example.org` })
  const blocked = await domains.compliance.blocked(domains.storage.reader, 'email', people)
  expect([...blocked.keys()].sort()).toEqual(['c3', 'c500', 'c999'])
})

test('STOP on a text stops calls too, and neither WhatsApp nor e-mail', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org', '+12025550123')
  await suppress(domains, { channel: 'sms', address: '+12025550123', contactId })
  const blockedOn = async (channel: 'sms' | 'voice' | 'whatsapp') =>
    (await domains.compliance.blocked(domains.storage.reader, channel, [{ contactId, address: '+12025550123' }])).get(
      contactId,
    )
  expect(await blockedOn('sms')).toBe('unsubscribed')
  expect(await blockedOn('voice')).toBe('unsubscribed')
  expect(await blockedOn('whatsapp')).toBeUndefined()
})

test('a consent is kept with the moment at which it ends', async () => {
  await using domains = await openPeopleDomains()
  const { contactId } = await aContactOnAList(domains, 'ann@example.org')
  const consent = { contactId, channel: 'email', status: 'granted', basis: 'implied', evidence: 'order 12' } as const
  const context = await domains.context()
  await domains.compliance.handlers.recordConsent({ ...consent, expiresAt: 1_800_000_000_000 }, context)
  await domains.compliance.handlers.recordConsent(consent, context)
  const rows = await domains.storage.reader.selectFrom('consents').select('expires_at').orderBy('seq').execute()
  expect(rows.map(row => row.expires_at)).toEqual([1_800_000_000_000, null])
})
