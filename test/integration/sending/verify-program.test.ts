import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CompiledQuery } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { minutes } from '../../../src/main/kernel/clock.ts'
import { openConnection } from '../../../src/main/storage/connection.ts'
import { CampaignId, MessageId } from '../../../src/shared/contract/define.ts'
import { type Verdict, verifyLedger } from '../../../src/verify/verify-ledger.ts'
import { temporaryFolder } from '../../support/temporary-folder.ts'
import { accepted, createSendWorld, refusal } from './send-world.ts'

/** The file of a workspace with every kind of fate, two attempts after a decision, and people who were suppressed in between. */
async function writeEverything(folder: string): Promise<string> {
  const world = await createSendWorld({ folder })
  await world.people(9)
  await world.compliance.handlers.suppress(
    { channel: 'email', address: 'person8@example.org', reason: 'manual', note: '' },
    world.context,
  )
  world.wire = async (envelope, signal) => {
    if (envelope.to.startsWith('person1@')) return refusal('rejected', 'permanent_message')
    if (envelope.to.startsWith('person2@')) return refusal('deferred', 'temporary')
    if (envelope.to.startsWith('person3@')) return refusal('unknown', 'uncertain')
    if (envelope.to.startsWith('person4@')) return refusal('unknown', 'uncertain')
    return accepted(envelope, signal)
  }
  const campaignId = await world.launch()
  await world.settle()
  const [fourth] = await world.rows<{ id: string }>(`select id from messages where address like 'person4@%'`)
  world.wire = accepted
  await world.sending.handlers.resolveUnknown(
    { campaignId: CampaignId.parse(campaignId), messageIds: [MessageId.parse(fourth?.id)], decision: 'send_again' },
    world.context,
  )
  await world.settle()
  await world.advance(minutes(90))
  const copy = `${folder}.db`
  await world.storage.db.executeQuery(CompiledQuery.raw('vacuum into ?', [copy]))
  await world.close()
  return copy
}

/** A copy with something done to it that the application would never do. */
async function tampered(file: string, ...statements: string[]): Promise<Verdict> {
  const copy = join(await temporaryFolder(), 'tidings.db')
  await copyFile(file, copy)
  const connection = await openConnection(copy, 'create')
  await connection.exec('pragma foreign_keys = off')
  for (const trigger of ['ledger_is_append_only', 'ledger_keeps_rows', 'ledger_seals_stay', 'ledger_seals_keep']) {
    await connection.exec(`drop trigger ${trigger}`)
  }
  for (const statement of statements) await connection.exec(statement)
  await connection.close()
  return verifyLedger(copy, null)
}

const idOf = (name: string): string => `(select id from messages where address like '${name}@%')`
const LAST = '(select max(seq) from ledger)'

/** What a bug or a hand in the file could do, and the check that must see it. */
const TAMPERINGS: readonly (readonly [what: string, check: string, ...statements: string[]])[] = [
  ['a row of the ledger is changed', 'no seal is broken', `update ledger set at = at + 1 where kind = 'rejected'`],
  ['the text of a row is changed', 'no seal is broken', `update ledger set data = '{"n":2}' where seq = 3`],
  ['a row vanishes', 'no seal is broken', `delete from ledger where kind = 'deferred'`],
  ['the newest row vanishes', 'no seal is broken', `delete from ledger where seq = ${LAST}`],
  [
    'two rows change places',
    'no seal is broken',
    'update ledger set seq = -1 where seq = 2',
    'update ledger set seq = 2 where seq = 3',
    'update ledger set seq = 3 where seq = -1',
  ],
  [
    'a row is added at the end',
    'no seal is broken',
    `insert into ledger (at, kind, event_key, data) values (1, 'opened', 'k', '{}')`,
  ],
  [
    'a row is added at the beginning',
    'no seal is broken',
    `insert into ledger (seq, at, kind, event_key, data) values (-1, 1, 'opened', 'k', '{}')`,
  ],
  [
    'a seal is changed',
    'no seal is broken',
    `update ledger_seals set hash = replace(hash, 'a', 'b') where last_seq = (select min(last_seq) from ledger_seals)`,
  ],
  [
    'a seal vanishes',
    'no seal is broken',
    'delete from ledger_seals where last_seq = (select min(last_seq) from ledger_seals)',
  ],
  [
    'the newest seal vanishes',
    'no seal is broken',
    'delete from ledger_seals where last_seq = (select max(last_seq) from ledger_seals)',
  ],
  ['a message vanishes', 'audience =', `delete from messages where state = 'skipped'`],
  ['somebody is planned who is not counted', 'audience =', 'update campaigns set audience_size = audience_size - 1'],
  [
    'an address has two messages',
    'one message for a person',
    'drop index messages_address',
    `insert into messages select 'x', campaign_id, contact_id || 'x', 2, channel, address, sender_id, 'ready', '', '', due_at, 0, null, null, created_at, updated_at from messages where step = 1 and address like 'person5@%'`,
    `insert into messages select 'y', campaign_id, contact_id || 'y', 2, channel, address, sender_id, 'ready', '', '', due_at, 0, null, null, created_at, updated_at from messages where step = 1 and address like 'person5@%'`,
  ],
  [
    'a message is called accepted',
    'in one known state',
    `update messages set state = 'accepted' where state = 'skipped'`,
  ],
  [
    'an acceptance is taken back',
    'in one known state',
    `update messages set state = 'ready' where address like 'person5@%'`,
  ],
  ['a doubt disappears', 'in one known state', `update messages set state = 'ready' where state = 'unknown'`],
  ['an attempt is not counted', 'numbered 1 to n', `update messages set attempts = 0 where address like 'person5@%'`],
  ['an attempt vanishes', 'numbered 1 to n', `delete from attempts where message_id = ${idOf('person4')} and n = 1`],
  [
    'an attempt ends before it began',
    'an attempt ends',
    `update attempts set ended_at = started_at - 1 where message_id = ${idOf('person5')}`,
  ],
  [
    'an attempt stays open',
    'an attempt ends',
    `update attempts set ended_at = null, outcome = null where message_id = ${idOf('person1')}`,
  ],
  [
    'a message is accepted twice',
    'accepted twice',
    `insert into attempts select message_id, 2, sender_id, run_id, started_at, ended_at, outcome, class, code, reply from attempts where message_id = ${idOf('person5')}`,
  ],
  [
    'something is sent after a refusal',
    'after an acceptance',
    `insert into attempts select message_id, 2, sender_id, run_id, started_at, ended_at, 'accepted', class, code, reply from attempts where message_id = ${idOf('person1')}`,
  ],
  [
    'something is sent after a doubt',
    'after an acceptance',
    `update ledger set data = json_set(data, '$.decision', 'treat_as_sent') where kind = 'resolved'`,
  ],
  ['a fate is not in the ledger', 'holds the fate', `update messages set state = 'cancelled' where state = 'skipped'`],
  [
    'a fate is in the ledger twice',
    'holds the fate',
    `insert into ledger (at, kind, campaign_id, message_id, contact_id, event_key, data) select at, kind, campaign_id, message_id, contact_id, 'again', data from ledger where kind = 'skipped' limit 1`,
  ],
  [
    'the ledger knows of no acceptance',
    'tell of the same answers',
    `delete from ledger where kind = 'accepted' and message_id = ${idOf('person5')}`,
  ],
  [
    'an attempt was changed to accepted',
    'tell of the same answers',
    `update attempts set outcome = 'accepted' where outcome = 'deferred'`,
  ],
  [
    'a line names somebody else',
    'names the campaign and the person',
    `update ledger set contact_id = 'somebody' where kind = 'accepted'`,
  ],
  [
    'a line is about nobody',
    'belongs to a message that exists',
    `insert into ledger (at, kind, message_id, event_key, data) values (1, 'opened', 'nobody', 'k', '{}')`,
  ],
  [
    'an attempt is of nobody',
    'belongs to a message that exists',
    `insert into attempts select 'zzz', n, sender_id, run_id, started_at, ended_at, outcome, class, code, reply from attempts limit 1`,
  ],
  [
    'something left before its campaign began',
    'before its campaign',
    'update campaigns set started_at = started_at + 86400000',
  ],
  [
    'a suppressed person is written to',
    'after it was suppressed',
    `insert into suppressions values ('email', 'person5@example.org', 'unsubscribe', '', null, null, '', 5, null)`,
  ],
  [
    'a limit is exceeded',
    'in a window',
    `update senders set limits = '{"perSecond":null,"perMinute":3,"perHour":null,"perDay":null,"concurrency":5}'`,
  ],
  [
    'a limit of a family is exceeded',
    'in a window',
    `update messages set family = 'google'`,
    `update senders set limits = '{"perSecond":null,"concurrency":5,"families":[{"family":"google","perHour":2}]}'`,
  ],
  [
    'a campaign ends too early',
    'a campaign that is complete',
    `update campaigns set status = 'completed', plan_state = 'planning'`,
  ],
]

describe('the program that verifies the ledger', () => {
  let folder: string
  let file: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidings-verify-'))
    file = await writeEverything(join(folder, 'workspace'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('finds nothing wrong in what the application wrote, says what it looked at, and names the newest seal', async () => {
    const verdict = await verifyLedger(file, null)
    expect(verdict.checks.filter(check => !check.ok)).toEqual([])
    expect(verdict).toMatchObject({ ok: true, setbacks: 0 })
    expect(verdict.checks.find(check => check.name.includes('seal'))?.rows).toBeGreaterThan(10)
    expect(verdict.head.hash).toMatch(/^[0-9a-f]{64}$/)
    // A seal that somebody noted down is there, and another one is missed.
    expect((await verifyLedger(file, verdict.head)).ok).toBe(true)
    expect((await verifyLedger(file, { ...verdict.head, hash: '0'.repeat(64) })).ok).toBe(false)
  })

  test.each(TAMPERINGS)('sees it when %s', async (_what, name, ...statements) => {
    const verdict = await tampered(file, ...statements)
    expect(verdict.ok).toBe(false)
    const failed = verdict.checks.filter(check => !check.ok)
    expect(
      failed.some(check => check.name.includes(name) && check.found !== ''),
      JSON.stringify(failed),
    ).toBe(true)
  })

  test('what an account allowed earlier is looked up in the audit trail', async () => {
    const entry = (
      at: string,
      limits: string,
    ): string => `insert into audit (at, actor, action, entity, entity_id, data)
      values (${at}, 'm', 'sender.changed', 'sender', 'test-account', '{"limits":${limits}}')`
    const none = '{"perSecond":null}'
    const few = '{"perSecond":null,"perMinute":1}'
    const first = '(select min(started_at) from attempts)'
    const later = await tampered(file, entry('0', none), entry(`${first} + 1000000000`, few))
    expect(later.ok).toBe(true)
    const before = await tampered(file, entry('0', few), entry(`${first} + 1000000000`, none))
    expect(before.checks.filter(check => !check.ok).map(check => check.name)).toEqual([
      'no account ever began more attempts in a window than it allowed',
    ])
  })
})
