import { z } from 'zod'
import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues, baseOf } from '../../http/api-base.ts'
import { diagnoseApi, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import { readJson } from '../../http/read-json.ts'
import { WRONG_CHANNEL } from '../../provider.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { POST_LIMITS, SOCIAL_AS_OF } from '../social-kind.ts'
import { readTelegram } from './classify.ts'
import { telegramCall, telegramRequest } from './payload.ts'

const Bot = z.object({ ok: z.literal(true), result: z.object({ username: z.string().nullish() }) })
const Chat = z.object({ ok: z.literal(true), result: z.object({ title: z.string().nullish() }) })

/** A channel or group of Telegram, by a bot. */
export const telegramKind: Kind<SettingsOf<'telegram'>> = {
  provider: 'telegram',
  channels: ['social'],
  view: {
    channel: 'social',
    name: 'Telegram channel',
    says: 'Posts in a channel or group; needs a bot that is an administrator there',
    asOf: SOCIAL_AS_OF,
    fields: [
      secretField('botToken', 'Token of the bot', 'Write /newbot to @BotFather in Telegram; it answers with the token'),
      textField(
        'chatId',
        'Channel',
        'The name of a public channel, such as @riverside, or the number of a group, such as -1001234567890',
      ),
      API_BASE_FIELD,
    ],
    settings: { provider: 'telegram', chatId: '', fromName: '', fromAddress: '', replyTo: '', apiBase: '' },
    limits: POST_LIMITS,
    from: 'none',
  },
  check(_channel, settings) {
    const issues = [...apiBaseIssues(settings.apiBase)]
    const chatId = settings.chatId.trim()
    if (!/^(@[A-Za-z][A-Za-z0-9_]{3,31}|-?\d{1,20})$/.test(chatId)) {
      issues.push(
        issue('settings.chatId', 'The channel is a name such as @riverside, or a number such as -1001234567890'),
      )
    }
    return issues.length > 0 ? { issues } : { settings: { ...settings, chatId, apiBase: settings.apiBase.trim() } }
  },
  boundTo: ({ apiBase }) => apiBase.trim(),
  async open(account, ports) {
    const { settings } = account
    return openApi(account, ports, {
      secretName: 'botToken',
      dialect: {
        requestOf: (envelope, token) =>
          envelope.channel === 'social' ? telegramRequest(settings, token, envelope) : { outcome: WRONG_CHANNEL },
        read: readTelegram,
      },
    })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'botToken',
      run(ask, token) {
        const { apiBase, chatId } = account.settings
        const url = new URL(baseOf(apiBase, 'https://api.telegram.org'))
        return diagnoseApi({
          host: url.hostname,
          isEncrypted: url.protocol === 'https:',
          login: {
            ask: () => ask(telegramCall(apiBase, token, 'getMe', {})),
            read(answer) {
              const bot = readJson(answer, Bot)
              if (bot) return { ok: true, detail: `Signed in as the bot ${bot.result.username ?? ''}`.trim() }
              if (answer.status !== 401 && answer.status !== 404) return unexpectedAnswer(answer, '')
              const remedy = 'Ask @BotFather for the token again (/token), and copy all of it.'
              return { ok: false, detail: 'Telegram knows no such bot', remedy }
            },
          },
          sender: {
            ask: () => ask(telegramCall(apiBase, token, 'getChat', { chat_id: chatId })),
            read(answer) {
              const chat = readJson(answer, Chat)
              if (chat) return { ok: true, detail: `Posts go to ${chat.result.title ?? 'the chat'}` }
              const remedy = 'Check the name of the channel, and make the bot an administrator of it.'
              return { ok: false, detail: 'The bot does not see this channel', remedy }
            },
          },
        })
      },
    }),
}
