import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createComposer } from '../../../src/main/integrations/mime/compose.ts'
import { createSmtpProvider } from '../../../src/main/integrations/smtp/smtp-provider.ts'
import { minutes } from '../../../src/main/kernel/clock.ts'
import { verifyLedger } from '../../../src/verify/verify-ledger.ts'
import { type Act, type Moment, type ScriptedServer, startScriptedSmtp } from '../../support/scripted-smtp.ts'
import { createSendWorld, type SendWorld, UNLIMITED } from './send-world.ts'

interface Scene extends AsyncDisposable {
  readonly world: SendWorld
  readonly server: ScriptedServer
  readonly campaignId: string
  /** Lets everything go on, and the clock with it. */
  pass(ms: number): Promise<void>
}

/** Three people, one connection, and a real dialogue with a server that does `act` the first time that `moment` comes. */
async function scene(moment: Moment, act: Act, security: 'none' | 'starttls' = 'none'): Promise<Scene> {
  let isDone = false
  const server = await startScriptedSmtp(now => {
    if (now !== moment || isDone) return undefined
    isDone = true
    return act
  })
  const world = await createSendWorld()
  const provider = createSmtpProvider({
    endpoint: { host: '127.0.0.1', port: server.port, security, allowInvalidCertificate: true },
    login: async () => ({ user: '', password: '' }),
    concurrency: 1,
    clock: world.clock,
    compose: createComposer(),
  })
  world.wire = (envelope, signal) => provider.send(envelope, signal)
  onTestFinished(() => provider.close())
  await world.limits({ ...UNLIMITED, concurrency: 1 })
  await world.people(3)
  const campaignId = await world.launch()
  const calm = (): Promise<void> => calmOf(world, server)
  await calm()
  return {
    world,
    server,
    campaignId,
    pass: ms => world.clock.advance(ms, calm),
    async [Symbol.asyncDispose]() {
      await provider.close()
      await world[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    },
  }
}

/** Resolves when nothing is on the wire any more, or nothing has been said there for a while. */
async function calmOf(world: SendWorld, server: ScriptedServer): Promise<void> {
  let said = -1
  for (let quiet = 0; quiet < 12; ) {
    await world.settle()
    const [row] = await world.rows<{ n: number }>(`select count(*) as n from messages where state = 'attempting'`)
    if (row?.n === 0) return
    const now = server.heard.flat().length + server.contents.length
    quiet = now === said ? quiet + 1 : 0
    said = now
    await new Promise(resolve => setTimeout(resolve, 5))
  }
}

/** How often each message arrived whole. */
function arrivals(server: ScriptedServer): readonly number[] {
  const times = new Map<string, number>()
  for (const content of server.contents) {
    const ref = /^X-Message-Ref:\s*(\S+)/im.exec(content)?.[1] ?? ''
    times.set(ref, (times.get(ref) ?? 0) + 1)
  }
  return [...times.values()]
}

async function ledgerOf(world: SendWorld): Promise<Record<string, number>> {
  const rows = await world.rows<{ kind: string; n: number }>(
    `select kind, count(*) as n from ledger where kind <> 'planned' group by kind`,
  )
  return Object.fromEntries(rows.map(row => [row.kind, row.n]))
}

type Fault = readonly [what: string, moment: Moment, act: Act, ledger: Record<string, number>]
const ALL = { accepted: 3 }
const DOUBT = { accepted: 2, unknown: 1 }

/** What goes wrong once, and what the ledger says in the end. Who could not have got it gets it later, who might have is unknown. */
const FAULTS: readonly Fault[] = [
  ['the connection is dropped at once', 'connect', { drop: true }, ALL],
  ['it is dropped after EHLO', 'EHLO', { drop: true }, ALL],
  ['it is dropped after MAIL', 'MAIL', { drop: true }, ALL],
  ['it is dropped after RCPT', 'RCPT', { drop: true }, ALL],
  ['it is dropped after DATA', 'DATA', { drop: true }, ALL],
  ['it is dropped after the final dot', 'END', { drop: true }, DOUBT],
  ['the greeting never comes', 'connect', { silent: true }, ALL],
  ['the answer to MAIL never comes', 'MAIL', { silent: true }, ALL],
  ['the answer to DATA never comes', 'DATA', { silent: true }, ALL],
  ['the answer to the final dot never comes', 'END', { silent: true }, DOUBT],
  ['half a greeting comes', 'connect', { pieces: ['220-scrip'] }, ALL],
  ['half an answer to RCPT comes', 'RCPT', { pieces: ['25'] }, ALL],
  ['half an answer to the final dot comes', 'END', { pieces: ['250-2.0'] }, DOUBT],
  ['answers come piece by piece', 'END', { pieces: ['2', '50 2.0', '.0 Ok\r', '\n'] }, ALL],
  ['the server is busy', 'connect', { say: '421 4.3.2 Come back later\r\n' }, ALL],
  ['the recipient is refused for now', 'RCPT', { say: '450 4.2.1 Try again\r\n' }, { accepted: 3, deferred: 1 }],
  ['the message is refused for now', 'END', { say: '451 4.3.0 Try again\r\n' }, { accepted: 3, deferred: 1 }],
  ['the recipient is refused for good', 'RCPT', { say: '550 5.1.1 No such user\r\n' }, { accepted: 2, rejected: 1 }],
  ['the message is refused for good', 'END', { say: '554 5.6.0 Bad content\r\n' }, { accepted: 2, rejected: 1 }],
  ['the answer makes no sense', 'MAIL', { say: 'hello there\r\n' }, ALL],
  ['the answer to the final dot makes no sense', 'END', { say: 'hello there\r\n' }, DOUBT],
]

describe('whatever happens on the wire, nothing is doubled and nobody is lost', () => {
  test.each(FAULTS)('when %s', async (_what, moment, act, expected) => {
    await using set = await scene(moment, act)
    for (let step = 0; step < 10; step++) await set.pass(minutes(20))
    expect(await ledgerOf(set.world)).toEqual(expected)
    // What the server refused after it had heard all of it has not arrived.
    const refusals = moment === 'END' && expected.deferred ? 1 : 0
    expect(Math.max(...arrivals(set.server))).toBe(1 + refusals)
    // Accepted means that it arrived.
    expect(arrivals(set.server).length).toBeGreaterThanOrEqual(expected.accepted ?? 0)
    const verdict = await verifyLedger(join(set.world.folder, 'tidings.db'), null)
    expect(verdict.checks.filter(check => !check.ok)).toEqual([])
  })

  test('without TLS nothing leaves where TLS is wanted, and every message waits', async () => {
    await using set = await scene('STARTTLS', { say: '454 4.7.0 Not now\r\n' }, 'starttls')
    await set.pass(minutes(10))
    expect(set.server.contents).toEqual([])
    expect(await set.world.states(set.campaignId)).toEqual({ ready: 3 })
    expect(await ledgerOf(set.world)).toEqual({})
  })
})
