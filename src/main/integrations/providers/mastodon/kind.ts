import { z } from 'zod'
import { openApi, tryApi } from '../../http/api-account.ts'
import { isSafeAddress } from '../../http/api-base.ts'
import { diagnoseApi, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import { readJson } from '../../http/read-json.ts'
import { WRONG_CHANNEL } from '../../provider.ts'
import { choiceField, secretField, textField } from '../api-fields.ts'
import { issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { POST_LIMITS, SOCIAL_AS_OF } from '../social-kind.ts'
import { readMastodon } from './classify.ts'
import { instanceBase, mastodonRequest } from './payload.ts'

const Me = z.object({ acct: z.string() })

/** An account on an instance of Mastodon. */
export const mastodonKind: Kind<SettingsOf<'mastodon'>> = {
  provider: 'mastodon',
  channels: ['social'],
  view: {
    channel: 'social',
    name: 'Mastodon',
    says: 'Posts of your own account on any instance; needs an access token, which you make yourself',
    asOf: SOCIAL_AS_OF,
    fields: [
      textField('instance', 'Instance', 'Where your account is, such as mastodon.social'),
      secretField(
        'accessToken',
        'Access token',
        'On your instance: Preferences > Development > New application, with write:statuses and read:accounts; then open it and copy "Your access token"',
      ),
      choiceField('visibility', 'Who sees the posts', 'Unlisted posts are seen by followers and on your page', [
        ['public', 'Everybody'],
        ['unlisted', 'Everybody, but not in public timelines'],
        ['private', 'Followers only'],
      ]),
    ],
    settings: { provider: 'mastodon', instance: '', visibility: 'public', fromName: '', fromAddress: '', replyTo: '' },
    limits: POST_LIMITS,
    from: 'none',
  },
  check(_channel, settings) {
    const base = instanceBase(settings.instance)
    return isSafeAddress(base) && new URL(base).pathname === '/'
      ? { settings: { ...settings, instance: settings.instance.trim().replace(/\/+$/, '') } }
      : { issues: [issue('settings.instance', 'The instance is a name such as mastodon.social')] }
  },
  boundTo: ({ instance }) => instanceBase(instance).toLowerCase(),
  async open(account, ports) {
    const { settings } = account
    return openApi(account, ports, {
      secretName: 'accessToken',
      dialect: {
        requestOf: (envelope, token) =>
          envelope.channel === 'social' ? mastodonRequest(settings, token, envelope) : { outcome: WRONG_CHANNEL },
        read: readMastodon,
      },
    })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'accessToken',
      run(ask, token) {
        const base = instanceBase(account.settings.instance)
        const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
        return diagnoseApi({
          host: new URL(base).hostname,
          isEncrypted: base.startsWith('https:'),
          login: {
            ask: () => ask({ method: 'GET', url: `${base}/api/v1/accounts/verify_credentials`, headers, body: null }),
            read(answer) {
              const me = readJson(answer, Me)
              if (answer.status === 200 && me) return { ok: true, detail: `Signed in as ${me.acct}` }
              if (answer.status !== 401 && answer.status !== 403) return unexpectedAnswer(answer, '')
              const remedy = 'Open the application under Preferences > Development, and copy its access token again.'
              return { ok: false, detail: 'The instance refused the token', remedy }
            },
          },
          sender: { detail: 'Posts appear under your own account' },
        })
      },
    }),
}
