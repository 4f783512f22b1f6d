import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAccounts } from '../../../src/main/accounts/accounts.ts'
import { createAnalytics } from '../../../src/main/analytics/analytics.ts'
import { createCampaigns } from '../../../src/main/campaigns/campaigns.ts'
import { createCompliance } from '../../../src/main/compliance/compliance.ts'
import type { Envelope, Provider, SendOutcome } from '../../../src/main/integrations/index.ts'
import { createIntegrations } from '../../../src/main/integrations/integrations.ts'
import { createEventBus } from '../../../src/main/kernel/event-bus.ts'
import { createIds } from '../../../src/main/kernel/ids.ts'
import type { Kernel } from '../../../src/main/kernel/kernel.ts'
import { createLog, silentLog } from '../../../src/main/kernel/log.ts'
import { seededRandom } from '../../../src/main/kernel/random.ts'
import type { Actor, RequestContext } from '../../../src/main/request.ts'
import { createJobs } from '../../../src/main/scheduling/jobs.ts'
import { createScheduler } from '../../../src/main/scheduling/scheduler.ts'
import { createSegments } from '../../../src/main/segments/segments.ts'
import { inlinePress } from '../../../src/main/sending/press/press-work.ts'
import { createSending } from '../../../src/main/sending/sending.ts'
import { openStorage } from '../../../src/main/storage/database.ts'
import { createFiles } from '../../../src/main/storage/files.ts'
import { transaction } from '../../../src/main/storage/transaction.ts'
import { createTemplates } from '../../../src/main/templates/templates.ts'
import { CampaignDraft } from '../../../src/shared/contract/campaigns.ts'
import type { AppEvent } from '../../../src/shared/contract/events.ts'
import type { Policy } from '../../../src/shared/contract/policy.ts'
import type { SenderLimits } from '../../../src/shared/contract/sender-settings.ts'
import { openPolicy, savedPolicy } from '../../support/open-policy.ts'
import { plainSecrets } from '../../support/plain-secrets.ts'
import { scriptedResolver } from '../../support/scripted-resolver.ts'
import { TestClock } from '../../support/test-clock.ts'

/** What a test lets the network do: an outcome for each message, at once or later. */
export type Wire = (envelope: Envelope, signal: AbortSignal) => Promise<SendOutcome>

export const accepted: Wire = async envelope => ({
  kind: 'accepted',
  providerMessageId: `p-${envelope.messageId}`,
  reply: '250 ok',
})

/** An outcome that is no acceptance. */
export function refusal(
  kind: 'rejected' | 'deferred' | 'unknown',
  faultClass: 'permanent_address' | 'permanent_message' | 'policy_sender' | 'temporary' | 'uncertain' | 'account',
  code = '550 5.1.1',
): SendOutcome {
  return { kind, fault: { class: faultClass, code, reply: 'scripted' } }
}

export const UNLIMITED: SenderLimits = {
  perSecond: null,
  perMinute: null,
  perHour: null,
  perDay: null,
  concurrency: 5,
  families: [],
  warmUp: null,
}

export interface SendWorld extends AsyncDisposable {
  readonly clock: TestClock
  readonly kernel: Kernel
  readonly folder: string
  readonly sending: ReturnType<typeof createSending>
  readonly campaigns: ReturnType<typeof createCampaigns>
  readonly compliance: ReturnType<typeof createCompliance>
  readonly analytics: ReturnType<typeof createAnalytics>
  readonly storage: Awaited<ReturnType<typeof openStorage>>
  readonly scheduler: ReturnType<typeof createScheduler>
  readonly accounts: ReturnType<typeof createAccounts>
  readonly events: readonly AppEvent[]
  readonly context: RequestContext
  /** Every envelope that was handed to the wire, with when. */
  readonly sent: { readonly messageId: string; readonly to: string; readonly at: number; readonly envelope: Envelope }[]
  wire: Wire
  limits(limits: SenderLimits): Promise<void>
  /** Adds contacts `name1@example.org` …, on the list. */
  people(count: number, name?: string): Promise<readonly string[]>
  /** A campaign to everybody that has just been launched. */
  launch(draft?: Partial<CampaignDraft>): Promise<string>
  /** Lets everything go on that does not wait for the clock. */
  settle(): Promise<void>
  advance(ms: number): Promise<void>
  rows<R>(sql: string, ...parameters: (string | number)[]): Promise<R[]>
  /** Messages by state. */
  states(campaignId: string): Promise<Record<string, number>>
  /** Closes it without letting anything end, as a kill would, and opens the same folder again. */
  kill(): Promise<SendWorld>
  close(): Promise<void>
}

const SENDER = 'test-account'

/** Real domains on a real file; only the clock and the network are made up. */
export async function createSendWorld(
  options: { clock?: TestClock; folder?: string; start?: boolean; log?: boolean; seed?: number; policy?: Policy } = {},
): Promise<SendWorld> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'tidings-send-')))
  const clock = options.clock ?? new TestClock('2026-03-02T09:00:00Z')
  const random = seededRandom(options.seed ?? 7)
  const events: AppEvent[] = []
  const open = new Map<Promise<unknown>, string>()
  const log = options.log ? createLog(clock, line => process.stderr.write(`${line}\n`)) : silentLog
  const failures: unknown[] = []
  const kernel: Kernel = {
    clock,
    random,
    log,
    ids: createIds(clock, random),
    events: createEventBus(error => failures.push(error)),
    background(name, work) {
      const guarded = work.catch((error: unknown) => failures.push(error)).finally(() => open.delete(guarded))
      open.set(guarded, name)
    },
  }
  kernel.events.subscribe(event => events.push(event))
  const storage = await openStorage(folder, clock)
  const runId = kernel.ids.next()
  const files = createFiles(folder, random)
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, runId)
  const base = { kernel, storage, scheduler, jobs, files, runId }
  const accounts = createAccounts(base)
  const compliance = createCompliance({ ...base, accounts })
  const segments = createSegments({ ...base, accounts, catchUp: async () => undefined })
  const templates = createTemplates({ ...base, accounts, folder })
  const real = createIntegrations({
    ...base,
    accounts,
    secrets: plainSecrets,
    resolver: scriptedResolver({ isOffline: true }),
  })
  const sent: SendWorld['sent'] = []
  let dead = false
  const provider: Provider = {
    async send(envelope, signal) {
      if (dead) return new Promise(() => undefined)
      sent.push({ messageId: envelope.messageId, to: envelope.to, at: clock.now(), envelope })
      const outcome = await world.wire(envelope, signal)
      // After a kill nobody hears the answer.
      return dead ? new Promise(() => undefined) : outcome
    },
    close: async () => undefined,
  }
  const integrations = { ...real, provider: async () => provider }
  const campaigns = createCampaigns({ ...base, accounts, segments, templates, integrations })
  const sending = createSending({
    ...base,
    press: inlinePress(),
    accounts,
    compliance,
    segments,
    templates,
    integrations,
    campaigns,
  })
  const analytics = createAnalytics({ ...base, accounts })
  await accounts.ensureDefaults()
  // Tests of sending are about other things than the usual caps; those that are about them save a policy.
  await transaction(storage.db, tx =>
    accounts.setSetting(tx, 'compliance.policy', savedPolicy(options.policy ?? openPolicy())),
  )
  const actor: Actor = await accounts.currentActor()
  const context: RequestContext = { actor, requestId: 'test', signal: undefined }
  let people = 0

  const rows = async <R>(text: string, ...parameters: (string | number)[]): Promise<R[]> => {
    const { CompiledQuery } = await import('kysely')
    const result = await storage.reader.executeQuery<R>(CompiledQuery.raw(text, parameters))
    return result.rows
  }
  const write = async (text: string, ...parameters: (string | number | null)[]): Promise<void> => {
    const { CompiledQuery } = await import('kysely')
    await storage.db.executeQuery(CompiledQuery.raw(text, parameters))
  }

  async function settle(): Promise<void> {
    // Three looks in a row: what ended may have begun something new.
    for (let quiet = 0; quiet < 3; ) {
      const busy = [...open.values()].some(name => name !== 'sending.lane' && name !== 'sending.attempt')
      quiet = busy || !sending.isResting() ? 0 : quiet + 1
      await new Promise(resolve => setImmediate(resolve))
    }
    if (failures.length > 0) throw new AggregateError(failures, `in the background: ${failures.map(String).join('; ')}`)
  }

  const [known] = await rows<{ id: string }>('select id from senders where id = ?', SENDER)
  if (!known) {
    const settings = {
      provider: 'smtp',
      host: 'mail.test',
      port: 587,
      security: 'none',
      user: '',
      fromName: 'Test',
      fromAddress: 'news@sender.test',
      replyTo: '',
      allowInvalidCertificate: false,
    }
    await write(
      `insert into senders values (?, 'email', 'smtp', 'Test account', ?, ?, 'running', '', null, 1, ?, ?, null)`,
      SENDER,
      JSON.stringify(settings),
      JSON.stringify(UNLIMITED),
      clock.now(),
      clock.now(),
    )
    await write(`insert into lists values (1, 'list', 'List', 'list', '', ?, ?)`, clock.now(), clock.now())
  }

  const world: SendWorld = {
    clock,
    kernel,
    folder,
    sending,
    campaigns,
    compliance,
    analytics,
    storage,
    scheduler,
    accounts,
    events,
    context,
    sent,
    wire: accepted,
    rows,
    settle,
    async limits(limits) {
      await write('update senders set limits = ? where id = ?', JSON.stringify(limits), SENDER)
      kernel.events.publish({ kind: 'changed', entity: 'sender', ids: [SENDER] })
    },
    async people(count, name = 'person') {
      const ids = Array.from({ length: count }, () => kernel.ids.next())
      const values = ids.map(id => [id, `${name}${++people}@example.org`])
      await write(
        `insert into contacts (id, revision, first_name, last_name, company, email, email_key, twin, street, city, region, postal_code,
          country, source, lead_status, lead_quality, lead_score, socials, custom, created_at, updated_at)
         select value ->> 0, 1, 'Ann', 'Lee', '', value ->> 1, lower(value ->> 1), 0, '', '', '', '', '', 'test', '', '', 0, '{}', '{}',
          ${clock.now()}, ${clock.now()} from json_each(?)`,
        JSON.stringify(values),
      )
      await write(
        `insert into list_members select 1, contacts.no, 'active', 0, 'test', 'test', 0
         from json_each(?) as asked cross join contacts on contacts.id = asked.value`,
        JSON.stringify(ids),
      )
      return ids
    },
    async launch(changes = {}) {
      const id = kernel.ids.next()
      const draft = CampaignDraft.parse({ channel: 'email', audience: { listIds: ['list'] }, ...changes })
      const frozen = {
        content: {
          channel: 'email',
          subject: 'Hello {{first_name}}',
          preheader: '',
          html: '<p>Hi {{first_name}}</p>',
          text: 'Hi',
        },
        fallbacks: {},
        draft,
        senderId: SENDER,
        fromName: 'Test',
        replyTo: '',
      }
      await write(
        `insert into campaigns values (?, 'Campaign', 'email', 'running', ?, ?, ?, ?, 'none', '', 0, '', 0, 'm', ?, ?, ?, null)`,
        id,
        JSON.stringify(draft),
        JSON.stringify(frozen),
        SENDER,
        clock.now(),
        clock.now(),
        clock.now(),
        clock.now(),
      )
      await transaction(storage.db, tx =>
        jobs.add(tx, { kind: 'campaign.plan', subject: id, payload: { campaignId: id }, dueAt: clock.now() }),
      )
      scheduler.wake()
      return id
    },
    advance: ms => clock.advance(ms, settle),
    async states(campaignId) {
      const found = await rows<{ state: string; n: number }>(
        'select state, count(*) as n from messages where campaign_id = ? group by state',
        campaignId,
      )
      return Object.fromEntries(found.map(row => [row.state, row.n]))
    },
    async kill() {
      dead = true
      await scheduler.stop()
      await storage.close()
      return createSendWorld({ ...options, clock, folder, seed: (options.seed ?? 7) + 1 })
    },
    async close() {
      dead = true
      await scheduler.stop()
      await storage.close()
    },
    async [Symbol.asyncDispose]() {
      await world.close().catch(() => undefined)
      await rm(folder, { recursive: true, force: true })
    },
  }
  await jobs.recover()
  await sending.recover()
  if (options.start !== false) {
    scheduler.start()
    sending.start()
  }
  return world
}
