import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SendOutcome, SocialEnvelope } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { postText, unpostable } from '../social-post.ts'

/** The address of an instance, written as a name or whole; without a slash at its end. */
export function instanceBase(instance: string): string {
  const text = instance.trim().replace(/\/+$/, '')
  return /^https?:\/\//i.test(text) ? text : `https://${text}`
}

/** A post; the key keeps the instance from taking the same message twice (standards.md 5). */
export function mastodonRequest(
  settings: SettingsOf<'mastodon'>,
  token: string,
  post: SocialEnvelope,
): HttpRequest | { readonly outcome: SendOutcome } {
  const status = postText(post)
  if (status === '') return unpostable('There is nothing to post')
  return {
    method: 'POST',
    url: `${instanceBase(settings.instance)}/api/v1/statuses`,
    headers: {
      authorization: `Bearer ${token}`,
      'idempotency-key': post.messageId,
      'content-type': 'application/json',
      accept: 'application/json',
    },
    body: JSON.stringify({ status, visibility: settings.visibility }),
  }
}
