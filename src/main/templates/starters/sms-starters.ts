import type { Starter } from './starter.ts'

/** Text messages to begin with: plain GSM characters, so that they fit into one or two parts. */
export const SMS_STARTERS: readonly Starter[] = [
  {
    key: 'sms.reminder',
    name: 'Reminder',
    says: 'A date that is coming up, in one part.',
    content: {
      channel: 'sms',
      text: 'Hello {{default first_name "there"}}, a reminder from {{organisation}}: [what] on [day] at [time]. Reply STOP to opt out.',
    },
  },
  {
    key: 'sms.offer',
    name: 'Offer',
    says: 'An offer with an end, and a short link.',
    content: {
      channel: 'sms',
      text: '{{organisation}}: {{default first_name "for you"}}, [the offer] until [day]. More: https://example.com/o Reply STOP to opt out.',
    },
  },
  {
    key: 'sms.thanks',
    name: 'Thank you',
    says: 'A short thank-you after a purchase or a visit.',
    content: {
      channel: 'sms',
      text: 'Thank you{{#if first_name}}, {{first_name}}{{/if}}! It was good to see you. Anything we can do better? Just answer. {{organisation}}. Reply STOP to opt out.',
    },
  },
]
