import type { AppEvent } from '../shared/contract/events.ts'
import { createAccounts } from './accounts/accounts.ts'
import { createAnalytics } from './analytics/analytics.ts'
import { createCampaigns } from './campaigns/campaigns.ts'
import { createCompliance } from './compliance/compliance.ts'
import { createContacts } from './contacts/contacts.ts'
import { eventStream } from './event-stream.ts'
import { createIntegrations } from './integrations/integrations.ts'
import { createBackgroundWork } from './kernel/background.ts'
import { createEventBus } from './kernel/event-bus.ts'
import { createIds } from './kernel/ids.ts'
import type { Kernel } from './kernel/kernel.ts'
import type { Ports } from './ports.ts'
import { providerReactions } from './provider-reactions.ts'
import { practiceReactions } from './reactions.ts'
import { type AppRouter, createRouter } from './router.ts'
import { activityHandlers } from './scheduling/activity.ts'
import { createJobs } from './scheduling/jobs.ts'
import { createScheduler } from './scheduling/scheduler.ts'
import { createSegments } from './segments/segments.ts'
import { createSending } from './sending/sending.ts'
import { openStorage } from './storage/database.ts'
import { createFiles, type Files } from './storage/files.ts'
import { createTemplates } from './templates/templates.ts'
import { createWorkspace } from './workspace/workspace.ts'

/** The running application: what hosts put a surface on. */
export interface App {
  readonly router: AppRouter
  readonly kernel: Kernel
  readonly files: Files
  /** Begins due work: jobs, planning, sending. */
  start(): void
  /** True when nothing is due and nothing is under way. */
  isIdle(): Promise<boolean>
  /** How many messages are on the wire or due now. */
  sendingCount(): Promise<number>
  onEvent(run: (event: AppEvent) => void): () => void
  /** Lets what is under way come to a safe point, then closes the workspace. */
  close(): Promise<void>
}

/** Opens the workspace and puts the domains together. The only place that knows every domain. */
export async function createApp(ports: Ports): Promise<App> {
  const { clock, random, log } = ports
  const work = createBackgroundWork(log)
  const kernel: Kernel = {
    clock,
    random,
    log,
    ids: createIds(clock, random),
    events: createEventBus(error => log.error('event.listener_failed', { message: String(error) })),
    background: work.run,
  }
  const storage = await openStorage(ports.folder, clock)
  const runId = kernel.ids.next()
  const files = createFiles(ports.folder, random)
  const scheduler = createScheduler(kernel, storage.reader)
  const jobs = createJobs(kernel, storage, scheduler, runId)
  const base = { kernel, storage, scheduler, jobs, files, runId }

  const accounts = createAccounts(base)
  const compliance = createCompliance({ ...base, accounts })
  const contacts = createContacts({ ...base, accounts, compliance, importReader: ports.importReader })
  const segments = createSegments({ ...base, accounts, catchUp: contacts.figures.catchUp })
  const templates = createTemplates({ ...base, accounts, folder: ports.folder })
  const integrations = createIntegrations({ ...base, accounts, secrets: ports.secrets, resolver: ports.resolver })
  const campaigns = createCampaigns({ ...base, accounts, segments, templates, integrations })
  const sending = createSending({
    ...base,
    press: ports.press,
    accounts,
    compliance,
    segments,
    templates,
    integrations,
    campaigns,
  })
  const analytics = createAnalytics({ ...base, accounts })
  const workspace = createWorkspace({ ...base, accounts, sending, ports })

  accounts.onMemberRemoved(contacts.passOn)
  integrations.onProviderEvents(providerReactions({ ...base, compliance, sending, integrations }))
  integrations.onPracticeEvent(practiceReactions({ ...base, compliance, sending }))
  await accounts.ensureDefaults()
  await integrations.ensurePractice()
  await jobs.recover()
  await sending.recover()

  const router = createRouter({
    actor: accounts.currentActor,
    ids: kernel.ids,
    log,
    handlers: {
      workspace: workspace.handlers,
      team: accounts.handlers,
      contacts: contacts.handlers.contacts,
      lists: contacts.handlers.lists,
      compliance: compliance.handlers,
      policy: compliance.policyHandlers,
      suppressionLists: compliance.listHandlers,
      changes: contacts.handlers.changes,
      imports: contacts.handlers.imports,
      purchases: contacts.handlers.purchases,
      contactEvents: contacts.handlers.contactEvents,
      scores: contacts.handlers.scores,
      duplicates: contacts.handlers.duplicates,
      segments: segments.handlers,
      templates: templates.handlers,
      media: templates.media.handlers,
      campaigns: campaigns.handlers.campaigns,
      approvals: campaigns.handlers.approvals,
      sending: sending.handlers,
      analytics: analytics.handlers,
      senders: integrations.handlers.senders,
      practice: integrations.handlers.practice,
      activity: activityHandlers({ ...base, accounts, sending }),
      events: { stream: (_input, context) => Promise.resolve(eventStream(kernel.events, context.signal)) },
    },
  })

  return {
    router,
    kernel,
    files,
    start() {
      kernel.background('integrations', integrations.start())
      scheduler.start()
      sending.start()
      contacts.figures.start(async () => (await sending.activeCount()) > 0)
    },
    isIdle: async () => (await jobs.isIdle()) && (await sending.isIdle()),
    sendingCount: () => sending.activeCount(),
    onEvent: run => kernel.events.subscribe(run),
    async close() {
      contacts.stopChecks()
      segments.stop()
      await scheduler.stop()
      await contacts.figures.stop()
      await sending.stop()
      await jobs.stop()
      await integrations.stop()
      await work.settled()
      await storage.close()
    },
  }
}
