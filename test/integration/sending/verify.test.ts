import { CompiledQuery } from 'kysely'
import { expect, test } from 'vitest'
import { accepted, createSendWorld, refusal, type SendWorld } from './send-world.ts'

/** A campaign with every kind of fate, whose ledger holds. */
async function mixed(): Promise<SendWorld> {
  const world = await createSendWorld()
  await world.people(8)
  await world.compliance.handlers.suppress(
    { channel: 'email', address: 'person8@example.org', reason: 'manual', note: '' },
    world.context,
  )
  world.wire = async (envelope, signal) => {
    if (envelope.to.startsWith('person1')) return refusal('rejected', 'permanent_message')
    if (envelope.to.startsWith('person2')) return refusal('deferred', 'temporary')
    if (envelope.to.startsWith('person3')) return refusal('unknown', 'uncertain')
    return accepted(envelope, signal)
  }
  await world.launch()
  await world.settle()
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
  return world
}

const byAddress = (name: string): string => `(select id from messages where address like '${name}@%')`

/** What a bug or a hand in the file could do, and the check that must see it. */
const TAMPERINGS: readonly (readonly [string, string, string])[] = [
  ['a message vanishes', `delete from messages where state = 'skipped'`, 'audience ='],
  [
    'a message is called accepted without an attempt',
    `update messages set state = 'accepted' where state = 'skipped'`,
    'accepted means',
  ],
  [
    'an acceptance is taken back',
    `update messages set state = 'rejected' where address like 'person5@%'`,
    'accepted means',
  ],
  [
    'a message is accepted twice',
    `insert into attempts select message_id, 2, sender_id, run_id, started_at, ended_at, outcome, class, code, reply from attempts where message_id = ${byAddress('person5')}`,
    'no message was accepted twice',
  ],
  [
    'an attempt is not counted',
    `update messages set attempts = 0 where address like 'person5@%'`,
    'attempts are numbered',
  ],
  [
    'an attempt stays open',
    `update attempts set outcome = null, ended_at = null where message_id = ${byAddress('person1')}`,
    'on the wire means',
  ],
  ['a doubt disappears', `update messages set state = 'ready' where state = 'unknown'`, 'unknown means'],
  [
    'a suppressed person is written to',
    `insert into suppressions values ('email', 'person5@example.org', 'unsubscribe', '', null, null, '', 5, null)`,
    'suppressed address',
  ],
  [
    'a fate is not in the ledger',
    `update messages set state = 'cancelled' where state = 'ready'`,
    'the ledger holds the fate',
  ],
  [
    'a line is about nobody',
    `insert into ledger (at, kind, campaign_id, message_id, event_key, data) values (1, 'accepted', 'c', 'nobody', 'k', '{}')`,
    'every line of the ledger',
  ],
  ['a campaign ends too early', `update campaigns set status = 'completed'`, 'a campaign that is over'],
]

test.each(TAMPERINGS)('sees it when %s', async (_what, statement, check) => {
  await using world = await mixed()
  await world.storage.db.executeQuery(CompiledQuery.raw('pragma foreign_keys = off'))
  await world.storage.db.executeQuery(CompiledQuery.raw(statement))
  const report = await world.sending.verify(world.storage.reader)
  expect(report.ok).toBe(false)
  const failed = report.checks.filter(one => !one.ok)
  expect(
    failed.some(one => one.name.includes(check) && one.found !== ''),
    JSON.stringify(failed),
  ).toBe(true)
})

test('the ledger cannot be changed or shortened', async () => {
  await using world = await mixed()
  const change = (statement: string) => world.storage.db.executeQuery(CompiledQuery.raw(statement))
  await expect(change(`update ledger set kind = 'accepted'`)).rejects.toThrow('append-only')
  await expect(change('delete from ledger')).rejects.toThrow('append-only')
})
