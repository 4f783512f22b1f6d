import { z } from 'zod'
import { baseOf } from '../../http/api-base.ts'
import { basicAuthorization } from '../../http/authorization.ts'
import type { HttpRequest } from '../../http/http-outcome.ts'
import { issue } from '../check-from.ts'
import type { FieldIssue } from '../kind.ts'

/** What every request to Twilio is made from. */
export interface TwilioAccount {
  readonly accountSid: string
  /** Empty when the auth token of the account itself signs. */
  readonly apiKeySid: string
  readonly apiBase: string
}

/** The address of a resource of an account, of API 2010-04-01. */
export function twilioUrl(account: TwilioAccount, path: string): string {
  const base = baseOf(account.apiBase, 'https://api.twilio.com')
  return `${base}/2010-04-01/Accounts/${encodeURIComponent(account.accountSid)}${path}`
}

/** Asks for something. `path` begins after the account. */
export function twilioGet(account: TwilioAccount, secret: string, path: string): HttpRequest {
  return { method: 'GET', url: twilioUrl(account, path), headers: headersOf(account, secret), body: null }
}

/** Makes something from form fields, in their order. */
export function twilioPost(
  account: TwilioAccount,
  secret: string,
  path: string,
  fields: readonly (readonly [string, string])[],
): HttpRequest {
  const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString()
  const headers = { ...headersOf(account, secret), 'content-type': 'application/x-www-form-urlencoded' }
  return { method: 'POST', url: twilioUrl(account, path), headers, body }
}

function headersOf(account: TwilioAccount, secret: string): Readonly<Record<string, string>> {
  return {
    authorization: basicAuthorization(account.apiKeySid === '' ? account.accountSid : account.apiKeySid, secret),
    accept: 'application/json',
  }
}

/** What Twilio says when it refuses. */
export const TwilioError = z.object({ code: z.number().int().nullish(), message: z.string().nullish() })

/** What is wrong with the ids of an account. */
export function twilioIssues(settings: { readonly accountSid: string; readonly apiKeySid: string }): FieldIssue[] {
  const issues: FieldIssue[] = []
  if (!/^AC[0-9a-fA-F]{32}$/.test(settings.accountSid.trim())) {
    issues.push(
      issue(
        'settings.accountSid',
        'The account SID begins with AC and has 34 signs; it is on the first page of the console',
      ),
    )
  }
  if (settings.apiKeySid.trim() !== '' && !/^SK[0-9a-fA-F]{32}$/.test(settings.apiKeySid.trim())) {
    issues.push(issue('settings.apiKeySid', 'The SID of an API key begins with SK and has 34 signs, or leave it empty'))
  }
  return issues
}
