import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLog } from '../../../src/main/kernel/log.ts'
import { type Client, createClient } from '../../../src/shared/contract/client.ts'
import { AppError } from '../../../src/shared/contract/failure.ts'
import { TestClock } from '../../support/test-clock.ts'
import { type AnsweringRouter, answeringRouter } from './answering-router.ts'
import { type Carrier, carriers } from './carriers.ts'

describe.each(Object.keys(carriers))('requests carried by %s', name => {
  let answering: AnsweringRouter
  let carrier: Carrier
  let client: Client
  let lines: string[]

  beforeEach(async () => {
    lines = []
    const log = createLog(new TestClock('2026-03-01T12:00Z'), line => lines.push(line))
    answering = answeringRouter(log)
    const open = carriers[name]
    if (!open) throw new Error(`no carrier ${name}`)
    carrier = await open(answering.router, log)
    client = createClient(carrier.transport)
  })
  afterEach(() => carrier.close())

  test('a failure of a domain arrives as an AppError with its code, message and details', async () => {
    const error = await failureOf(client.workspace.settings({}))
    expect(error).toMatchObject({
      code: 'conflict',
      message: 'The settings were changed by somebody else.',
      details: { by: 'Olga' },
    })
  })

  test('a bug arrives without its text, and is logged without the address in it', async () => {
    const error = await failureOf(client.workspace.home({}))
    expect(error.code).toBe('internal')
    expect(error.message).not.toContain('olga')
    expect(lines.join()).toContain('a bug that names [address]')
    expect(lines.join()).not.toContain('olga@')
  })

  test('input of another shape is refused with the place in it', async () => {
    // @ts-expect-error: an id is a text
    const error = await failureOf(client.campaigns.get({ id: 5 }))
    expect(error.code).toBe('invalid_input')
    expect(error.details.issues).toEqual([{ path: 'id', message: 'Invalid input: expected string, received number' }])
  })

  test('output is parsed, so that what the contract does not name stays inside', async () => {
    expect(await client.workspace.verifyLedger({})).toEqual({ ok: true, checks: [] })
  })

  test('output of another shape is a bug, not an answer', async () => {
    expect((await failureOf(client.team.list({}))).code).toBe('internal')
  })

  test.each([['workspace', 'nothing'], ['nothing'], ['__proto__', 'x'], ['constructor'], ['workspace', '__proto__']])(
    'a name that is not in the contract is not found: %s.%s',
    async (...path) => {
      const call = Promise.resolve(
        carrier.transport.call(
          path.filter(part => part !== undefined),
          {},
          { context: {} },
        ),
      )
      await expect(call).rejects.toMatchObject({ code: 'not_found' })
    },
  )

  test.each([2 ** 20, 6 * 2 ** 20])('a request of %i characters is too large', async characters => {
    // @ts-expect-error: the input has no such field; its size is looked at first
    const error = await failureOf(client.workspace.overview({ text: 'x'.repeat(characters) }))
    expect(error.code).toBe('invalid_input')
    expect(error.message).toContain('larger than 1 MB')
  })

  test('who stops waiting is heard by the handler', async () => {
    const stop = new AbortController()
    const call = client.imports.get({ id: '1' }, { signal: stop.signal })
    await turn()
    stop.abort()
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    await until(() => answering.aborted() === 1)
  })

  test('events arrive as they happen, and the stream ends when the listener goes', async () => {
    const stop = new AbortController()
    const stream = await client.events.stream({}, { signal: stop.signal })
    const next = stream.next()
    await until(() => answering.listeners() === 1)
    answering.publish({ kind: 'changed', entity: 'contact', ids: ['1'] })
    expect(await next).toEqual({ done: false, value: { kind: 'changed', entity: 'contact', ids: ['1'] } })
    stop.abort()
    await stream.next().catch(() => undefined)
    await until(() => answering.listeners() === 0)
  })
})

async function failureOf(call: Promise<unknown>): Promise<AppError> {
  const error = await call.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof AppError) return error
  throw error
}

function turn(): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, 20))
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await turn()
}
