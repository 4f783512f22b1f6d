/** What a message knows besides its recipient. */
export interface MessageFacts {
  /** Our id of the message; an unsubscribe by mail names it. */
  readonly messageId: string
  readonly campaignName: string
  /** Who it comes from, as the recipient reads it. */
  readonly fromName: string
  readonly fromAddress: string
}

/** Where a recipient unsubscribes by mail (RFC 6068): to the sender, naming the message. */
export function unsubscribeMailto(fromAddress: string, messageId: string): string {
  const at = fromAddress.lastIndexOf('@')
  const local = encodeURIComponent(fromAddress.slice(0, Math.max(0, at)))
  const subject = encodeURIComponent(`unsubscribe ${messageId}`)
  return `mailto:${local}@${fromAddress.slice(at + 1)}?subject=${subject}`
}

/** Merge values that differ by message and not by contact: give them to CompiledMessage.render beside the contact's own. */
export function messageValues(facts: MessageFacts): Readonly<Record<string, string>> {
  return {
    unsubscribe_url: facts.fromAddress === '' ? '' : unsubscribeMailto(facts.fromAddress, facts.messageId),
    campaign_name: facts.campaignName,
    sender_name: facts.fromName,
    sender_address: facts.fromAddress,
  }
}
