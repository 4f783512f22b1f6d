import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { WhatsappEnvelope } from '../../../../src/main/integrations/provider.ts'
import type { WhatsappContent } from '../../../../src/shared/contract/message-content.ts'
import { anAccount, failedStepOf } from '../../../support/fakes/open-account.ts'
import { testTroubles } from '../../../support/fakes/troubles.ts'
import { startWhatsappFake, type WhatsappFake } from '../../../support/fakes/whatsapp.ts'
import { TestClock } from '../../../support/test-clock.ts'

type Message = WhatsappContent['message']
type Template = Extract<Message, { kind: 'template' }>

const signal = new AbortController().signal
const clock = new TestClock('2026-11-20T10:00:00Z')
const SETTINGS = {
  provider: 'whatsapp',
  phoneNumberId: '111111',
  businessAccountId: '222222',
  graphVersion: 'v25.0',
  fromName: '',
  fromAddress: '',
  replyTo: '',
  apiBase: '',
} as const

const TEMPLATE: Template = {
  kind: 'template',
  name: 'diwali_sale_2026',
  language: 'en_US',
  wording: 'Hello {{first_name}}, {{discount}} off',
  header: { kind: 'image', link: 'https://example.com/banner.jpg', fileName: '' },
  body: [
    { name: 'first_name', text: 'Rajesh' },
    { name: 'discount', text: '20%' },
  ],
  buttons: [
    { kind: 'url', index: 0, value: 'abc123' },
    { kind: 'quick_reply', index: 1, value: 'MORE:camp42' },
    { kind: 'copy_code', index: 2, value: 'SAVE20' },
  ],
}

let fake: WhatsappFake
beforeAll(async () => {
  fake = await startWhatsappFake()
  fake.templates.push(
    kept('other', 'en_US'),
    kept('reminder', 'de', { category: 'UTILITY' }),
    kept('diwali_sale_2026', 'en_US', {
      parameter_format: 'NAMED',
      components: [
        { type: 'HEADER', format: 'IMAGE' },
        { type: 'BODY', text: 'Hello {{first_name}}, {{discount}} off' },
        { type: 'FOOTER', text: 'Riverside' },
        {
          type: 'BUTTONS',
          buttons: [
            { type: 'URL', text: 'Open', url: 'https://example.com/{{1}}' },
            { type: 'QUICK_REPLY', text: 'More' },
            { type: 'COPY_CODE', text: 'Copy' },
          ],
        },
      ],
    }),
    kept('paused_one', 'en_US', { status: 'PAUSED' }),
  )
})
afterAll(() => fake.close())
beforeEach(() => {
  fake.sent.length = 0
})

function kept(name: string, language: string, changes: object = {}) {
  const components = [{ type: 'BODY', text: 'Hi {{1}}, it is {{2}}' }]
  return { name, language, status: 'APPROVED', category: 'MARKETING', components, ...changes }
}

const account = (token = fake.token) =>
  anAccount('whatsapp', { ...SETTINGS, apiBase: fake.url }, { accessToken: token }, clock)

function aMessage(message: Message, to = '+919876543210'): WhatsappEnvelope {
  return {
    channel: 'whatsapp',
    messageId: 'm_01',
    campaignId: 'c1',
    to,
    from: { name: '', address: '' },
    at: 0,
    text: '',
    message,
  }
}

async function sent(message: Message, to?: string) {
  const provider = await account().open()
  const outcome = await provider.send(aMessage(message, to), signal)
  await provider.close()
  return { outcome, payload: fake.sent[0] }
}

const COMMON = {
  messaging_product: 'whatsapp',
  recipient_type: 'individual',
  to: '919876543210',
  biz_opaque_callback_data: 'm_01',
}

describe('WhatsApp', () => {
  test('sends a template with header, named places and buttons as the Cloud API wants it', async () => {
    const { outcome, payload } = await sent(TEMPLATE)
    expect(outcome).toEqual({ kind: 'accepted', providerMessageId: 'wamid.1', reply: '200' })
    expect(payload).toEqual({
      ...COMMON,
      type: 'template',
      template: {
        name: 'diwali_sale_2026',
        language: { code: 'en_US' },
        components: [
          { type: 'header', parameters: [{ type: 'image', image: { link: 'https://example.com/banner.jpg' } }] },
          {
            type: 'body',
            parameters: [
              { type: 'text', parameter_name: 'first_name', text: 'Rajesh' },
              { type: 'text', parameter_name: 'discount', text: '20%' },
            ],
          },
          { type: 'button', sub_type: 'url', index: '0', parameters: [{ type: 'text', text: 'abc123' }] },
          {
            type: 'button',
            sub_type: 'quick_reply',
            index: '1',
            parameters: [{ type: 'payload', payload: 'MORE:camp42' }],
          },
          {
            type: 'button',
            sub_type: 'copy_code',
            index: '2',
            parameters: [{ type: 'coupon_code', coupon_code: 'SAVE20' }],
          },
        ],
      },
    })
  })

  test.each<[Message, object]>([
    [
      { kind: 'text', text: 'Thanks!' },
      { type: 'text', text: { body: 'Thanks!', preview_url: false } },
    ],
    [
      { kind: 'image', link: 'https://example.com/a.png', caption: 'Look', fileName: '' },
      { type: 'image', image: { link: 'https://example.com/a.png', caption: 'Look' } },
    ],
    [
      { kind: 'video', link: 'https://example.com/a.mp4', caption: '', fileName: '' },
      { type: 'video', video: { link: 'https://example.com/a.mp4' } },
    ],
    [
      { kind: 'document', link: 'https://example.com/a.pdf', caption: '', fileName: 'Menu.pdf' },
      { type: 'document', document: { link: 'https://example.com/a.pdf', filename: 'Menu.pdf' } },
    ],
    [
      { kind: 'buttons', text: 'Choose', buttons: [{ id: 'yes', title: 'Yes' }] },
      {
        type: 'interactive',
        interactive: {
          type: 'button',
          body: { text: 'Choose' },
          action: { buttons: [{ type: 'reply', reply: { id: 'yes', title: 'Yes' } }] },
        },
      },
    ],
    [
      { kind: 'link', text: 'See', label: 'Open', url: 'https://example.com' },
      {
        type: 'interactive',
        interactive: {
          type: 'cta_url',
          body: { text: 'See' },
          action: { name: 'cta_url', parameters: { display_text: 'Open', url: 'https://example.com' } },
        },
      },
    ],
  ])('sends %j in its documented shape', async (message, payload) => {
    expect((await sent(message)).payload).toEqual({ ...COMMON, ...payload })
  })

  test('positional places have no name; line breaks and rows of blanks in values are made plain', async () => {
    const body = [
      { name: '', text: 'Anna\n\nMaria' },
      { name: '', text: 'a       b\tc' },
    ]
    const { payload } = await sent({
      ...TEMPLATE,
      name: 'reminder',
      language: 'de',
      header: { kind: 'none' },
      body,
      buttons: [],
    })
    expect(payload).toMatchObject({
      template: {
        components: [
          {
            type: 'body',
            parameters: [
              { type: 'text', text: 'Anna Maria' },
              { type: 'text', text: 'a    b c' },
            ],
          },
        ],
      },
    })
  })

  test('sends no empty value: that costs this person her message, and nobody else', async () => {
    const { outcome } = await sent({ ...TEMPLATE, body: [{ name: 'first_name', text: ' ' }] })
    expect(outcome).toMatchObject({ kind: 'rejected', isPersonal: true, fault: { code: 'empty_value' } })
    expect(fake.sent).toHaveLength(0)
  })

  test('refuses marketing templates to numbers of the US before they are sent, not to Canada, not utility ones', async () => {
    const us = '+12125550123'
    expect((await sent(TEMPLATE, us)).outcome).toMatchObject({
      kind: 'rejected',
      isPersonal: true,
      fault: { code: 'us_marketing' },
    })
    expect(fake.sent).toHaveLength(0)
    expect((await sent(TEMPLATE, '+14165550123')).outcome.kind).toBe('accepted')
    const utility = { ...TEMPLATE, name: 'reminder', language: 'de', header: { kind: 'none' as const }, buttons: [] }
    expect((await sent(utility, us)).outcome.kind).toBe('accepted')
  })

  test.each([
    [190, { kind: 'throttled', fault: { class: 'account' } }],
    [200, { kind: 'throttled', fault: { class: 'account' } }],
    [131042, { kind: 'throttled', fault: { class: 'account' } }],
    [131030, { kind: 'throttled', fault: { class: 'account' } }],
    [80007, { kind: 'throttled', fault: { class: 'rate_limited' } }],
    [130429, { kind: 'throttled', fault: { class: 'rate_limited' } }],
    [131056, { kind: 'throttled', scope: 'recipient', retryAfterMs: 6000, fault: { class: 'rate_limited' } }],
    [131048, { kind: 'throttled', fault: { class: 'policy_sender' } }],
    [100, { kind: 'rejected', fault: { class: 'permanent_message' } }],
    [131053, { kind: 'rejected', fault: { class: 'permanent_message' } }],
    [131026, { kind: 'rejected', fault: { class: 'permanent_address' } }],
    [131047, { kind: 'rejected', isPersonal: true }],
    [130472, { kind: 'rejected', isPersonal: true }],
    [131050, { kind: 'rejected', optedOut: true }],
    [131049, { kind: 'deferred', retry: { leastWaitMs: 86_400_000, mostRetries: 1 } }],
    [131016, { kind: 'deferred', fault: { class: 'temporary' } }],
    [132001, { kind: 'throttled', scope: 'campaign', fault: { class: 'permanent_message' } }],
    [132015, { kind: 'throttled', scope: 'campaign', fault: { class: 'permanent_message' } }],
  ])('error %i becomes the right outcome', async (code, expected) => {
    fake.failNext(code)
    expect((await sent({ kind: 'text', text: 'Hi' })).outcome).toMatchObject({
      ...expected,
      fault: { code: String(code), ...('fault' in expected ? expected.fault : {}) },
    })
  })

  test('lists the templates of the business over several pages, in the words of the application', async () => {
    const provider = await account().open()
    const list = await provider.templates?.(signal)
    const templates = list?.kind === 'templates' ? list.templates : []
    expect(templates.map(one => one.name)).toEqual(['other', 'reminder', 'diwali_sale_2026', 'paused_one'])
    expect(templates[1]).toMatchObject({ places: ['1', '2'], isNamed: false, header: { kind: 'none' } })
    expect(templates[2]).toEqual({
      name: 'diwali_sale_2026',
      language: 'en_US',
      status: 'APPROVED',
      category: 'MARKETING',
      isNamed: true,
      wording: 'Hello {{first_name}}, {{discount}} off',
      places: ['first_name', 'discount'],
      header: { kind: 'image', text: '', place: '' },
      footer: 'Riverside',
      buttons: [
        { index: 0, kind: 'url', text: 'Open', needsValue: true },
        { index: 1, kind: 'quick_reply', text: 'More', needsValue: false },
        { index: 2, kind: 'copy_code', text: 'Copy', needsValue: true },
      ],
    })
    expect(fake.requests.every(request => request.headers['host']?.startsWith('127.0.0.1'))).toBe(true)
    await provider.close()
  })

  test.each<[string, Partial<Template>]>([
    ['knows no template "gone"', { name: 'gone' }],
    ['not there in the language de, but in en_US', { language: 'de' }],
    ['"paused_one" is paused', { name: 'paused_one' }],
    ['places for 2 values, and the message gives 1', { body: [{ name: 'first_name', text: 'A' }] }],
    [
      'has a place {{discount}}',
      {
        body: [
          { name: 'first_name', text: 'A' },
          { name: 'rabatt', text: 'B' },
        ],
      },
    ],
    ['needs a link to its image', { header: { kind: 'none' } }],
    ['Button 1 ("Open") needs what completes its address', { buttons: [{ kind: 'copy_code', index: 2, value: 'A' }] }],
    ['no such button at place 4', { buttons: [...TEMPLATE.buttons, { kind: 'url', index: 3, value: 'A' }] }],
  ])('says before the launch that Meta %s', async (says, changes) => {
    const provider = await account().open()
    const content = { channel: 'whatsapp' as const, message: { ...TEMPLATE, ...changes } }
    expect((await provider.objections?.(content, signal))?.map(one => one.message).join()).toContain(says)
    expect(await provider.objections?.({ channel: 'whatsapp', message: TEMPLATE }, signal)).toEqual([])
    await provider.close()
  })

  test('only warns when the templates cannot be compared, and sends all the same', async () => {
    const provider = await account().open()
    fake.trouble({ status: 500 })
    const objections = await provider.objections?.({ channel: 'whatsapp', message: TEMPLATE }, signal)
    expect(objections).toMatchObject([{ severity: 'warning' }])
    expect(await provider.send(aMessage(TEMPLATE), signal)).toMatchObject({ kind: 'accepted' })
    await provider.close()
  })

  test('trying the account names the step that fails', async () => {
    expect(failedStepOf(await account().diagnose())).toBeNull()
    expect(failedStepOf(await account('old').diagnose())).toMatchObject({
      step: 'login',
      remedy: expect.stringContaining('system user'),
    })
    const other = anAccount(
      'whatsapp',
      { ...SETTINGS, apiBase: fake.url, phoneNumberId: '999999' },
      { accessToken: fake.token },
      clock,
    )
    expect(failedStepOf(await other.diagnose())).toMatchObject({ step: 'sender' })
    expect(fake.sent).toHaveLength(0)
  })

  describe('when the network or the service fails', () => {
    testTroubles({
      open: (url, troubled) =>
        anAccount('whatsapp', { ...SETTINGS, apiBase: url }, { accessToken: 'x' }, troubled).open(),
      envelope: aMessage({ kind: 'text', text: 'Hi' }),
      lost: 'unknown',
    })
  })
})
