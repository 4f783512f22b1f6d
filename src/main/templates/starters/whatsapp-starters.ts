import type { Starter } from './starter.ts'

/** WhatsApp messages to begin with. Templates must have been approved by Meta under the same name first. */
export const WHATSAPP_STARTERS: readonly Starter[] = [
  {
    key: 'whatsapp.reminder',
    name: 'Reminder',
    says: 'A template for a date that is coming up. Hand it in at Meta with this wording first.',
    content: {
      channel: 'whatsapp',
      message: {
        kind: 'template',
        name: 'appointment_reminder',
        language: 'en_US',
        wording:
          'Hello {{1}}, a reminder from {{2}}: we look forward to seeing you. Just answer if the time no longer suits.',
        header: { kind: 'none' },
        body: [
          { name: '', text: '{{default first_name "there"}}' },
          { name: '', text: '{{default organisation "us"}}' },
        ],
        buttons: [],
      },
    },
  },
  {
    key: 'whatsapp.offer',
    name: 'Offer',
    says: 'A template with a link to an offer. Hand it in at Meta with this wording first.',
    content: {
      channel: 'whatsapp',
      message: {
        kind: 'template',
        name: 'seasonal_offer',
        language: 'en_US',
        wording: 'Hello {{first_name}}, {{organisation}} has something new for you. Answer STOP to hear no more.',
        header: { kind: 'none' },
        body: [
          { name: 'first_name', text: '{{default first_name "there"}}' },
          { name: 'organisation', text: '{{default organisation "our shop"}}' },
        ],
        buttons: [{ kind: 'url', index: 0, value: 'offer' }],
      },
    },
  },
]
