import type { EmailEnvelope } from '../provider.ts'
import { verpToken } from '../verp.ts'
import { breaksHeader, dateText, mailboxHeader, plainHeader, textHeader } from './header.ts'
import type { MailStyle } from './mail-style.ts'

interface CampaignHead {
  readonly fromName: string
  readonly fromAddress: string
  readonly replyTo: string
  /** The headers that are the same in every message of a campaign. */
  readonly head: string
  readonly domain: string
}

const HEADS_KEPT = 50

/** The header of a message up to its content headers, each field ended by CRLF. */
export type HeadWriter = (envelope: EmailEnvelope, style: MailStyle, token: string | null) => string

/** A writer that keeps what a campaign's messages have in common. */
export function createHeadWriter(): HeadWriter {
  const heads = new Map<string, CampaignHead>()
  let second = -1
  let secondText = ''

  function headOf(envelope: EmailEnvelope): CampaignHead {
    const { campaignId, from, replyTo } = envelope
    const known = heads.get(campaignId)
    if (known && known.fromName === from.name && known.fromAddress === from.address && known.replyTo === replyTo) {
      return known
    }
    const lines = [mailboxHeader('From', from.name, from.address)]
    if (replyTo !== '') lines.push(plainHeader('Reply-To', replyTo))
    const domain = domainOf(from.address)
    lines.push(plainHeader('X-Campaign-Id', campaignId), 'MIME-Version: 1.0')
    // One to four fields, the last one stable for each sender (Gmail Postmaster Tools).
    if (IDENTIFIER.test(domain)) lines.push(plainHeader('Feedback-ID', `${campaignId}:email:${domain}`))
    if (envelope.isTriggered === true) {
      lines.push('Auto-Submitted: auto-generated', 'X-Auto-Response-Suppress: OOF, AutoReply')
    }
    const fresh = {
      fromName: from.name,
      fromAddress: from.address,
      replyTo,
      head: `${lines.join('\r\n')}\r\n`,
      domain,
    }
    if (heads.size >= HEADS_KEPT) heads.clear()
    heads.set(campaignId, fresh)
    return fresh
  }

  function dateOf(at: number): string {
    const wanted = Math.floor(at / 1000)
    if (wanted !== second) {
      second = wanted
      secondText = dateText(at)
    }
    return secondText
  }

  return (envelope, style, token) => {
    const { messageId, to } = envelope
    const { head, domain } = headOf(envelope)
    let out = head
    out += `${plainHeader('To', to)}\r\n${textHeader('Subject', envelope.subject)}\r\nDate: ${dateOf(envelope.at)}\r\n`
    out += `${plainHeader('Message-ID', `<${messageId}@${domain}>`)}\r\nX-Message-Ref: ${messageId}\r\n`
    if (envelope.unsubscribeMailto === '') return out
    const byMail = `<${mailtoUri(envelope)}>`
    if (style.unsubscribeBaseUrl !== '' && token !== null) {
      out += `List-Unsubscribe: <${style.unsubscribeBaseUrl}/u/${token}>,\r\n ${byMail}\r\n`
      // RFC 8058 section 3.1: exactly this value.
      out += 'List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n'
    } else out += `${plainHeader('List-Unsubscribe', byMail)}\r\n`
    return `${out}${plainHeader('List-Id', `<${envelope.campaignId}.${domain}>`)}\r\nPrecedence: bulk\r\n`
  }
}

/** The token of a message where its style uses one: for the bounce address and the one-click address. */
export function tokenOf(messageId: string, style: MailStyle): string | null {
  if (style.tokenKey === '' || (style.bounceAddress === '' && style.unsubscribeBaseUrl === '')) return null
  return verpToken(messageId, Buffer.from(style.tokenKey, 'hex'))
}

const ADDRESS = /^[^\s<>"(),;:\\@\p{Cc}]+@[^\s<>"(),;:\\@\p{Cc}]+$/u
const IDENTIFIER = /^[A-Za-z0-9._-]{1,64}$/
const MAILTO = /^[\x21-\x3b\x3d\x3f-\x7e]+$/
const BASE_URL = /^https:\/\/[\x21-\x3b\x3d\x3f-\x7e]+$/

/** Why a message cannot be written; null when it can. */
export function whyRefused(envelope: EmailEnvelope, style: MailStyle): string | null {
  if (breaksHeader(envelope.subject)) return 'The subject contains a line break'
  if (breaksHeader(envelope.from.name)) return 'The name of the sender contains a line break'
  if (!ADDRESS.test(envelope.from.address)) return 'The address of the sender cannot be written in a message'
  if (!ADDRESS.test(envelope.to)) return 'The address of the recipient cannot be written in a message'
  if (envelope.replyTo !== '' && !ADDRESS.test(envelope.replyTo))
    return 'The reply address cannot be written in a message'
  if (envelope.unsubscribeMailto !== '' && !MAILTO.test(envelope.unsubscribeMailto)) {
    return 'The unsubscribe address cannot be written in a message'
  }
  if (style.unsubscribeBaseUrl !== '' && !BASE_URL.test(style.unsubscribeBaseUrl)) {
    return 'The address for unsubscribing cannot be written in a message'
  }
  if (!IDENTIFIER.test(envelope.messageId) || !IDENTIFIER.test(envelope.campaignId)) return 'An id is not an identifier'
  return null
}

/** What List-Unsubscribe names: where an unsubscribe by mail goes, with the message in its subject. */
export function mailtoUri(envelope: EmailEnvelope): string {
  const { unsubscribeMailto } = envelope
  if (/^mailto:/i.test(unsubscribeMailto)) return unsubscribeMailto
  return `mailto:${unsubscribeMailto}?subject=unsubscribe%20${envelope.messageId}`
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1)
}
