import { z } from 'zod'
import { baseOf } from '../../http/api-base.ts'
import type { HttpAnswer, HttpRequest } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'

type Where = Pick<SettingsOf<'postmark'>, 'apiBase'>

/** Where the API is. */
export function postmarkBase({ apiBase }: Where): string {
  return baseOf(apiBase, 'https://api.postmarkapp.com')
}

/** A request with the token of the server; a POST when there is a body. */
export function postmarkRequest(where: Where, token: string, path: string, body: unknown): HttpRequest {
  const headers = { accept: 'application/json', 'x-postmark-server-token': token }
  const url = postmarkBase(where) + path
  return body === null
    ? { method: 'GET', url, headers, body: null }
    : { method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

const Problem = z.object({ ErrorCode: z.number(), Message: z.string() })

/** What Postmark says beside the status; code 0 when it cannot be read. */
export function postmarkError(answer: HttpAnswer): { readonly code: number; readonly message: string } {
  const said = readJson(answer, Problem)
  return { code: said?.ErrorCode ?? 0, message: said?.Message ?? '' }
}
