import type { EmailContent, SmsContent } from '../../../shared/contract/message-content.ts'
import { band, button, emailPage, FOOTER, facts, heading, paragraph } from '../../templates/index.ts'

const RUST = '#9a3f1d'
const PINE = '#1d6150'
const HELLO = paragraph('Hello {{default first_name "there"}},')

/** The newsletter that the sample's finished campaign sent. */
export const NEWSLETTER: EmailContent = {
  channel: 'email',
  subject: '{{default first_name "Hello"}}, the autumn shelves are full',
  preheader: 'Long evenings, a reading with soup, and ten books that we argued about',
  html: emailPage({
    title: 'Autumn newsletter',
    header: band(RUST, 'Autumn newsletter', 'Long evenings, good books'),
    body: [
      HELLO,
      paragraph('the clocks have gone back, the stove in the back room is lit, and the autumn list has arrived.'),
      heading('Ten books that we argued about'),
      paragraph(
        'Every one of us chose two and had to defend them over lunch. Nobody gave in, so here are all ten, with what was said for and against.',
      ),
      button(RUST, 'See the ten books', 'https://www.example.com/autumn-list'),
      heading('A reading, with soup'),
      facts([
        ['What', 'An evening with Marguerite Hale and her new novel'],
        ['When', 'First Thursday of the month, 7 pm'],
        ['Where', 'In the shop; the soup is on us'],
      ]),
      paragraph(
        'Seats are few. <a href="https://www.example.com/reading" style="color:#9a3f1d;">Keep one for yourself</a>{{#if company}}, or a row for {{company}}{{/if}}.',
      ),
      paragraph('Until soon,<br>{{sender_name}}'),
    ].join('\n'),
    footer: FOOTER,
  }),
  text: '',
}

/** An e-mail about one new thing. */
export const ANNOUNCEMENT: EmailContent = {
  channel: 'email',
  subject: 'New: the subscription box that knows what you like',
  preheader: 'A book a month, chosen by a person',
  html: emailPage({
    title: 'The subscription box',
    header: band(PINE, 'New this month', 'A book a month, chosen by a person'),
    body: [
      HELLO,
      paragraph(
        'many of you asked us to just pick something. From this month on we do, and we ask you three questions first.',
      ),
      facts([
        ['1', 'You tell us three books that you loved'],
        ['2', 'One of us reads your answers and chooses'],
        ['3', 'It arrives in the first week of the month; send it back if we were wrong'],
      ]),
      button(PINE, 'Answer the three questions', 'https://www.example.com/box'),
      paragraph('{{#if city}}In {{city}} we deliver without a charge. {{/if}}Questions? Just answer this message.'),
      paragraph('{{sender_name}}'),
    ].join('\n'),
    footer: FOOTER,
  }),
  text: '',
}

/** A text message of one part for most names. */
export const REMINDER: SmsContent = {
  channel: 'sms',
  text: 'Hello {{default first_name "there"}}, your order is ready to be picked up until Saturday, 6 pm. Reply STOP to opt out.',
}
