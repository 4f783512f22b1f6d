import type { EmailEnvelope } from '../../../../../src/main/integrations/provider.ts'

/** An envelope that is valid unless the test says otherwise. */
export function anEnvelope(changes: Partial<EmailEnvelope> = {}): EmailEnvelope {
  return {
    messageId: '0192f7c4-1111-7000-8000-000000000001',
    campaignId: '0192f7c4-2222-7000-8000-000000000002',
    channel: 'email',
    to: 'ann@example.com',
    from: { name: 'Tidings', address: 'news@sender.example' },
    replyTo: '',
    subject: 'Hello',
    html: '<p>Hello</p>',
    text: 'Hello',
    unsubscribeMailto: 'unsubscribe@sender.example',
    at: Date.UTC(2025, 6, 1, 9, 5, 0),
    ...changes,
  }
}
