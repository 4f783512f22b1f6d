import { band, button, emailPage, FOOTER, facts, heading, paragraph } from './email-layout.ts'
import type { Starter } from './starter.ts'

const BLUE = '#2457c5'
const GREEN = '#17705c'
const PLUM = '#7a3470'

const HELLO = paragraph('Hello {{default first_name "there"}},')

/** E-mails to begin with. Everything in square brackets is meant to be replaced. */
export const EMAIL_STARTERS: readonly Starter[] = [
  {
    key: 'email.newsletter',
    name: 'Newsletter',
    says: 'A greeting, three short pieces, and a button. For news every few weeks.',
    content: {
      channel: 'email',
      subject: 'News from {{organisation}}',
      preheader: 'Three things worth a minute of your time',
      html: emailPage({
        title: 'News from {{organisation}}',
        header: band(BLUE, '{{organisation}}', 'What is new'),
        body: [
          HELLO,
          paragraph('here is what has happened since we last wrote, in three short pieces.'),
          heading('[The first piece]'),
          paragraph('[Two or three sentences: what is new, and why it matters to {{default company "you"}}.]'),
          heading('[The second piece]'),
          paragraph('[Two or three sentences.]'),
          heading('[The third piece]'),
          paragraph('[Two or three sentences.]'),
          button(BLUE, 'Read it all', 'https://www.example.com/news'),
          paragraph('Until next time,<br>{{sender_name}}'),
        ].join('\n'),
        footer: FOOTER,
      }),
      text: '',
    },
  },
  {
    key: 'email.product',
    name: 'Product announcement',
    says: 'One thing that is new, three reasons to care, one button.',
    content: {
      channel: 'email',
      subject: '{{default first_name "New"}}: [the product] is here',
      preheader: 'See what it does, and who it is for',
      html: emailPage({
        title: 'Something new from {{organisation}}',
        header: band(GREEN, 'New from {{organisation}}', '[The product] is here'),
        body: [
          HELLO,
          paragraph('[One sentence that says what it is.] We made it because [the problem it takes away].'),
          heading('What it does for you'),
          facts([
            ['1', '[The first reason]'],
            ['2', '[The second reason]'],
            ['3', '[The third reason]'],
          ]),
          button(GREEN, 'See how it works', 'https://www.example.com/product'),
          paragraph('Questions? Just answer this message. A person reads it.'),
          paragraph('{{sender_name}}'),
        ].join('\n'),
        footer: FOOTER,
      }),
      text: '',
    },
  },
  {
    key: 'email.event',
    name: 'Event invitation',
    says: 'What, when, where, and a button to come.',
    content: {
      channel: 'email',
      subject: 'You are invited: [the event]',
      preheader: '[Day, time and place]',
      html: emailPage({
        title: 'An invitation from {{organisation}}',
        header: band(PLUM, '{{organisation}} invites you', '[The event]'),
        body: [
          HELLO,
          paragraph('we would like to see you{{#if city}}, and it is not far from {{city}}{{/if}}.'),
          facts([
            ['When', '[Day and time]'],
            ['Where', '[Place and address]'],
            ['Cost', '[Free of charge]'],
          ]),
          paragraph('[Two sentences about what will happen and who will be there.]'),
          button(PLUM, 'I am coming', 'https://www.example.com/event?email={{url email}}'),
          paragraph('{{sender_name}}'),
        ].join('\n'),
        footer: FOOTER,
      }),
      text: '',
    },
  },
  {
    key: 'email.letter',
    name: 'Plain letter',
    says: 'Looks like something that you wrote by hand. Often gets the most answers.',
    content: {
      channel: 'email',
      subject: 'A question, {{default first_name "if I may"}}',
      preheader: '',
      html: emailPage({
        title: 'A letter from {{sender_name}}',
        header: '',
        body: [
          HELLO,
          paragraph('[What you would say if you met her. Three sentences are enough.]'),
          paragraph('[One clear question.]'),
          paragraph('Just answer this message; I read it myself.'),
          paragraph('Kind regards,<br>{{sender_name}}<br>{{organisation}}'),
        ].join('\n'),
        footer: FOOTER,
      }),
      text: '',
    },
  },
]
