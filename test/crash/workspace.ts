import { sql } from 'kysely'
import { keyFileSecrets } from '../../src/main/host/node-secrets.ts'
import { systemClock } from '../../src/main/kernel/clock.ts'
import { systemRandom } from '../../src/main/kernel/random.ts'
import { openStorage } from '../../src/main/storage/database.ts'
import { transaction } from '../../src/main/storage/transaction.ts'
import type { Client } from '../../src/shared/contract/client.ts'
import { CampaignId, type SenderId } from '../../src/shared/contract/define.ts'
import { Policy } from '../../src/shared/contract/policy.ts'
import { createTestApp } from '../support/create-test-app.ts'

/** What a prepared workspace holds. */
export interface PreparedCampaign {
  readonly campaignId: string
  readonly recipients: number
}

/** How a workspace is to be prepared. */
export interface Preparation {
  readonly folder: string
  readonly recipients: number
  /** Where the account sends to. */
  readonly port: number
  readonly connections: number
  readonly html: string
  readonly text: string
}

export const POSTAL_ADDRESS = 'Tidings, 1 Main Street, Springfield'
const ACCOUNT = 'Sink'
const HTTP_ACCOUNT = 'Sink by HTTP'
const UNLIMITED = { perSecond: null, perMinute: null, perHour: null, perDay: null, families: [], warmUp: null }
const SUBJECT = 'News for {{first_name}}'

/** Makes a workspace with contacts, an account without limits and a campaign that was launched; nothing of it is planned or sent yet. */
export async function prepareWorkspace(preparation: Preparation): Promise<PreparedCampaign> {
  const { folder, recipients } = preparation
  await insertContacts(folder, recipients)
  await using test = await createTestApp({ folder, start: false })
  const api = test.client
  await api.workspace.saveSettings({
    ...(await api.workspace.settings({})),
    organisation: 'Tidings',
    postalAddress: POSTAL_ADDRESS,
  })
  // Everybody gets every campaign, however soon after another.
  const { channels, ...policy } = Policy.parse({})
  const email = { ...channels.email, caps: [] }
  await api.policy.save({ policy: { ...policy, channels: { ...channels, email } }, reason: 'It goes to a sink' })
  const limits = { ...UNLIMITED, concurrency: preparation.connections }
  const account = await api.senders.save({
    id: null,
    channel: 'email',
    name: ACCOUNT,
    settings: {
      provider: 'smtp',
      host: '127.0.0.1',
      port: preparation.port,
      security: 'none',
      user: '',
      fromName: 'Tidings',
      fromAddress: 'news@sender.test',
      replyTo: '',
      allowInvalidCertificate: false,
    },
    limits,
  })
  const campaignId = await launchCampaign(api, { ...preparation, senderId: account.id })
  return { campaignId, recipients }
}

/** Adds an account of an HTTP provider (Postmark's API) to a prepared workspace that no process has open. */
export async function addHttpAccount(folder: string, port: number, connections: number): Promise<void> {
  // The worker must be able to read the token.
  const secrets = keyFileSecrets(folder, systemRandom())
  await using test = await createTestApp({ folder, start: false, secrets })
  await test.client.senders.save({
    id: null,
    channel: 'email',
    name: HTTP_ACCOUNT,
    settings: {
      provider: 'postmark',
      messageStream: 'broadcast',
      fromName: 'Tidings',
      fromAddress: 'news@sender.test',
      replyTo: '',
      apiBase: `http://127.0.0.1:${port}`,
    },
    secrets: { serverToken: 'a-token' },
    limits: { ...UNLIMITED, concurrency: connections },
  })
}

/** Launches one more campaign to everybody through an account of a prepared workspace that no process has open. */
export async function launchAnother(
  preparation: Omit<Preparation, 'port' | 'connections'>,
  through: 'smtp' | 'http',
): Promise<PreparedCampaign> {
  await using test = await createTestApp({ folder: preparation.folder, start: false })
  const { senders } = await test.client.senders.list({})
  const account = senders.find(sender => sender.name === (through === 'smtp' ? ACCOUNT : HTTP_ACCOUNT))
  if (!account) throw new Error('the account of the workspace is gone')
  const campaignId = await launchCampaign(test.client, { ...preparation, senderId: account.id })
  return { campaignId, recipients: preparation.recipients }
}

/** Goes on with campaigns of a workspace that no process has open; nothing is sent yet. */
export async function resumeCampaigns(folder: string, ids: readonly string[]): Promise<void> {
  await using test = await createTestApp({ folder, start: false })
  for (const id of ids) await test.client.campaigns.resume({ id: CampaignId.parse(id) })
}

type Launch = Pick<Preparation, 'recipients' | 'html' | 'text'> & { readonly senderId: SenderId }

async function launchCampaign(api: Client, { recipients, html, text, senderId }: Launch): Promise<string> {
  const { id } = await api.campaigns.create({ name: 'To everybody', channel: 'email' })
  await api.campaigns.saveDraft({
    id,
    name: 'To everybody',
    draft: {
      channel: 'email',
      audience: { everyone: true },
      content: { channel: 'email', subject: SUBJECT, preheader: '', html, text },
      senderId,
    },
  })
  const asked = await api.campaigns.requestApproval({ id })
  if (!asked.approval) throw new Error('no approval was asked for')
  // Nobody approves what she asked for herself.
  const { members } = await api.team.list({})
  const owner = (await api.workspace.overview({})).member.id
  const approver = members.find(member => member.role === 'approver' && member.id !== owner)
  if (!approver) throw new Error('there is nobody to approve')
  await api.team.switchTo({ id: approver.id })
  await api.approvals.decide({ id: asked.approval.id, decision: 'approve' })
  await api.team.switchTo({ id: owner })
  await api.campaigns.launch({ id, expected: recipients })
  return id
}

async function insertContacts(folder: string, count: number): Promise<void> {
  const clock = systemClock()
  const storage = await openStorage(folder, clock)
  const now = clock.now()
  const BATCH = 5000
  try {
    for (let from = 0; from < count; from += BATCH) {
      const most = Math.min(BATCH, count - from)
      await transaction(storage.db, tx =>
        sql`
          with recursive series (value) as (select 0 union all select value + 1 from series where value + 1 < ${most})
          insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, street, city, region, postal_code,
            country, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at)
          select printf('%032d', cast(${from} as integer) + value), 1, 'Ann' || value, 'Lee', 'Company ' || value,
            'person' || (${from} + value) || '@example.org', 'person' || (${from} + value) || '@example.org', 0,
            '', 'Springfield', '', '', 'US', 'test', '', '', 0, '[]', '{}', ${now}, ${now}
          from series`.execute(tx),
      )
    }
  } finally {
    await storage.close()
  }
}

/** Pauses every account of a workspace that no process has open. */
export async function pauseAccounts(folder: string): Promise<void> {
  await using test = await createTestApp({ folder, start: false })
  const { senders } = await test.client.senders.list({})
  for (const { id } of senders) await test.client.senders.pause({ id })
}
