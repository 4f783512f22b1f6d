import { CHANNELS } from '../../../../shared/domain/channels.ts'
import { diagnoseApi, type Finding, failedAt } from '../../http/api-diagnosis.ts'
import { createApiKey } from '../../http/api-key.ts'
import { createHttpClient } from '../../http/http-client.ts'
import type { HttpAnswer } from '../../http/http-outcome.ts'
import { secretField, textField } from '../api-fields.ts'
import { openLine } from '../api-line.ts'
import { issue } from '../check-from.ts'
import { switchField } from '../form-field.ts'
import type { Kind, SettingsOf } from '../kind.ts'
import { POST_LIMITS, SOCIAL_AS_OF } from '../social-kind.ts'
import { addressProblem } from './address.ts'
import { createWebhook } from './provider.ts'
import { webhookKey } from './signature.ts'

const TRY_LIMIT_MS = 15_000

/** A webhook of one's own, signed after Standard Webhooks 1.0. */
export const webhookKind: Kind<SettingsOf<'webhook'>> = {
  provider: 'webhook',
  channels: CHANNELS,
  view: {
    channel: 'social',
    name: 'Webhook',
    says: 'Hands each message to a server or an automation of your own, signed so that it can be trusted',
    asOf: SOCIAL_AS_OF,
    fields: [
      textField('url', 'Address', 'Where deliveries are taken, such as https://example.com/hooks/tidings'),
      secretField(
        'secret',
        'Signing secret',
        'From whatever takes the deliveries: whsec_ and a text in base64. While it is changed, write the new and the old one with a blank between',
      ),
      switchField(
        'allowLocal',
        'The address may be in this network',
        'Only for a server of your own: otherwise addresses of this machine and its network are refused',
      ),
    ],
    settings: { provider: 'webhook', url: '', allowLocal: false, fromName: '', fromAddress: '', replyTo: '' },
    limits: { ...POST_LIMITS, perSecond: 5, perMinute: null, concurrency: 2 },
    from: 'none',
  },
  check(_channel, settings) {
    const url = settings.url.trim()
    const problem = addressProblem(url, settings.allowLocal)
    return problem === null ? { settings: { ...settings, url } } : { issues: [issue('settings.url', problem)] }
  },
  boundTo: ({ url }) => (URL.canParse(url) ? new URL(url).origin : ''),
  async open(account, { clock }) {
    const { url, allowLocal } = account.settings
    return createWebhook(url, openLine(account, clock, { secretName: 'secret', allowLocal }), clock)
  },
  async diagnose(account, { clock }, signal) {
    const { url, allowLocal } = account.settings
    const key = await createApiKey(() => account.secret('secret'), clock)()
    const remedy = 'Copy the signing secret from whatever takes the deliveries; it begins with whsec_.'
    if (key.kind === 'missing') return failedAt('login', key.fault.reply, remedy)
    if (key.text.split(/\s+/).some(one => webhookKey(one) === null)) {
      return failedAt('login', 'The secret is not whsec_ and 24 to 64 bytes in base64', remedy)
    }
    const client = createHttpClient({ clock, concurrency: 1, timeLimitMs: TRY_LIMIT_MS, allowLocal })
    try {
      return await diagnoseApi({
        host: new URL(url).hostname,
        isEncrypted: url.startsWith('https:'),
        // Asks what the address takes; a delivery would be taken for a real one.
        login: {
          ask: () => client.request({ method: 'GET', url, headers: { accept: '*/*' }, body: null }, signal),
          read: readTry,
        },
        sender: {
          detail: 'The secret has the right form; whether it is the right one is known with the first delivery',
        },
      })
    } finally {
      await client.close()
    }
  },
}

/** Most receivers take POST only, so a refusal of GET says that something listens there. */
function readTry(answer: HttpAnswer): Finding {
  if (answer.status >= 300 && answer.status <= 399) {
    return { ok: false, detail: 'The address leads elsewhere', remedy: 'Write the address that it leads to.' }
  }
  if (answer.status === 404 || answer.status === 410) {
    return {
      ok: false,
      detail: `The server answered ${answer.status}: nothing is there`,
      remedy: 'Check the path of the address.',
    }
  }
  return answer.status >= 500
    ? { ok: false, detail: `The server answered ${answer.status}`, remedy: 'Look at the log of the server.' }
    : { ok: true, detail: 'Something answers at this address' }
}
