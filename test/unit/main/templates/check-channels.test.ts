import { describe, expect, test } from 'vitest'
import { checkMessage } from '../../../../src/main/templates/check/check-message.ts'
import { createEngine } from '../../../../src/main/templates/render/engine.ts'
import type { MessageContent, SocialContent, WhatsappContent } from '../../../../src/shared/contract/message-content.ts'

const engine = createEngine()
type Message = WhatsappContent['message']
type Template = Extract<Message, { kind: 'template' }>

function found(content: MessageContent, networks?: readonly string[]) {
  return checkMessage(engine, content, { category: 'marketing', networks }).problems
}
const errors = (content: MessageContent, networks?: readonly string[]) =>
  found(content, networks).filter(one => one.severity === 'error')

const TEMPLATE: Template = {
  kind: 'template',
  name: 'autumn_sale',
  language: 'en_US',
  wording: 'Hello {{1}}, {{2}} off',
  header: { kind: 'none' },
  body: [
    { name: '', text: '{{default first_name "there"}}' },
    { name: '', text: '20%' },
  ],
  buttons: [],
}
const whatsapp = (message: Message): MessageContent => ({ channel: 'whatsapp', message })
const template = (changes: Partial<Template>): MessageContent => whatsapp({ ...TEMPLATE, ...changes })

describe('checking an SMS', () => {
  test('says that an account may replace what makes it longer, when that helps', () => {
    const says = (text: string) =>
      found({ channel: 'sms', text })
        .map(one => one.message)
        .join(' ')
    expect(says('Don’t')).toContain('send plain ones instead')
    expect(says('Zażółć')).not.toContain('send plain ones instead')
  })
})

describe('checking a WhatsApp message', () => {
  test('finds nothing in a sound template', () => {
    expect(found(template({}))).toEqual([])
  })

  test.each<[string, Partial<Template>, string]>([
    ['no name', { name: '' }, 'Choose an approved template'],
    ['a name with capitals', { name: 'Autumn Sale' }, 'small letters'],
    ['a language of words', { language: 'English' }, 'en_US'],
    ['an empty value', { body: [...TEMPLATE.body.slice(0, 1), { name: '', text: ' ' }] }, 'nothing for {{2}}'],
    ['too few values', { body: TEMPLATE.body.slice(0, 1) }, 'has 2 places, and the message gives 1'],
    [
      'named and numbered places',
      {
        body: [
          { name: 'a', text: 'x' },
          { name: '', text: 'y' },
        ],
      },
      'all places have names',
    ],
    ['a long text', { wording: `${'x'.repeat(1020)}{{1}}{{2}}` }, 'more than 1,024'],
    ['a long header', { header: { kind: 'text', text: 'x'.repeat(61) } }, '61 characters; WhatsApp takes 60'],
    [
      'a picture without https',
      { header: { kind: 'image', link: 'http://x.example/a.png', fileName: '' } },
      'https://',
    ],
    ['a picture without address', { header: { kind: 'image', link: '', fileName: '' } }, 'address is missing'],
    ['a long code', { buttons: [{ kind: 'copy_code', index: 0, value: 'x'.repeat(16) }] }, 'takes 15'],
    [
      'two buttons in one place',
      {
        buttons: [
          { kind: 'url', index: 0, value: 'a' },
          { kind: 'quick_reply', index: 0, value: 'b' },
        ],
      },
      'same place',
    ],
    [
      'three links',
      { buttons: [0, 1, 2].map(index => ({ kind: 'url' as const, index, value: 'a' })) },
      'at most two links',
    ],
  ])('%s is an error', (_name, changes, says) => {
    expect(
      errors(template(changes))
        .map(one => one.message)
        .join(' '),
    ).toContain(says)
  })

  test.each([
    ['a\nb', 1, 2],
    ['ab\tc', 1, 3],
    ['abc     d', 1, 4],
  ])('a value %j is an error where its break stands', (text, line, column) => {
    const body = [
      { name: '', text },
      { name: '', text: 'x' },
    ]
    expect(errors(template({ body }))).toMatchObject([{ part: 'text', line, column }])
  })

  test('a bare field is pointed out: whoever lacks it gets nothing', () => {
    const body = [
      { name: '', text: '{{first_name}}' },
      { name: '', text: 'x' },
    ]
    expect(found(template({ body }))).toMatchObject([{ severity: 'info' }])
  })

  test.each<[string, Message, string]>([
    ['an empty text', { kind: 'text', text: ' ' }, 'empty'],
    ['a long text', { kind: 'text', text: 'x'.repeat(4097) }, 'takes 4,096'],
    [
      'a long text with buttons',
      { kind: 'buttons', text: 'x'.repeat(1025), buttons: [{ id: 'a', title: 'A' }] },
      'takes 1,024',
    ],
    [
      'buttons alike',
      {
        kind: 'buttons',
        text: 'x',
        buttons: [
          { id: 'a', title: 'Yes' },
          { id: 'b', title: 'yes' },
        ],
      },
      'same title',
    ],
    ['a link without https', { kind: 'link', text: 'x', label: 'Open', url: 'example.com' }, 'https://'],
    ['a picture without https', { kind: 'image', link: 'ftp://x', caption: '', fileName: '' }, 'https://'],
  ])('%s is an error', (_name, message, says) => {
    expect(
      errors(whatsapp(message))
        .map(one => one.message)
        .join(' '),
    ).toContain(says)
  })

  test('a free text warns of the 24 hours', () => {
    expect(found(whatsapp({ kind: 'text', text: 'Hello' }))).toMatchObject([{ severity: 'warning' }])
  })
})

describe('checking a script', () => {
  const voice = (script: string, language = 'en-US'): MessageContent => ({
    channel: 'voice',
    script,
    voice: 'x',
    language,
  })

  test('tells the seconds, and asks for a way out of marketing calls', () => {
    expect(
      found(voice('This is Riverside. We open at nine.')).map(one => [one.severity, one.message.slice(0, 24)]),
    ).toEqual([
      ['info', 'With example values: abo'],
      ['warning', 'Say how to get no more c'],
    ])
    expect(found(voice('This is Riverside. Call 555 0100 200 to get no more calls.'))).toMatchObject([
      { severity: 'info' },
    ])
    expect(checkMessage(engine, voice('Your table is ready.'), { category: 'transactional' }).problems).toHaveLength(1)
  })

  test.each([
    ['', 'nothing to say'],
    ['a & '.repeat(700), 'too long'],
  ])('%j is an error', (script, says) => {
    expect(
      errors(voice(script))
        .map(one => one.message)
        .join(' '),
    ).toContain(says)
  })

  test('a language that is none is an error; a long script a warning', () => {
    expect(errors(voice('Hi', 'English (US)'))).toHaveLength(1)
    expect(found(voice(`Call 555 0100 200. ${'word '.repeat(200)}`))).toMatchObject([{ severity: 'warning' }])
  })
})

describe('checking a post', () => {
  const post = (changes: Partial<SocialContent>): MessageContent => ({
    channel: 'social',
    text: 'Hello',
    link: '',
    imageLink: '',
    ...changes,
  })

  test('is measured by the networks that were chosen', () => {
    const long = post({ text: 'x'.repeat(600) })
    expect(errors(long, ['facebook', 'discord'])).toEqual([])
    expect(errors(long, ['mastodon'])[0]?.message).toContain('600 characters; Mastodon takes 500')
    expect(found(long)).toMatchObject([{ severity: 'warning', line: 1, column: 501 }])
  })

  test('counts the link, on Mastodon as 23 characters, and a caption in Telegram', () => {
    const link = `https://example.com/${'a'.repeat(100)}`
    expect(errors(post({ text: 'x'.repeat(475), link }), ['mastodon'])).toEqual([])
    expect(errors(post({ text: 'x'.repeat(476), link }), ['mastodon'])).toHaveLength(1)
    const picture = post({ text: 'x'.repeat(1025), imageLink: 'https://example.com/a.png' })
    expect(errors(picture, ['telegram'])[0]?.message).toContain('takes 1,024 with a picture')
  })

  test('empty posts and unsafe addresses are errors; a picture that is not shown is a warning', () => {
    expect(errors(post({ text: '' }))[0]?.message).toContain('empty')
    expect(errors(post({ link: 'http://example.com' }))).toMatchObject([{ part: 'link' }])
    expect(errors(post({ imageLink: 'javascript:x' }))).toMatchObject([{ part: 'media' }])
    const picture = post({ imageLink: 'https://example.com/a.png' })
    expect(found(picture, ['mastodon'])).toMatchObject([{ severity: 'warning', part: 'media' }])
  })
})
