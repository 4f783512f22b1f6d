import type { Campaigns, FrozenCampaign } from '../campaigns/index.ts'
import { envelopeOf, type SendingAccount } from '../integrations/index.ts'
import type { Reader } from '../storage/transaction.ts'
import {
  type CompiledMessage,
  type MergeValues,
  messageValues,
  type Templates,
  unsubscribeMailto,
} from '../templates/index.ts'
import { type Breaker, campaignBreaker } from './breaker.ts'
import type { Heir } from './heir-store.ts'
import type { Prepared, Unsendable } from './prepared.ts'
import type { DueMessage } from './queue-store.ts'
import { queueStore } from './queue-store.ts'
import { createThrottle, memoryOf, rateWindow, type Throttle } from './throttle.ts'

/** What a lane keeps of a campaign while it sends it. Content and audience are fixed at launch, so it never grows old. */
export interface CampaignBrief {
  readonly id: string
  readonly name: string
  readonly frozen: FrozenCampaign
  readonly compiled: CompiledMessage
  readonly throttle: Throttle
  readonly breaker: Breaker
}

/** Loads a campaign for an account; `since` is from when on its answers count for the breaker. Null when it has no fixed content. */
export async function loadBrief(
  parts: { readonly campaigns: Campaigns; readonly templates: Templates },
  reader: Reader,
  of: { readonly campaignId: string; readonly senderId: string; readonly now: number; readonly since: number },
): Promise<CampaignBrief | null> {
  const { id, name, frozen, ratePerSecond } = await parts.campaigns.state(reader, of.campaignId)
  if (frozen === null) return null
  const compiled = parts.templates.compile(frozen.content, frozen.fallbacks)
  const windows = ratePerSecond === null ? [] : [rateWindow(ratePerSecond)]
  const { ms, count } = memoryOf(windows)
  const past = await queueStore.startsOfCampaign(reader, of, of.now - ms, count)
  const { answered, bounced } = await queueStore.answers(reader, id, of.since)
  return {
    id,
    name,
    frozen,
    compiled,
    throttle: createThrottle(windows, past),
    breaker: campaignBreaker(answered, bounced),
  }
}

/** Fills the message in for one recipient, or for who she was merged into; `values` is undefined when the contact is gone. */
export function prepare(
  brief: CampaignBrief,
  account: SendingAccount,
  due: DueMessage,
  values: MergeValues | undefined,
  heir?: Heir,
): Prepared | Unsendable {
  const { frozen } = brief
  const address = heir === undefined ? due.address : heir.address
  const target = { messageId: due.id, campaignId: brief.id, contactId: due.contactId, address: address ?? due.address }
  if (values === undefined) return { kind: 'unsendable', ...target, reason: 'contact_deleted', problem: '' }
  if (address === null) return { kind: 'unsendable', ...target, reason: 'no_address', problem: '' }
  const from = { name: frozen.fromName || account.fromName, address: account.fromAddress }
  const facts = { messageId: due.id, campaignName: brief.name, fromName: from.name, fromAddress: from.address }
  const rendering = brief.compiled.render(values, messageValues(facts))
  if (rendering.kind === 'failed') {
    return { kind: 'unsendable', ...target, reason: 'render_failed', problem: rendering.problem }
  }
  const { message } = rendering
  const head = { messageId: due.id, campaignId: brief.id, to: address, from }
  return {
    kind: 'prepared',
    ...target,
    personId: heir?.personId ?? due.contactId,
    segments: message.channel === 'sms' ? message.measure.segments : null,
    envelope: envelopeOf(head, message, {
      replyTo: frozen.replyTo || account.replyTo,
      unsubscribeMailto: frozen.draft.category === 'marketing' ? unsubscribeMailto(from.address, due.id) : '',
    }),
  }
}
