import { issue } from '../providers/check-from.ts'
import type { FieldIssue } from '../providers/kind.ts'
import { isLoopback } from '../smtp/endpoint.ts'

/** What is wrong with an address that takes the place of a provider's own; empty is right. */
export function apiBaseIssues(apiBase: string): readonly FieldIssue[] {
  const text = apiBase.trim()
  return text === '' || isSafeAddress(text)
    ? []
    : [
        issue(
          'settings.apiBase',
          'This address begins with https:// (http:// only for this machine), or leave it empty',
        ),
      ]
}

/** Whether an address is https, or http to this machine, without a user in it. */
export function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replace(/^\[|\]$/g, '')))
}

/** The address that requests go to, without a slash at its end. */
export function baseOf(apiBase: string, own: string): string {
  const text = apiBase.trim()
  return (text === '' ? own : text).replace(/\/+$/, '')
}
