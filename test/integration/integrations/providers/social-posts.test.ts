import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SocialEnvelope } from '../../../../src/main/integrations/provider.ts'
import type { SenderSettings } from '../../../../src/shared/contract/sender-settings.ts'
import { type DiscordFake, startDiscordFake } from '../../../support/fakes/discord.ts'
import { type FacebookFake, startFacebookFake } from '../../../support/fakes/facebook.ts'
import type { FakeAnswer } from '../../../support/fakes/http-fake.ts'
import { type MastodonFake, startMastodonFake } from '../../../support/fakes/mastodon.ts'
import { anAccount, failedStepOf } from '../../../support/fakes/open-account.ts'
import { type SlackFake, startSlackFake } from '../../../support/fakes/slack.ts'
import { startTelegramFake, type TelegramFake } from '../../../support/fakes/telegram.ts'
import { testTroubles } from '../../../support/fakes/troubles.ts'
import { TestClock } from '../../../support/test-clock.ts'

const signal = new AbortController().signal
const clock = new TestClock('2026-11-20T10:00:00Z')
const FROM = { fromName: '', fromAddress: '', replyTo: '' } as const
const POST: SocialEnvelope = {
  channel: 'social',
  messageId: 'm1',
  campaignId: 'c1',
  to: 'page',
  from: { name: '', address: '' },
  at: 0,
  text: 'Fish & <Chips> today @everyone',
  link: 'https://example.com/menu',
  imageLink: '',
}
const WITH_IMAGE = { ...POST, imageLink: 'https://example.com/fish.jpg' }
const WORDS = 'Fish & <Chips> today @everyone\n\nhttps://example.com/menu'

let slack: SlackFake
let discord: DiscordFake
let telegram: TelegramFake
let mastodon: MastodonFake
let facebook: FacebookFake
beforeAll(async () => {
  slack = await startSlackFake()
  discord = await startDiscordFake()
  telegram = await startTelegramFake()
  mastodon = await startMastodonFake()
  facebook = await startFacebookFake()
})
afterAll(async () => {
  await Promise.all([slack, discord, telegram, mastodon, facebook].map(fake => fake.close()))
})

const slackHook = 'https://hooks.slack.com/services/T1/B1/secret'
const discordHook = 'https://discord.com/api/webhooks/123/token'

function settingsOf(network: string, url: string): { settings: SenderSettings; secretName: string; good: string } {
  switch (network) {
    case 'slack':
      return { settings: { provider: 'slack', ...FROM, apiBase: url }, secretName: 'webhookUrl', good: slackHook }
    case 'discord':
      return { settings: { provider: 'discord', ...FROM, apiBase: url }, secretName: 'webhookUrl', good: discordHook }
    case 'telegram': {
      const settings = { provider: 'telegram', chatId: '@riverside', ...FROM, apiBase: url } as const
      return { settings, secretName: 'botToken', good: '123456:AA-token_of-the-bot' }
    }
    case 'mastodon': {
      const settings = { provider: 'mastodon', instance: url, visibility: 'unlisted', ...FROM } as const
      return { settings, secretName: 'accessToken', good: 'token-of-the-app' }
    }
    default: {
      const settings = {
        provider: 'facebook',
        pageId: '1234567',
        graphVersion: 'v25.0',
        ...FROM,
        apiBase: url,
      } as const
      return { settings, secretName: 'pageToken', good: 'token-of-the-page' }
    }
  }
}

const urlOf = (network: string): string => ({ slack, discord, telegram, mastodon, facebook })[network]?.url ?? ''

function account(
  network: string,
  changes: { secret?: string; settings?: object; url?: string; clock?: TestClock } = {},
) {
  const { settings, secretName, good } = settingsOf(network, changes.url ?? urlOf(network))
  const changed = { ...settings, ...changes.settings }
  return anAccount('social', changed, { [secretName]: changes.secret ?? good }, changes.clock ?? clock)
}

async function posted(network: string, post: SocialEnvelope, changes: { secret?: string; settings?: object } = {}) {
  const provider = await account(network, changes).open()
  const outcome = await provider.send(post, signal)
  await provider.close()
  return outcome
}

describe('posts', () => {
  test('Slack gets its markup escaped, and a picture as a block', async () => {
    expect(await posted('slack', POST)).toMatchObject({ kind: 'accepted' })
    const text = 'Fish &amp; &lt;Chips&gt; today @everyone\n\nhttps://example.com/menu'
    expect(slack.posts[0]).toEqual({ text })
    await posted('slack', WITH_IMAGE)
    expect(slack.posts[1]).toMatchObject({
      text,
      blocks: [
        { type: 'section', text: { type: 'mrkdwn', text } },
        { type: 'image', image_url: 'https://example.com/fish.jpg' },
      ],
    })
  })

  test('Discord mentions nobody, whatever stands in the text', async () => {
    expect(await posted('discord', WITH_IMAGE, { settings: { fromName: 'Riverside' } })).toMatchObject({
      kind: 'accepted',
      providerMessageId: 'post-1',
    })
    expect(discord.posts[0]).toEqual({
      content: WORDS,
      username: 'Riverside',
      embeds: [{ image: { url: 'https://example.com/fish.jpg' } }],
      allowed_mentions: { parse: [] },
    })
  })

  test('Telegram gets plain text, or a photo with its caption', async () => {
    expect(await posted('telegram', POST)).toMatchObject({ kind: 'accepted', providerMessageId: '1' })
    await posted('telegram', WITH_IMAGE)
    expect(telegram.posts).toEqual([
      { method: 'sendMessage', body: { chat_id: '@riverside', text: WORDS } },
      { method: 'sendPhoto', body: { chat_id: '@riverside', photo: 'https://example.com/fish.jpg', caption: WORDS } },
    ])
  })

  test('Mastodon takes one message once, however often it is sent', async () => {
    const first = await posted('mastodon', POST)
    expect(await posted('mastodon', POST)).toEqual(first)
    expect([...mastodon.posts]).toEqual([['m1', { id: '1', status: WORDS, visibility: 'unlisted' }]])
  })

  test('Facebook gets an entry with its link, or a photo', async () => {
    expect(await posted('facebook', POST)).toMatchObject({ kind: 'accepted', providerMessageId: '1234567_1' })
    await posted('facebook', WITH_IMAGE)
    expect(facebook.posts).toEqual([
      { edge: 'feed', body: { message: POST.text, link: POST.link } },
      { edge: 'photos', body: { url: WITH_IMAGE.imageLink, caption: WORDS } },
    ])
  })

  test.each([
    ['slack', { text: '', link: '' }],
    ['discord', { text: 'x'.repeat(2001) }],
    ['telegram', { text: 'x'.repeat(4097) }],
    ['telegram', { text: 'x'.repeat(1025), imageLink: 'https://example.com/a.jpg' }],
    ['mastodon', { text: ' ', link: '' }],
    ['facebook', { text: '', link: '' }],
  ])('%s is not asked to take what it never takes', async (network, changes) => {
    expect(await posted(network, { ...POST, ...changes })).toMatchObject({
      kind: 'rejected',
      fault: { class: 'permanent_message', code: 'post' },
    })
  })

  test.each<[string, FakeAnswer, object]>([
    ['slack', { status: 410, body: 'channel_is_archived' }, { kind: 'throttled', fault: { class: 'account' } }],
    ['slack', { status: 403, body: 'action_prohibited' }, { kind: 'throttled', fault: { class: 'account' } }],
    ['slack', { status: 400, body: 'invalid_payload' }, { kind: 'rejected', fault: { class: 'permanent_message' } }],
    [
      'discord',
      { status: 429, body: { message: 'You are being rate limited.', retry_after: 0.5, global: false } },
      { kind: 'throttled', retryAfterMs: 500, fault: { class: 'rate_limited' } },
    ],
    [
      'discord',
      { status: 404, body: { message: 'Unknown Webhook', code: 10015 } },
      { fault: { class: 'account', code: '10015' } },
    ],
    [
      'telegram',
      {
        status: 429,
        body: { ok: false, error_code: 429, description: 'Too Many Requests', parameters: { retry_after: 9 } },
      },
      { kind: 'throttled', retryAfterMs: 9000 },
    ],
    [
      'telegram',
      { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: chat not found' } },
      { kind: 'throttled', fault: { class: 'account' } },
    ],
    [
      'telegram',
      { status: 400, body: { ok: false, error_code: 400, description: 'Bad Request: wrong file' } },
      { kind: 'rejected', fault: { class: 'permanent_message' } },
    ],
    [
      'mastodon',
      { status: 429, headers: { 'x-ratelimit-reset': '2026-11-20T10:01:00Z' }, body: { error: 'Too many requests' } },
      { kind: 'throttled', retryAfterMs: 60_000 },
    ],
    [
      'mastodon',
      { status: 422, body: { error: 'Text character limit' } },
      { kind: 'rejected', fault: { class: 'permanent_message' } },
    ],
    [
      'facebook',
      { status: 400, body: { error: { message: 'm', code: 190 } } },
      { kind: 'throttled', fault: { class: 'account' } },
    ],
    [
      'facebook',
      { status: 400, body: { error: { message: 'm', code: 32 } } },
      { kind: 'throttled', fault: { class: 'rate_limited' } },
    ],
    [
      'facebook',
      { status: 500, body: { error: { message: 'm', code: 2 } } },
      { kind: 'deferred', fault: { class: 'temporary' } },
    ],
    ['facebook', { status: 400, body: { error: { message: 'm', code: 506 } } }, { kind: 'rejected' }],
  ])('what %s answers with %j becomes the right outcome', async (network, answer, outcome) => {
    const fake = { slack, discord, telegram, mastodon, facebook }[network]
    fake?.trouble(answer)
    expect(await posted(network, POST)).toMatchObject(outcome)
  })

  test('a webhook address that is not of its service gets nothing', async () => {
    for (const network of ['slack', 'discord']) {
      expect(await posted(network, POST, { secret: 'https://evil.example/services/T1/B1/secret' })).toMatchObject({
        kind: 'throttled',
        fault: { class: 'account' },
      })
    }
  })

  test('trying an account posts nothing, and names what is wrong', async () => {
    const before = [
      slack.posts.length,
      discord.posts.length,
      telegram.posts.length,
      mastodon.posts.size,
      facebook.posts.length,
    ]
    for (const network of ['slack', 'discord', 'telegram', 'mastodon', 'facebook']) {
      expect([network, failedStepOf(await account(network).diagnose())]).toEqual([network, null])
    }
    const wrong: readonly (readonly [string, string])[] = [
      ['slack', 'https://hooks.slack.com/services/T1/B1/wrong'],
      ['slack', 'https://hooks.slack.com/services/T1/B1/gone'],
      ['slack', 'not an address'],
      ['discord', 'https://discord.com/api/webhooks/9/wrong'],
      ['telegram', '9:wrong'],
      ['mastodon', 'wrong'],
      ['facebook', 'wrong'],
    ]
    for (const [network, secret] of wrong) {
      expect([network, failedStepOf(await account(network, { secret }).diagnose())?.step]).toEqual([network, 'login'])
    }
    expect(failedStepOf(await account('telegram', { settings: { chatId: '@other' } }).diagnose())).toMatchObject({
      step: 'sender',
      remedy: expect.stringContaining('administrator'),
    })
    const after = [
      slack.posts.length,
      discord.posts.length,
      telegram.posts.length,
      mastodon.posts.size,
      facebook.posts.length,
    ]
    expect(after).toEqual(before)
  })

  test('settings that cannot work are named', () => {
    expect(() => account('telegram', { settings: { chatId: 'river side' } })).toThrow('settings.chatId')
    expect(() => account('mastodon', { settings: { instance: 'http://mastodon.example' } })).toThrow(
      'settings.instance',
    )
    expect(() => account('facebook', { settings: { pageId: 'riverside' } })).toThrow('settings.pageId')
  })

  describe.each(['slack', 'discord', 'telegram', 'mastodon', 'facebook'])('when the network or %s fails', network => {
    testTroubles({
      open: (url, troubled) => account(network, { url, clock: troubled }).open(),
      envelope: POST,
      lost: 'unknown',
    })
  })
})
