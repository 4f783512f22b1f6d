import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SendOutcome, SocialEnvelope } from '../../provider.ts'
import { badHook, hookAddress, postText, unpostable } from '../social-post.ts'

/** The longest post of a webhook (standards.md 5). */
export const MOST_DISCORD = 2000

/** The address of a webhook of Discord; null for anything else. */
export function discordHook(secret: string, apiBase: string): string | null {
  const isOwn = (url: URL): boolean =>
    /(^|\.)discord(app)?\.com$/.test(url.hostname) && /^\/api(\/v\d+)?\/webhooks\/\d+\/[\w-]+\/?$/.test(url.pathname)
  return hookAddress(secret, apiBase, isOwn)
}

/** A post in a channel of Discord; nobody is mentioned by what happens to stand in it. */
export function discordRequest(
  secret: string,
  settings: { readonly apiBase: string; readonly fromName: string },
  post: SocialEnvelope,
): HttpRequest | { readonly outcome: SendOutcome } {
  const url = discordHook(secret, settings.apiBase)
  if (url === null) return badHook('Discord')
  const content = postText(post)
  if (content === '' && post.imageLink === '') return unpostable('There is nothing to post')
  if (content.length > MOST_DISCORD) return unpostable('The post is longer than the 2,000 characters of Discord')
  const body = {
    content,
    ...(settings.fromName === '' ? {} : { username: settings.fromName.slice(0, 80) }),
    ...(post.imageLink === '' ? {} : { embeds: [{ image: { url: post.imageLink } }] }),
    allowed_mentions: { parse: [] },
  }
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  return { method: 'POST', url: `${url.replace(/\/$/, '')}?wait=true`, headers, body: JSON.stringify(body) }
}
