import { baseOf } from '../../http/api-base.ts'
import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SendOutcome, SocialEnvelope } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { postText, unpostable } from '../social-post.ts'

/** The address of the page in the Graph API. */
export function pageUrl(settings: SettingsOf<'facebook'>): string {
  const base = baseOf(settings.apiBase, 'https://graph.facebook.com')
  return `${base}/${settings.graphVersion}/${encodeURIComponent(settings.pageId)}`
}

/** A post on a page: with a picture it is a photo, else an entry with its link (standards.md 5). */
export function facebookRequest(
  settings: SettingsOf<'facebook'>,
  token: string,
  post: SocialEnvelope,
): HttpRequest | { readonly outcome: SendOutcome } {
  const { text, link, imageLink } = post
  if (text.trim() === '' && link === '' && imageLink === '') return unpostable('There is nothing to post')
  const entry = { ...(text.trim() === '' ? {} : { message: text.trim() }), ...(link === '' ? {} : { link }) }
  const photo = { url: imageLink, caption: postText(post) }
  return {
    method: 'POST',
    url: `${pageUrl(settings)}/${imageLink === '' ? 'feed' : 'photos'}`,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(imageLink === '' ? entry : photo),
  }
}
