import { sql } from 'kysely'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { CampaignDraft, type CampaignMode } from '../../../src/shared/contract/campaigns.ts'
import type { PersonChannel } from '../../../src/shared/contract/define.ts'
import { timeoutMs } from '../../../src/shared/domain/channel-timeouts.ts'
import { type SendWorld, UNLIMITED } from './send-world.ts'

const CONTENT = {
  email: { channel: 'email', subject: 'Hello', preheader: '', html: '<p>Hi</p>', text: 'Hi' },
  sms: { channel: 'sms', text: 'Hi by SMS' },
  whatsapp: { channel: 'whatsapp', message: { kind: 'text', text: 'Hi by WhatsApp' } },
  voice: { channel: 'voice', script: 'Hi by phone', voice: 'Polly.Joanna', language: 'en-US' },
} as const

const PROVIDER = { sms: 'vonage', whatsapp: 'whatsapp', voice: 'twilio_voice', social: 'slack' } as const
const SETTINGS = {
  ...{ apiKey: 'k', smartEncoding: false, fromName: 'Test', fromAddress: 'Test', replyTo: '', apiBase: '' },
  ...{ accountSid: 'A', apiKeySid: '', messagingServiceSid: '', machineDetection: false },
  ...{ phoneNumberId: '1', businessAccountId: '1', graphVersion: 'v25.0' },
}

/** The account of the test that sends on a channel. */
export const accountOf = (channel: PersonChannel): string =>
  channel === 'email' ? 'test-account' : `${channel}-account`

/** Adds an account for a channel, once. */
export async function anAccount(world: SendWorld, id: string, channel: keyof typeof PROVIDER): Promise<void> {
  const now = world.clock.now()
  const settings = JSON.stringify({ ...SETTINGS, provider: PROVIDER[channel] })
  await sql`insert or ignore into senders values (${id}, ${channel}, ${PROVIDER[channel]}, ${id}, ${settings},
    ${JSON.stringify(UNLIMITED)}, 'running', '', null, 1, ${now}, ${now}, null)`.execute(world.storage.db)
}

/** Gives everybody a phone number of her own; those named have none. */
export async function phones(world: SendWorld, without: readonly string[] = []): Promise<void> {
  await sql`update contacts set phone = '+1202555' || substr('0000' || no, -4)
    where id not in (select value from json_each(${JSON.stringify(without)}))`.execute(world.storage.db)
}

/** A campaign to the whole list on these channels that has just been launched. */
export async function launchModes(
  world: SendWorld,
  mode: CampaignMode,
  channels: readonly PersonChannel[],
): Promise<string> {
  for (const channel of channels) if (channel !== 'email') await anAccount(world, accountOf(channel), channel)
  const id = world.kernel.ids.next()
  const [first = 'email', ...rest] = channels
  const draft = CampaignDraft.parse({
    channel: first,
    category: 'transactional',
    audience: { listIds: ['list'] },
    mode,
    further: rest.map(channel => ({ channel })),
  })
  const part = (channel: PersonChannel) => ({
    content: CONTENT[channel],
    senderId: accountOf(channel),
    fromName: 'Test',
    replyTo: '',
  })
  const further = rest.map(channel => ({ ...part(channel), channel, timeoutMs: timeoutMs(channel, null) }))
  const frozen = { ...part(first), fallbacks: {}, draft, further, destinations: [] }
  await begin(world, id, first, draft, frozen)
  return id
}

/** A post to these accounts. */
export async function launchPost(world: SendWorld, senderIds: readonly string[]): Promise<string> {
  for (const senderId of senderIds) await anAccount(world, senderId, 'social')
  const id = world.kernel.ids.next()
  const draft = CampaignDraft.parse({ channel: 'social', audience: {}, destinationIds: senderIds })
  const content = { channel: 'social', text: 'News of {{company_name}}', link: '', imageLink: '' }
  const destinations = senderIds.map(senderId => ({ senderId, name: `Place ${senderId}` }))
  const frozen = { content, senderId: senderIds[0] ?? '', fromName: '', replyTo: '', fallbacks: {}, draft, further: [] }
  await begin(world, id, 'social', draft, { ...frozen, destinations })
  return id
}

async function begin(
  world: SendWorld,
  id: string,
  channel: string,
  draft: CampaignDraft,
  frozen: Readonly<Record<string, unknown>> & { readonly senderId: string },
): Promise<void> {
  const now = world.clock.now()
  await transaction(world.storage.db, async tx => {
    await sql`insert into campaigns values (${id}, 'Campaign', ${channel}, 'running', ${JSON.stringify(draft)},
      ${JSON.stringify(frozen)}, ${frozen.senderId}, ${now}, 'none', '', 0, '', 0, 'm', ${now}, ${now}, ${now}, null)`.execute(
      tx,
    )
    await sql`insert into jobs (id, kind, subject, payload, state, due_at, attempts, created_at) values
      (${world.kernel.ids.next()}, 'campaign.plan', ${id}, ${JSON.stringify({ campaignId: id })}, 'waiting', ${now}, 0, ${now})`.execute(
      tx,
    )
  })
  world.scheduler.wake()
}

/** Writes that a provider told of a message afterwards, as the polling does. */
export async function tell(
  world: SendWorld,
  campaignId: string,
  event: {
    readonly step: number
    readonly kind: 'delivered' | 'failed' | 'bounced' | 'opened'
    readonly contactId: string
  },
): Promise<void> {
  const [row] = await world.rows<{ id: string }>(
    'select id from messages where campaign_id = ? and contact_id = ? and step = ?',
    campaignId,
    event.contactId,
    event.step,
  )
  const messageId = row?.id ?? ''
  await transaction(world.storage.db, tx =>
    world.sending.record(tx, [
      {
        kind: event.kind,
        campaignId,
        messageId,
        contactId: event.contactId,
        at: world.clock.now(),
        eventKey: `told:${messageId}:${event.kind}`,
        data: {},
      },
    ]),
  )
  world.kernel.events.publish({ kind: 'changed', entity: 'message', ids: [messageId] })
  await world.settle()
}

/** Moves the clock on as a night does: at once, and then a minute in which everything looks at the time again. */
export async function later(world: SendWorld, ms: number): Promise<void> {
  world.clock.jump(world.clock.now() + ms)
  await world.advance(61_000)
}

/** The state and reason of each message of a campaign, by contact and step. */
export async function fates(world: SendWorld, campaignId: string): Promise<Record<string, readonly string[]>> {
  const rows = await world.rows<{ contactId: string; fates: string }>(
    `select contact_id as contactId, json_group_array(state || iif(reason = '', '', ' ' || reason)) as fates from (
       select contact_id, state, reason from messages where campaign_id = ? order by contact_id, step) group by contact_id`,
    campaignId,
  )
  return Object.fromEntries(rows.map(row => [row.contactId, JSON.parse(row.fates)]))
}
