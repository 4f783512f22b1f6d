import { expect, test } from 'vitest'
import { pollStore } from '../../../src/main/integrations/polling/poll-store.ts'
import { messageMatchStore } from '../../../src/main/sending/message-match-store.ts'
import { plansOf } from '../../support/query-plans.ts'

const hint = { messageId: 'm1', providerMessageId: 'p1', address: 'ann@example.org', at: 1 }

test('the message a provider speaks of is found by indexes only', async () => {
  const steps = await plansOf(async reader => {
    await messageMatchStore.match(reader, { ...hint, channel: 'email' })
    await messageMatchStore.match(reader, { ...hint, channel: 'sms', address: '+491711234567' })
  })
  expect(steps.filter(step => step.startsWith('SCAN'))).toEqual([])
  expect(steps.join('\n')).toContain('messages_by_provider_id')
  expect(steps.join('\n')).toContain('contacts_email')
  expect(steps.join('\n')).toContain('contacts_phone')
})

test('accounts with news are found without reading their attempts', async () => {
  const steps = await plansOf(reader => pollStore.senders(reader, 0))
  expect(steps.filter(step => step.startsWith('SCAN'))).toEqual(['SCAN s'])
  expect(steps.join('\n')).toContain('attempts_by_sender')
})
