import { expect, test } from 'vitest'
import { silentLog } from '../../../src/main/kernel/log.ts'
import { inProcessTransport } from '../../../src/main/transport.ts'
import { createClient } from '../../../src/shared/contract/client.ts'
import { AppError } from '../../../src/shared/contract/failure.ts'
import { answeringRouter } from './answering-router.ts'

function clientWho(can: (permission: string) => boolean) {
  const { router } = answeringRouter(silentLog, { can })
  return createClient(inProcessTransport(router, { host: 'test' }, silentLog))
}

test('a command is refused to a member without the permission, and she reads which roles have it', async () => {
  const client = clientWho(() => false)
  const call = client.workspace.loadSample({})
  await expect(call).rejects.toBeInstanceOf(AppError)
  await expect(call).rejects.toMatchObject({ code: 'forbidden', details: { request: 'workspace.loadSample' } })
  await expect(call).rejects.toThrow(/^Olga may not do this\. It needs one of these roles: .*owner/)
})

test('a query without a permission is answered to every member', async () => {
  const client = clientWho(() => false)
  expect(await client.workspace.verifyLedger({})).toEqual({ ok: true, checks: [] })
})

test('exactly the permission that the contract names is asked for', async () => {
  const asked: string[] = []
  const client = clientWho(permission => {
    asked.push(permission)
    return false
  })
  await client.team.archive({ id: 'member' }).catch(() => undefined)
  expect(asked).toEqual(['team.manage'])
})

test('permission is looked at before the handler runs, and input before that', async () => {
  const client = clientWho(() => false)
  // @ts-expect-error: an id is a text
  await expect(client.team.archive({ id: 7 })).rejects.toMatchObject({ code: 'invalid_input' })
})
