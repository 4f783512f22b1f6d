import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { type CampaignId, ContactId } from '../../../src/shared/contract/define.ts'
import { accepted, createSendWorld, refusal, type SendWorld } from './send-world.ts'

/** A finished campaign: three sent (one opened, one clicked), one failed, one skipped. */
async function finished(): Promise<{ world: SendWorld; campaignId: CampaignId }> {
  const world = await createSendWorld()
  const [first = '', second = ''] = await world.people(5)
  await world.storage.db
    .updateTable('contacts')
    .set({ first_name: '=HYPERLINK("x")', last_name: 'Zola' })
    .where('id', '=', first)
    .execute()
  await world.compliance.handlers.suppress(
    { channel: 'email', address: 'person5@example.org', reason: 'manual', note: '' },
    world.context,
  )
  world.wire = async (envelope, signal) =>
    envelope.to.startsWith('person4') ? refusal('rejected', 'permanent_address') : accepted(envelope, signal)
  const id = await world.launch()
  await world.settle()
  const messages = await world.rows<{ id: string; contact: string }>('select id, contact_id as contact from messages')
  const of = (contact: string): string => messages.find(message => message.contact === contact)?.id ?? ''
  const event = { campaignId: id, at: world.clock.now() + 60_000, data: {} }
  await transaction(world.storage.db, tx =>
    world.sending.record(tx, [
      { ...event, kind: 'opened', messageId: of(first), contactId: first, eventKey: 'o1' },
      { ...event, kind: 'opened', messageId: of(first), contactId: first, eventKey: 'o2', at: event.at + 5000 },
      { ...event, kind: 'clicked', messageId: of(second), contactId: second, eventKey: 'c1' },
      { ...event, kind: 'clicked', messageId: of(second), contactId: second, eventKey: 'c1' },
      { ...event, kind: 'unsubscribed', messageId: of(second), contactId: second, eventKey: 'u1' },
    ]),
  )
  return { world, campaignId: id as CampaignId }
}

test('lists recipients by status, by what they did and by name or address', async () => {
  const { world, campaignId } = await finished()
  await using _ = world
  const list = async (state: 'all' | 'sent' | 'failed' | 'skipped' | 'pending' | 'opened' | 'clicked', search = '') => {
    const input = { campaignId, state, search, offset: 0, limit: 10 }
    const { rows, total } = await world.sending.handlers.recipients(input, world.context)
    expect(rows).toHaveLength(total)
    return rows.map(row => row.address)
  }
  expect(await list('all')).toHaveLength(5)
  expect(await list('sent')).toEqual(['person1@example.org', 'person2@example.org', 'person3@example.org'])
  expect(await list('failed')).toEqual(['person4@example.org'])
  expect(await list('skipped')).toEqual(['person5@example.org'])
  expect(await list('pending')).toEqual([])
  // Who clicked has read it.
  expect(await list('opened')).toEqual(['person1@example.org', 'person2@example.org'])
  expect(await list('clicked')).toEqual(['person2@example.org'])
  expect(await list('all', 'zola')).toEqual(['person1@example.org'])
  expect(await list('all', 'PERSON3@')).toEqual(['person3@example.org'])
  expect(await list('all', '100%')).toEqual([])
})

test('says why in words, with what the server said', async () => {
  const { world, campaignId } = await finished()
  await using _ = world
  const { rows } = await world.sending.handlers.recipients(
    { campaignId, state: 'failed', search: '', offset: 0, limit: 10 },
    world.context,
  )
  expect(rows[0]).toMatchObject({
    state: 'rejected',
    reason: 'permanent_address',
    reasonText: 'The address cannot receive: 550 5.1.1 scripted',
    attempts: 1,
  })
})

test('says of a contact what became of every message, also of messages to somebody who was merged into her', async () => {
  const { world, campaignId } = await finished()
  await using _ = world
  const [, , third, fourth] = await world.rows<{ id: string; no: number }>('select id, no from contacts order by no')
  await world.storage.db
    .insertInto('contact_aliases')
    .values({ old_id: fourth?.id ?? '', old_no: fourth?.no ?? 0, contact_no: third?.no ?? 0, change_no: 1 })
    .execute()
  const contactId = ContactId.parse(third?.id)
  const { rows } = await world.sending.handlers.ofContact({ contactId, limit: 10 }, world.context)
  expect(rows.map(row => [row.campaignId, row.address, row.state, row.reasonText])).toEqual([
    [campaignId, 'person4@example.org', 'rejected', 'The address cannot receive: 550 5.1.1 scripted'],
    [campaignId, 'person3@example.org', 'accepted', 'Accepted'],
  ])
})

test('exports everybody with status and reason, safe against formulas', async () => {
  const { world, campaignId } = await finished()
  await using _ = world
  const { token, bytes } = await world.sending.handlers.export({ campaignId, safeForSpreadsheets: true }, world.context)
  const text = await readFile(join(world.folder, 'files', token, 'bytes'), 'utf8')
  expect(Buffer.byteLength(text)).toBe(bytes)
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(6)
  expect(lines[1]).toContain(`"'=HYPERLINK(""x"") Zola",person1@example.org,accepted,`)
  expect(lines.find(line => line.includes('person5'))).toContain('skipped,suppressed,Suppressed by hand')
})

test('reports figures by the definitions: people once, clicks imply opens, rates over delivered', async () => {
  const { world, campaignId } = await finished()
  await using _ = world
  const report = await world.analytics.handlers.campaign({ campaignId }, world.context)
  expect(report).toMatchObject({
    counts: { audience: 5, sent: 3, failed: 1, skipped: 1, pending: 0, unknown: 0 },
    attempted: 4,
    accepted: 3,
    bounced: 0,
    delivered: 3,
    opened: 2,
    clicked: 1,
    unsubscribed: 1,
    complained: 0,
    heatOf: 'engagement',
    topErrors: [{ label: 'The address cannot receive (550 5.1.1)', count: 1 }],
  })
  expect(report.rates).toEqual({ acceptance: 3 / 4, delivery: 1, open: 2 / 3, click: 1 / 3, unsubscribe: 1 / 3 })
  const sum = (of: 'accepted' | 'rejected' | 'opened' | 'clicked') =>
    report.overTime.reduce((total, bucket) => total + bucket[of], 0)
  expect([sum('accepted'), sum('rejected'), sum('opened'), sum('clicked')]).toEqual([3, 1, 2, 1])
  expect(report.outcomes.reduce((total, one) => total + one.count, 0)).toBe(5)
  // 2026-03-02 is a Monday; two opens and a click after 09:01 UTC.
  expect(report.heat.reduce((total, cell) => total + cell.count, 0)).toBe(3)
  expect(report.heat.every(cell => cell.weekday === 1)).toBe(true)
})
