import { asSentBy, type Campaigns, type FrozenCampaign } from '../campaigns/index.ts'
import { envelopeOf, type MailStyle, type SendingAccount } from '../integrations/index.ts'
import type { Reader } from '../storage/transaction.ts'
import {
  type AttachedFile,
  type CompiledMessage,
  type MergeValues,
  messageValues,
  type Templates,
  unsubscribeMailto,
  withInlineStyles,
} from '../templates/index.ts'
import type { CampaignBreaker } from './breaker.ts'
import type { CampaignWatch } from './campaign-watch.ts'
import type { Heir } from './heir-store.ts'
import type { Prepared, Target, Unsendable } from './prepared.ts'
import type { Edition, Pressed, PressItem } from './press/press.ts'
import type { DueMessage } from './queue-store.ts'
import type { Throttle } from './throttle.ts'

/** What a lane keeps of a campaign while it sends it. Content and audience are fixed at launch, so it never grows old. */
export interface CampaignBrief {
  readonly id: string
  readonly name: string
  readonly frozen: FrozenCampaign
  readonly attachments: readonly AttachedFile[]
  readonly compiled: CompiledMessage
  readonly throttle: Throttle
  readonly breaker: CampaignBreaker
}

/** Loads a campaign for an account. Null when it has no fixed content. */
export async function loadBrief(
  parts: { readonly campaigns: Campaigns; readonly templates: Templates; readonly watch: CampaignWatch },
  reader: Reader,
  { campaignId, senderId }: { readonly campaignId: string; readonly senderId: string },
): Promise<CampaignBrief | null> {
  const { id, name, frozen: whole } = await parts.campaigns.state(reader, campaignId)
  if (whole === null) return null
  const asFrozen = asSentBy(whole, senderId)
  // Once for the campaign, on the source: doing it to each message would take longer than everything else.
  const frozen = { ...asFrozen, content: await withInlineStyles(asFrozen.content) }
  const attachments = await parts.templates.media.attached(reader, frozen.content)
  const compiled = parts.templates.compile(frozen.content, frozen.fallbacks)
  return { id, name, frozen, attachments, compiled, ...(await parts.watch.of(id)) }
}

/** A message that can be filled in: whom it goes to and what is known of her. */
export interface Fillable extends Target {
  readonly kind: 'fillable'
  readonly personId: string
  readonly values: MergeValues
}

/** Finds out where a message goes: to the contact, or to who she was merged into; `values` is undefined when she is gone. */
export function fillable(
  brief: CampaignBrief,
  due: DueMessage,
  values: MergeValues | undefined,
  heir?: Heir,
): Fillable | Unsendable {
  const address = heir === undefined ? due.address : heir.address
  const target = { messageId: due.id, campaignId: brief.id, contactId: due.contactId, address: address ?? due.address }
  if (values === undefined) return { kind: 'unsendable', ...target, reason: 'contact_deleted', problem: '' }
  if (address === null) return { kind: 'unsendable', ...target, reason: 'no_address', problem: '' }
  return { kind: 'fillable', ...target, personId: heir?.personId ?? due.contactId, values }
}

/** Fills a message in, for a provider that takes its parts. */
export function prepare(brief: CampaignBrief, account: SendingAccount, to: Fillable): Prepared | Unsendable {
  const { frozen } = brief
  const { values, personId, kind: _fillable, ...target } = to
  const from = fromOf(brief, account)
  const facts = { messageId: to.messageId, campaignName: brief.name, fromName: from.name, fromAddress: from.address }
  const rendering = brief.compiled.render(values, messageValues(facts))
  if (rendering.kind === 'failed') {
    return { kind: 'unsendable', ...target, reason: 'render_failed', problem: rendering.problem }
  }
  const { message } = rendering
  const head = { messageId: to.messageId, campaignId: brief.id, to: to.address, from }
  const envelope = envelopeOf(head, message, {
    replyTo: frozen.replyTo || account.replyTo,
    unsubscribeMailto: frozen.draft.category === 'marketing' ? unsubscribeMailto(from.address, to.messageId) : '',
  })
  const { attachments } = brief
  return {
    kind: 'prepared',
    ...target,
    personId,
    segments: message.channel === 'sms' ? message.measure.segments : null,
    envelope: envelope.channel === 'email' && attachments.length > 0 ? { ...envelope, attachments } : envelope,
  }
}

/** What the press needs to make a campaign's messages for an account; null when it sends no e-mail. */
export function editionOf(brief: CampaignBrief, account: SendingAccount, style: MailStyle): Edition | null {
  const { frozen } = brief
  if (frozen.content.channel !== 'email') return null
  return {
    campaignId: brief.id,
    campaignName: brief.name,
    content: frozen.content,
    fallbacks: frozen.fallbacks,
    from: fromOf(brief, account),
    replyTo: frozen.replyTo || account.replyTo,
    isMarketing: frozen.draft.category === 'marketing',
    attachments: brief.attachments,
    style,
  }
}

/** A recipient as the press wants her: only what the template uses is carried to another thread. */
export function pressItem(brief: CampaignBrief, to: Fillable): PressItem {
  const values: Record<string, unknown> = {}
  for (const name of brief.compiled.fields) if (Object.hasOwn(to.values, name)) values[name] = to.values[name]
  return { messageId: to.messageId, to: to.address, values }
}

/** A message that the press has made, or that it could not make. */
export function pressed(edition: Edition, to: Fillable, made: Pressed): Prepared | Unsendable {
  const { values: _values, personId, kind: _fillable, ...target } = to
  if (made.kind === 'failed') {
    return { kind: 'unsendable', ...target, reason: 'render_failed', problem: made.problem }
  }
  const { campaignId, from, replyTo } = edition
  return {
    kind: 'prepared',
    ...target,
    personId,
    segments: null,
    envelope: {
      channel: 'email',
      messageId: to.messageId,
      campaignId,
      to: to.address,
      from,
      replyTo,
      subject: '',
      html: '',
      text: '',
      unsubscribeMailto: '',
      ready: made.mail,
    },
  }
}

function fromOf({ frozen }: CampaignBrief, account: SendingAccount): Edition['from'] {
  return { name: frozen.fromName || account.fromName, address: account.fromAddress }
}
