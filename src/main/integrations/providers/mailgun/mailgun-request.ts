import { z } from 'zod'
import { baseOf } from '../../http/api-base.ts'
import { basicAuthorization } from '../../http/authorization.ts'
import type { HttpAnswer, HttpRequest } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'

type Where = Pick<SettingsOf<'mailgun'>, 'region' | 'apiBase'>

/** Where the API is: each region has its own address, and knows only its own domains. */
export function mailgunBase({ region, apiBase }: Where): string {
  return baseOf(apiBase, region === 'eu' ? 'https://api.eu.mailgun.net' : 'https://api.mailgun.net')
}

/** A question with the account's key; `path` may be a whole address of the same server, as pages name the next one. */
export function mailgunQuestion(where: Where, key: string, path: string): HttpRequest {
  return {
    method: 'GET',
    url: mailgunBase(where) + path,
    headers: { authorization: basicAuthorization('api', key) },
    body: null,
  }
}

const Said = z.object({ message: z.string() })

/** What Mailgun says beside the status. */
export function mailgunMessage(answer: HttpAnswer): string {
  return readJson(answer, Said)?.message ?? (answer.body.length < 100 && answer.isComplete ? answer.body.trim() : '')
}
