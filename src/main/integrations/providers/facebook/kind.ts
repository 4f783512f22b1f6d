import { z } from 'zod'
import { openApi, tryApi } from '../../http/api-account.ts'
import { apiBaseIssues } from '../../http/api-base.ts'
import { diagnoseApi, unexpectedAnswer } from '../../http/api-diagnosis.ts'
import { readJson } from '../../http/read-json.ts'
import { WRONG_CHANNEL } from '../../provider.ts'
import { API_BASE_FIELD, secretField, textField } from '../api-fields.ts'
import { issue } from '../check-from.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { POST_LIMITS, SOCIAL_AS_OF } from '../social-kind.ts'
import { PageError, readFacebook } from './classify.ts'
import { facebookRequest, pageUrl } from './payload.ts'

const Page = z.object({ name: z.string() })

/** A page on Facebook. */
export const facebookKind: Kind<SettingsOf<'facebook'>> = {
  provider: 'facebook',
  channels: ['social'],
  view: {
    channel: 'social',
    name: 'Facebook page',
    says: 'Posts on a page that you manage; needs an app of your own and a page access token',
    asOf: SOCIAL_AS_OF,
    fields: [
      textField('pageId', 'Page ID', 'On your page: About > Page transparency; a long number'),
      secretField(
        'pageToken',
        'Page access token',
        'developers.facebook.com > Tools > Graph API Explorer: choose the page, with pages_manage_posts and pages_read_engagement. Make it long-lived in the Access Token Tool',
      ),
      textField('graphVersion', 'Version of the Graph API', 'Such as v25.0; a version lives for about two years'),
      API_BASE_FIELD,
    ],
    settings: {
      provider: 'facebook',
      pageId: '',
      graphVersion: 'v25.0',
      fromName: '',
      fromAddress: '',
      replyTo: '',
      apiBase: '',
    },
    limits: POST_LIMITS,
    from: 'none',
  },
  check(_channel, settings) {
    const issues = [...apiBaseIssues(settings.apiBase)]
    const pageId = settings.pageId.trim()
    const graphVersion = settings.graphVersion.trim()
    if (!/^\d{5,30}$/.test(pageId)) issues.push(issue('settings.pageId', 'The page ID is a long number'))
    if (!/^v\d{1,3}\.\d$/.test(graphVersion)) issues.push(issue('settings.graphVersion', 'Write it like v25.0'))
    if (issues.length > 0) return { issues }
    return { settings: { ...settings, pageId, graphVersion, apiBase: settings.apiBase.trim() } }
  },
  boundTo: ({ apiBase, pageId }) => `${apiBase.trim()} ${pageId.trim()}`,
  async open(account, ports) {
    const { settings } = account
    return openApi(account, ports, {
      secretName: 'pageToken',
      dialect: {
        requestOf: (envelope, token) =>
          envelope.channel === 'social' ? facebookRequest(settings, token, envelope) : { outcome: WRONG_CHANNEL },
        read: readFacebook,
      },
    })
  },
  diagnose: (account, ports, signal) =>
    tryApi(account, ports, {
      signal,
      secretName: 'pageToken',
      run(ask, token) {
        const url = pageUrl(account.settings)
        const headers = { authorization: `Bearer ${token}`, accept: 'application/json' }
        return diagnoseApi({
          host: new URL(url).hostname,
          isEncrypted: url.startsWith('https:'),
          login: {
            ask: () => ask({ method: 'GET', url: `${url}?fields=name`, headers, body: null }),
            read(answer) {
              const page = readJson(answer, Page)
              if (answer.status === 200 && page) return { ok: true, detail: `Posts appear on ${page.name}` }
              const error = readJson(answer, PageError)?.error
              if (!error) return unexpectedAnswer(answer, '')
              const remedy =
                error.code === 190
                  ? 'The token has ended or is wrong: make a new page access token.'
                  : 'Check the page ID, and that the token is of this page with pages_manage_posts.'
              return { ok: false, detail: `Facebook answered ${error.code}`, remedy }
            },
          },
          sender: { detail: 'Whether the token may post is known with the first post' },
        })
      },
    }),
}
