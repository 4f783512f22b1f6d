import type { DkimKey } from '../dkim/sign.ts'

/** How the messages of an account are written; plain values, so that it can be posted to a thread. */
export interface MailStyle {
  /** Keys of the sender's domain; empty when nobody gave one. */
  readonly dkim: readonly DkimKey[]
  /** Where bounces come to, by plus addressing; empty when they come to the sender. */
  readonly bounceAddress: string
  /** Where a server of one's own takes one-click unsubscribes (https); empty when there is none. */
  readonly unsubscribeBaseUrl: string
  /** The key of the workspace's message tokens, hexadecimal; empty when there is none. */
  readonly tokenKey: string
}

/** Messages without a signature or a return address of their own. */
export const PLAIN_STYLE: MailStyle = { dkim: [], bounceAddress: '', unsubscribeBaseUrl: '', tokenKey: '' }

/** A file that goes with a message, or is shown in it. */
export interface MailPart {
  /** What `cid:` in the HTML names. */
  readonly mediaId: string
  readonly name: string
  /** Such as image/png. */
  readonly type: string
  readonly inline: boolean
  /** Where its bytes lie. */
  readonly path: string
  readonly bytes: number
}

/** A message as it goes over the wire. */
export interface ComposedMail {
  readonly kind: 'message'
  readonly bytes: Uint8Array
  readonly needsSmtpUtf8: boolean
  /** The envelope sender: where bounces of this message come back to. */
  readonly mailFrom: string
}
