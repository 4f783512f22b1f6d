import type { Starter } from './starter.ts'

/** Posts to begin with: short enough for every network. */
export const SOCIAL_STARTERS: readonly Starter[] = [
  {
    key: 'social.offer',
    name: 'Offer',
    says: 'What is new, until when, and where to find it.',
    content: {
      channel: 'social',
      text: 'New at {{organisation}}: [the offer], until [day]. Come by, or look here:',
      link: 'https://example.com/offer',
      imageLink: '',
    },
  },
  {
    key: 'social.event',
    name: 'Event',
    says: 'An invitation with place and time.',
    content: {
      channel: 'social',
      text: '[What] at {{organisation}}, on [day] at [time]. Everybody is welcome. Who is coming?',
      link: '',
      imageLink: '',
    },
  },
]
