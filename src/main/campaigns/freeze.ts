import { PersonChannel } from '../../shared/contract/define.ts'
import { AppError } from '../../shared/contract/failure.ts'
import type { MessageContent } from '../../shared/contract/message-content.ts'
import { timeoutMs } from '../../shared/domain/channel-timeouts.ts'
import type { SendingAccount } from '../integrations/index.ts'
import type { FrozenCampaign } from './frozen-campaign.ts'
import type { CampaignSubject } from './subject.ts'

/** Fixes what is sent, by which accounts and to which places; fails where something is missing or a channel comes twice. */
export function freeze(subject: CampaignSubject): FrozenCampaign {
  const { draft, fromName, replyTo, destinations } = subject
  const { content, account } = whole(subject)
  if (draft.channel === 'social' && destinations.length < new Set(draft.destinationIds).size) {
    throw new AppError('conflict', 'A place that the post was to go to is gone. Choose the places again.')
  }
  const channels = [draft.channel, ...subject.further.map(one => one.draft.channel)]
  if (new Set(channels).size < channels.length) {
    throw new AppError('conflict', 'A channel is named twice. Each channel is used once in a campaign.')
  }
  return {
    content,
    fallbacks: draft.fallbacks,
    draft,
    senderId: account.id,
    fromName,
    replyTo,
    further: subject.further.map(frozenChannel),
    destinations: withOwnNames(destinations),
  }
}

function frozenChannel(subject: CampaignSubject): FrozenCampaign['further'][number] {
  const { draft, fromName, replyTo } = subject
  const { content, account } = whole(subject)
  const channel = PersonChannel.parse(draft.channel)
  const senderId = account.id
  return { channel, content, senderId, fromName, replyTo, timeoutMs: timeoutMs(channel, draft.timeoutMinutes) }
}

function whole({ draft, account }: CampaignSubject): {
  readonly content: MessageContent
  readonly account: SendingAccount
} {
  if (!draft.content) throw new AppError('conflict', `The campaign has no message for ${draft.channel}.`)
  if (draft.content.channel !== draft.channel) {
    throw new AppError('conflict', `The message for ${draft.channel} was written for ${draft.content.channel}.`)
  }
  if (!account) throw new AppError('conflict', 'The account that was chosen is gone. Choose another one.')
  return { content: draft.content, account }
}

/** Two places of one name are told apart by a number: a message goes to each place once, by its name. */
function withOwnNames(destinations: readonly SendingAccount[]): FrozenCampaign['destinations'] {
  const taken = new Set<string>()
  return destinations.map(({ id, name }) => {
    let own = name
    for (let n = 2; taken.has(own.toLowerCase()); n++) own = `${name} (${n})`
    taken.add(own.toLowerCase())
    return { senderId: id, name: own }
  })
}
