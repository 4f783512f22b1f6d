import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { diagnoseApi, type Finding, failedAt } from '../../http/api-diagnosis.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { WRONG_CHANNEL } from '../../provider.ts'
import { API_BASE_FIELD, secretField } from '../api-fields.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { POST_LIMITS, SOCIAL_AS_OF } from '../social-kind.ts'
import { readSlack } from './classify.ts'
import { slackHook, slackRequest } from './payload.ts'

const REMEDY = 'Make an incoming webhook for the channel at api.slack.com/apps, and copy its whole address here.'

/** A channel of Slack, by an incoming webhook. */
export const slackKind: Kind<SettingsOf<'slack'>> = {
  provider: 'slack',
  channels: ['social'],
  view: {
    channel: 'social',
    name: 'Slack channel',
    says: 'Posts in one channel of a Slack workspace; needs an incoming webhook, which a member can make',
    asOf: SOCIAL_AS_OF,
    fields: [
      secretField(
        'webhookUrl',
        'Webhook address',
        'api.slack.com/apps > your app > Incoming Webhooks > Add New Webhook. It begins with https://hooks.slack.com/services/',
      ),
      API_BASE_FIELD,
    ],
    settings: { provider: 'slack', fromName: '', fromAddress: '', replyTo: '', apiBase: '' },
    limits: POST_LIMITS,
    from: 'none',
  },
  check(_channel, settings) {
    const issues = apiBaseIssues(settings.apiBase)
    return issues.length > 0 ? { issues } : { settings: { ...settings, apiBase: settings.apiBase.trim() } }
  },
  boundTo: ({ apiBase }) => apiBase.trim(),
  async open(account, ports) {
    const { apiBase } = account.settings
    return openApi(account, ports, {
      secretName: 'webhookUrl',
      dialect: {
        requestOf: (envelope, secret) =>
          envelope.channel === 'social' ? slackRequest(secret, apiBase, envelope) : { outcome: WRONG_CHANNEL },
        read: readSlack,
      },
    })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'webhookUrl',
      async run(ask, secret) {
        const url = slackHook(secret, account.settings.apiBase)
        if (url === null) return failedAt('login', 'This is not a webhook address of Slack', REMEDY)
        return diagnoseApi({
          host: new URL(url).hostname,
          isEncrypted: url.startsWith('https:'),
          login: {
            // Slack refuses an empty text only after it has found the webhook: nothing is posted.
            ask: () =>
              ask({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body: '{"text":""}' }),
            read: readTry,
          },
          sender: { detail: 'Posts appear under the name of the app' },
        })
      },
    }),
}

function readTry(answer: HttpAnswer): Finding {
  const said = answer.body.trim().slice(0, 100)
  if (answer.status === 400) return { ok: true, detail: 'Slack knows the webhook' }
  if (answer.status === 410) {
    return { ok: false, detail: 'The channel is archived', remedy: 'Make a webhook for another channel.' }
  }
  return { ok: false, detail: `Slack answered ${answer.status}: ${said}`, remedy: REMEDY }
}
