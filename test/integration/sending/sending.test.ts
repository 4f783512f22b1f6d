import { expect, test } from 'vitest'
import type { CampaignId } from '../../../src/shared/contract/define.ts'
import { createSendWorld } from './send-world.ts'

test('sends a campaign to everybody once and completes it', async () => {
  await using world = await createSendWorld()
  await world.people(120)
  const id = await world.launch()
  await world.settle()
  expect(await world.states(id)).toEqual({ accepted: 120 })
  expect(new Set(world.sent.map(one => one.to)).size).toBe(120)
  expect(world.sent).toHaveLength(120)
  const progress = await world.sending.handlers.progress({ campaignId: id as CampaignId }, world.context)
  expect(progress).toMatchObject({ status: 'completed', counts: { audience: 120, sent: 120, pending: 0 }, holdUp: '' })
  expect(await world.sending.verify(world.storage.reader)).toMatchObject({ ok: true })
  expect(await world.sending.isIdle()).toBe(true)
})
