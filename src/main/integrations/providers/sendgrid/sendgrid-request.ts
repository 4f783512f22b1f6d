import { baseOf } from '../../http/api-base.ts'
import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SettingsOf } from '../kind.ts'

type Where = Pick<SettingsOf<'sendgrid'>, 'region' | 'apiBase'>

/** Where the API is: accounts of the European Union have an address of their own. */
export function sendgridBase({ region, apiBase }: Where): string {
  return baseOf(apiBase, region === 'eu' ? 'https://api.eu.sendgrid.com' : 'https://api.sendgrid.com')
}

/** A request with the account's key; a POST when there is a body. */
export function sendgridRequest(where: Where, key: string, path: string, body: unknown): HttpRequest {
  const headers = { authorization: `Bearer ${key}` }
  const url = sendgridBase(where) + path
  return body === null
    ? { method: 'GET', url, headers, body: null }
    : {
        method: 'POST',
        url,
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }
}
