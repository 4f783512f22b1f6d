import { baseOf } from '../../http/api-base.ts'
import type { HttpRequest } from '../../http/http-outcome.ts'
import type { SendOutcome, SocialEnvelope } from '../../provider.ts'
import type { SettingsOf } from '../kind.ts'
import { postText, unpostable } from '../social-post.ts'

/** The longest text, and the longest text below a picture (standards.md 5). */
export const MOST_TELEGRAM = { text: 4096, caption: 1024 } as const

/** A call of a method of the bot; the token is part of the path. */
export function telegramCall(apiBase: string, token: string, method: string, body: object): HttpRequest {
  return {
    method: 'POST',
    url: `${baseOf(apiBase, 'https://api.telegram.org')}/bot${encodeURIComponent(token).replaceAll('%3A', ':')}/${method}`,
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  }
}

/** A post in a chat or channel, as plain text: nothing in it is read as markup. */
export function telegramRequest(
  settings: SettingsOf<'telegram'>,
  token: string,
  post: SocialEnvelope,
): HttpRequest | { readonly outcome: SendOutcome } {
  const text = postText(post)
  const { chatId, apiBase } = settings
  if (post.imageLink !== '') {
    if (text.length > MOST_TELEGRAM.caption) return unpostable('With a picture, Telegram takes 1,024 characters')
    return telegramCall(apiBase, token, 'sendPhoto', { chat_id: chatId, photo: post.imageLink, caption: text })
  }
  if (text === '') return unpostable('There is nothing to post')
  if (text.length > MOST_TELEGRAM.text) return unpostable('The post is longer than the 4,096 characters of Telegram')
  return telegramCall(apiBase, token, 'sendMessage', { chat_id: chatId, text })
}
