import { z } from 'zod'
import { baseOf } from '../../http/api-base.ts'
import type { HttpAnswer, HttpRequest } from '../../http/http-outcome.ts'
import { readJson } from '../../http/read-json.ts'
import type { SettingsOf } from '../kind.ts'
import { signedHeaders } from './sigv4.ts'

type Ses = SettingsOf<'ses'>

/** A signed request to the account's region; `at` is epoch ms. */
export function sesRequest(
  settings: Pick<Ses, 'region' | 'accessKeyId' | 'apiBase'>,
  secretAccessKey: string,
  what: { readonly method: 'GET' | 'POST'; readonly path: string; readonly body: string },
  at: number,
): HttpRequest {
  const { region, accessKeyId } = settings
  const url = new URL(sesBase(settings) + what.path)
  const headers: Record<string, string> = what.method === 'POST' ? { 'content-type': 'application/json' } : {}
  const terms = { accessKeyId, secretAccessKey, region, service: 'ses' }
  return {
    method: what.method,
    url: url.href,
    headers: signedHeaders({ method: what.method, url, headers, body: what.body }, terms, at),
    body: what.method === 'POST' ? what.body : null,
  }
}

/** Where SES is in a region. */
export function sesBase({ region, apiBase }: Pick<Ses, 'region' | 'apiBase'>): string {
  return baseOf(apiBase, `https://email.${region}.amazonaws.com`)
}

const Problem = z.object({
  message: z.string().optional(),
  Message: z.string().optional(),
  __type: z.string().optional(),
})

/** The code and the text of an error of AWS: the code is in a header, or in the body before or after a sign. */
export function sesError(answer: HttpAnswer): { readonly code: string; readonly message: string } {
  const body = readJson(answer, Problem)
  const type = answer.headers['x-amzn-errortype'] ?? body?.__type ?? ''
  const code = (type.split(':')[0] ?? '').split('#').at(-1) ?? ''
  return { code, message: body?.message ?? body?.Message ?? '' }
}
