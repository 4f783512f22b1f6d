import { z } from 'zod'
import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { diagnoseApi, failedAt, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import { readJson } from '../../http/read-json.ts'
import { WRONG_CHANNEL } from '../../provider.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { optional } from '../form-field.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { POST_LIMITS, SOCIAL_AS_OF } from '../social-kind.ts'
import { readDiscord } from './classify.ts'
import { discordHook, discordRequest } from './payload.ts'

const REMEDY = 'In Discord: Server Settings > Integrations > Webhooks > Copy Webhook URL, and type it here.'
const Webhook = z.object({ name: z.string().nullish() })

/** A channel of Discord, by a webhook. */
export const discordKind: Kind<SettingsOf<'discord'>> = {
  provider: 'discord',
  channels: ['social'],
  view: {
    channel: 'social',
    name: 'Discord channel',
    says: 'Posts in one channel of a Discord server; needs a webhook, which whoever runs the server can make',
    asOf: SOCIAL_AS_OF,
    fields: [
      secretField(
        'webhookUrl',
        'Webhook address',
        'Server Settings > Integrations > Webhooks > Copy Webhook URL. It begins with https://discord.com/api/webhooks/',
      ),
      optional(textField('fromName', 'Name above the post', 'Leave it empty for the name of the webhook')),
      API_BASE_FIELD,
    ],
    settings: { provider: 'discord', fromName: '', fromAddress: '', replyTo: '', apiBase: '' },
    limits: POST_LIMITS,
    from: 'none',
  },
  check(_channel, settings) {
    const issues = apiBaseIssues(settings.apiBase)
    if (issues.length > 0) return { issues }
    return { settings: { ...settings, fromName: settings.fromName.trim(), apiBase: settings.apiBase.trim() } }
  },
  boundTo: ({ apiBase }) => apiBase.trim(),
  async open(account, ports) {
    const { settings } = account
    return openApi(account, ports, {
      secretName: 'webhookUrl',
      dialect: {
        requestOf: (envelope, secret) =>
          envelope.channel === 'social' ? discordRequest(secret, settings, envelope) : { outcome: WRONG_CHANNEL },
        read: readDiscord,
      },
    })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'webhookUrl',
      async run(ask, secret) {
        const url = discordHook(secret, account.settings.apiBase)
        if (url === null) return failedAt('login', 'This is not a webhook address of Discord', REMEDY)
        return diagnoseApi({
          host: new URL(url).hostname,
          isEncrypted: url.startsWith('https:'),
          login: {
            ask: () => ask({ method: 'GET', url, headers: { accept: 'application/json' }, body: null }),
            read(answer) {
              const webhook = readJson(answer, Webhook)
              if (answer.status === 200 && webhook)
                return { ok: true, detail: `Discord knows the webhook ${webhook.name ?? ''}` }
              return answer.status === 401 || answer.status === 404
                ? { ok: false, detail: 'Discord knows no such webhook; it may have been deleted', remedy: REMEDY }
                : unexpectedAnswer(answer, '')
            },
          },
          sender: { detail: 'Posts appear under the name of the webhook' },
        })
      },
    }),
}
