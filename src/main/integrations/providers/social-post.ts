import { baseOf } from '../http/api-base.ts'
import { apiFault, refusal } from '../http/send-outcome.ts'
import type { SendOutcome, SocialEnvelope } from '../provider.ts'

/** The words of a post with its link below them, unless the link stands among them already. */
export function postText({ text, link }: Pick<SocialEnvelope, 'text' | 'link'>): string {
  const words = text.trim()
  if (link === '' || words.includes(link)) return words
  return words === '' ? link : `${words}\n\n${link}`
}

/** A post that its network never takes, before anything is sent. */
export function unpostable(why: string): { readonly outcome: SendOutcome } {
  return { outcome: refusal(apiFault('permanent_message', 'post', why), null) }
}

/**
 * The address of an incoming webhook, which is its secret too; null when it is none of the service. Requests go to `apiBase`
 * instead where a person has put one.
 */
export function hookAddress(secret: string, apiBase: string, isOwn: (url: URL) => boolean): string | null {
  if (!URL.canParse(secret)) return null
  const url = new URL(secret)
  if (url.protocol !== 'https:' || url.username !== '' || url.password !== '' || !isOwn(url)) return null
  return `${baseOf(apiBase, url.origin)}${url.pathname}`
}

/** An account whose webhook address is none. */
export function badHook(service: string): { readonly outcome: SendOutcome } {
  const text = `The webhook address is not one of ${service}: copy it again and type it here`
  return { outcome: refusal(apiFault('account', 'bad_webhook', text), null) }
}
