import { AppError } from '../../shared/contract/failure.ts'
import type { Accounts } from '../accounts/index.ts'
import type { Campaigns } from '../campaigns/index.ts'
import type { Compliance } from '../compliance/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import type { Integrations } from '../integrations/index.ts'
import type { Segments } from '../segments/index.ts'
import { transaction } from '../storage/transaction.ts'
import type { Templates } from '../templates/index.ts'
import { createCampaignEnds } from './campaign-ends.ts'
import { createCampaignWatch } from './campaign-watch.ts'
import { createChangeNotices } from './change-notices.ts'
import { fateStore } from './fate-store.ts'
import { createFeedbackWatch } from './feedback-watch.ts'
import type { Sending } from './index.ts'
import { ledgerStore } from './ledger-store.ts'
import { liveOf } from './live.ts'
import { messageMatchStore } from './message-match-store.ts'
import { messageStore } from './message-store.ts'
import { createTurns } from './modes/turns.ts'
import { planJob } from './planner.ts'
import { createPool } from './pool.ts'
import type { Press } from './press/press.ts'
import { progressOf } from './progress.ts'
import { queueStore } from './queue-store.ts'
import { exportRecipients } from './recipient-export.ts'
import { messagesOfContact, recipientsOf } from './recipients.ts'
import { resolveUnknown } from './resolve-unknown.ts'
import { countRetries, retry } from './retry/retry.ts'
import { verifyLedger } from './verify.ts'
import { whyOf } from './why/why.ts'

/** What sending is made from. */
export interface SendingParts extends DomainParts {
  readonly accounts: Accounts
  readonly compliance: Compliance
  readonly segments: Segments
  readonly templates: Templates
  readonly integrations: Integrations
  readonly campaigns: Campaigns
  readonly press: Press
}

/** Planner, queue, pool and ledger of a workspace, put together. */
export function createSending(parts: SendingParts): Sending {
  const { kernel, storage, scheduler, jobs, campaigns } = parts
  const { reader } = storage
  const notices = createChangeNotices(kernel)
  const ends = createCampaignEnds(parts)
  const feedback = createFeedbackWatch(kernel, reader, ends)
  const pool = createPool({
    ...parts,
    watch: createCampaignWatch({
      clock: kernel.clock,
      reader,
      campaigns,
      countsSince: campaignId => ends.countsSince(campaignId),
    }),
    events: {
      changed(campaignIds) {
        notices.changed(campaignIds)
        turns.wake(campaignIds)
      },
      accountChanged: accountId => kernel.events.publish({ kind: 'changed', entity: 'sender', ids: [accountId] }),
      drained: campaignId => ends.completeIfDone(campaignId),
      campaignTripped: (campaignId, reason) => ends.pause(campaignId, reason),
      campaignWarned: (campaignId, reason) => kernel.background('sending.warning', ends.warn(campaignId, reason)),
      campaignFailed: (campaignId, reason) => ends.fail(campaignId, reason),
      asleep: () => undefined,
    },
  })

  const turns = createTurns({
    ...parts,
    async onMoved(senderIds, campaignIds) {
      notices.changed(campaignIds)
      for (const senderId of senderIds) pool.wake(senderId)
      for (const campaignId of campaignIds) await ends.completeIfDone(campaignId)
    },
  })

  jobs.register(
    planJob({
      ...parts,
      onPlanned(campaignId, senderId) {
        notices.changed([campaignId])
        turns.wake([campaignId])
        pool.wake(senderId)
      },
      onDone: campaignId => ends.completeIfDone(campaignId),
    }),
  )

  campaigns.onMoved((tx, campaignId, wish) => ends.onMoved(tx, campaignId, wish))
  campaigns.afterMoved(async (campaignId, wish) => {
    if (wish === 'pause' || wish === 'cancel' || wish === 'fail') {
      await pool.clear(campaignId)
      // What was on the wire may have come back with a temporary refusal.
      if (wish !== 'pause') await ends.sweep(campaignId)
    }
    if (wish === 'resume') {
      // Its breaker counts anew: a person has seen what happened before.
      await pool.clear(campaignId)
      await ends.completeIfDone(campaignId)
      pool.wakeAll()
    }
  })
  // An account was resumed, allows more than before, or counts its days in another zone.
  kernel.events.subscribe(event => {
    if (event.kind === 'changed' && (event.entity === 'sender' || event.entity === 'settings')) pool.wakeAll()
  })

  // Deliveries, bounces and clicks are written to the ledger by others.
  kernel.events.subscribe(event => {
    if (event.kind === 'changed' && event.entity === 'message') turns.wake(null)
  })

  return {
    async recover() {
      const { doubtful } = await transaction(storage.db, tx => fateStore.recover(tx, kernel.clock.now()), {
        name: 'sending.recover',
      })
      if (doubtful > 0) kernel.log.warn('sending.interrupted', { messages: doubtful })
      for (const id of await fateStore.endedWithWaiting(reader)) await ends.sweep(id)
      for (const { id } of await campaigns.listByStatus(reader, ['running'])) await ends.completeIfDone(id)
    },
    start() {
      pool.start()
      turns.start()
    },
    async stop() {
      await turns.stop()
      await pool.stop()
      await parts.press.close()
      notices.stop()
    },
    isIdle: async () => turns.isResting() && (await pool.isIdle()) && !(await queueStore.hasOpenPlan(reader)),
    activeCount: async () => pool.underWay() + (await queueStore.countDue(reader, kernel.clock.now())),
    isResting: () => turns.isResting() && pool.isResting(),
    findMessage: (from, messageId) => messageStore.find(from, messageId),
    matchMessage: (from, hint) => messageMatchStore.match(from, hint),
    async record(tx, entries) {
      await ledgerStore.append(tx, entries)
      feedback.noted(entries)
    },
    verify: verifyLedger,
    handlers: {
      live: () => liveOf({ ...parts, clock: kernel.clock, reader, paceOf: pool.paceOf }),
      progress: ({ campaignId }) =>
        progressOf({ ...parts, clock: kernel.clock, reader, paceOf: pool.paceOf }, campaignId),
      recipients: ({ offset, limit, ...filter }) => recipientsOf(reader, filter, offset, limit),
      ofContact: ({ contactId, limit }) => messagesOfContact(reader, contactId, limit),
      why: ({ campaignId, contactId }) => whyOf(parts, reader, campaignId, contactId),
      async export({ campaignId, safeForSpreadsheets }, { signal }) {
        const { name } = await campaigns.state(reader, campaignId)
        const fileName = `${name.replace(/[^\p{L}\p{N} ._-]/gu, ' ').trim() || 'campaign'} - recipients.csv`
        return exportRecipients(reader, parts.files, { campaignId, safeForSpreadsheets, fileName, signal })
      },
      async retryPreview({ campaignId }) {
        const failed = await countRetries(parts, campaignId, 'failed')
        return { failed, missed: await countRetries(parts, campaignId, 'missed') }
      },
      async retry(input, { actor }) {
        const reopened = await retry(parts, { ...input, actor: actor.id })
        notices.changed([input.campaignId])
        turns.wake([input.campaignId])
        kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [input.campaignId] })
        pool.wakeAll()
        scheduler.wake()
        return { reopened }
      },
      async resolveUnknown({ campaignId, messageIds, decision }, { actor }) {
        const resolved = await resolveUnknown(parts, { campaignId, messageIds, decision, actor: actor.id })
        if (resolved === 0 && messageIds !== null) {
          throw new AppError('conflict', 'None of these messages is in doubt any more. Look at the list again.')
        }
        notices.changed([campaignId])
        turns.wake([campaignId])
        kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [campaignId] })
        pool.wakeAll()
        scheduler.wake()
        return { resolved }
      },
    },
  }
}
