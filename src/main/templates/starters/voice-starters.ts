import type { Starter } from './starter.ts'

/** Scripts of calls to begin with: short sentences, who calls first, and how to get no more calls. */
export const VOICE_STARTERS: readonly Starter[] = [
  {
    key: 'voice.reminder',
    name: 'Reminder',
    says: 'Reminds of a date, in some fifteen seconds.',
    content: {
      channel: 'voice',
      script:
        'Hello {{default first_name "there"}}. This is {{organisation}} with a reminder. [What], on [day] at [time]. If the time no longer suits, please call us at [your number]. To get no more calls, call the same number. Goodbye.',
      voice: 'Polly.Joanna',
      language: 'en-US',
    },
  },
  {
    key: 'voice.closed',
    name: 'Change of plans',
    says: 'Says that something does not take place, and where to learn more.',
    content: {
      channel: 'voice',
      script:
        'Hello. This is {{organisation}}. [What] on [day] does not take place. You will find the new date on our website, [your address]. To get no more calls, call [your number]. Thank you, and goodbye.',
      voice: 'Polly.Joanna',
      language: 'en-US',
    },
  },
]
