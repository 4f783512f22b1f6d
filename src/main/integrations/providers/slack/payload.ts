import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SendOutcome, SocialEnvelope } from '../../provider.ts'
import { badHook, hookAddress, postText, unpostable } from '../social-post.ts'

// Slack cuts a message off after 40,000 characters, and refuses a section of more than 3,000.
const MOST_TEXT = 40_000
const MOST_SECTION = 3000

/** The address of an incoming webhook of Slack; null for anything else. */
export function slackHook(secret: string, apiBase: string): string | null {
  return hookAddress(secret, apiBase, url => /^hooks\.slack(-gov)?\.com$/.test(url.hostname))
}

/** A post in a channel of Slack (standards.md 5). */
export function slackRequest(
  secret: string,
  apiBase: string,
  post: SocialEnvelope,
): HttpRequest | { readonly outcome: SendOutcome } {
  const url = slackHook(secret, apiBase)
  if (url === null) return badHook('Slack')
  const text = escaped(postText(post))
  if (text === '' && post.imageLink === '') return unpostable('There is nothing to post')
  if (text.length > (post.imageLink === '' ? MOST_TEXT : MOST_SECTION))
    return unpostable('The post is too long for Slack')
  const section = text === '' ? [] : [{ type: 'section', text: { type: 'mrkdwn', text } }]
  const image = { type: 'image', image_url: post.imageLink, alt_text: post.text.slice(0, 100) || 'Image' }
  const body = post.imageLink === '' ? { text } : { text: text || 'Image', blocks: [...section, image] }
  return { method: 'POST', url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

/** Slack reads these three as markup; everything else stays (docs: Escaping text). */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
