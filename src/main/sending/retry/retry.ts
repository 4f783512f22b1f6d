import { AppError } from '../../../shared/contract/failure.ts'
import type { Accounts } from '../../accounts/index.ts'
import type { Campaigns } from '../../campaigns/index.ts'
import type { Compliance } from '../../compliance/index.ts'
import type { DomainParts } from '../../domain-parts.ts'
import { transaction } from '../../storage/transaction.ts'
import { isDestination } from '../destination.ts'
import { ledgerStore } from '../ledger-store.ts'
import { livesStore } from '../lives-store.ts'
import { NEVER } from '../plan-store.ts'
import { queueStore } from '../queue-store.ts'
import { type Missed, retryStore } from './retry-store.ts'

/** Which messages are sent again: those that were refused for a passing reason, or all that never left and could go now. */
export type Which = 'failed' | 'missed'

/** What sending again needs. */
export interface RetryParts extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly accounts: Accounts
  readonly campaigns: Campaigns
  readonly compliance: Compliance
}

interface Task {
  readonly campaignId: string
  readonly follow: boolean
  readonly which: Which
}

// A part of the writing takes some 20 ms.
const PAGE = 500

/** How many messages of a campaign would be sent again; nothing is written. 0 for a campaign that sends nothing any more. */
export async function countRetries(parts: RetryParts, campaignId: string, which: Which): Promise<number> {
  const task = await taskOf(parts, campaignId, which)
  if (task === null) return 0
  let count = 0
  for await (const page of pagesOf(parts, task)) count += page.length
  return count
}

/**
 * Lets messages go again that provably never left and whose obstacle has gone. What was accepted, or may have been, is never
 * touched; where channels follow each other nobody whom another channel reached, or still may, is written to. A campaign that was
 * complete is opened again. Every message has a line in the ledger. Broken off, it goes on when it is asked for again.
 */
export async function retry(
  parts: RetryParts,
  input: { readonly campaignId: string; readonly which: Which; readonly expected: number; readonly actor: string },
): Promise<number> {
  const { campaignId, which, expected, actor } = input
  const task = await taskOf(parts, campaignId, which)
  if (task === null) {
    throw new AppError('conflict', 'The campaign has ended and sends nothing more. Duplicate it for these people.')
  }
  const found = await countRetries(parts, campaignId, which)
  if (found !== expected) {
    throw new AppError('conflict', `You saw ${expected} messages, and now there are ${found}. Look again.`, {
      expected,
      found,
    })
  }
  if (found === 0) throw new AppError('conflict', 'There is nothing to send again.')
  await open(parts, { campaignId, which, messages: found, actor })
  let reopened = 0
  for await (const page of pagesOf(parts, task)) reopened += await reopenPage(parts, task, page, actor)
  return reopened
}

async function taskOf({ campaigns, storage }: RetryParts, campaignId: string, which: Which): Promise<Task | null> {
  const { status, frozen, planState } = await campaigns.state(storage.reader, campaignId)
  const isOpen = status === 'running' || status === 'paused' || status === 'completed'
  if (!isOpen || frozen === null || planState !== 'done') return null
  const { mode } = frozen.draft
  return { campaignId, which, follow: mode === 'cascade' || mode === 'backup' }
}

async function open(
  { storage, accounts, campaigns }: RetryParts,
  of: { readonly campaignId: string; readonly which: Which; readonly messages: number; readonly actor: string },
): Promise<void> {
  const { campaignId, which, messages, actor } = of
  await transaction(
    storage.db,
    async tx => {
      await accounts.audit(tx, {
        actor,
        action: 'messages.retried',
        entity: 'campaign',
        entityId: campaignId,
        data: { which, messages },
      })
      const { status } = await campaigns.state(tx, campaignId)
      if (status === 'completed') await campaigns.move(tx, campaignId, 'reopen', { actor, reason: '' })
    },
    { name: 'sending.retry_open' },
  )
}

async function* pagesOf(parts: RetryParts, task: Task): AsyncGenerator<readonly Missed[], void> {
  let after = ''
  for (;;) {
    const rows = await retryStore.missed(parts.storage.reader, task, after, PAGE)
    // The last person of a full page may go on in the next one; nobody is cut in two.
    const cut = rows.length < PAGE ? null : rows.at(-1)?.contactId
    const page = rows.filter(one => one.contactId !== cut)
    if (page.length > 0) yield await allowed(parts, task, page)
    const last = page.at(-1)
    if (cut === null || last === undefined) return
    after = last.contactId
  }
}

/** Those against whom nothing stands any more: the same looks as before anything leaves. */
async function allowed(parts: RetryParts, task: Task, page: readonly Missed[]): Promise<readonly Missed[]> {
  const { storage, campaigns, compliance } = parts
  const { frozen } = await campaigns.state(storage.reader, task.campaignId)
  const listIds = frozen?.draft.audience.listIds ?? []
  const people = page.filter(one => !isDestination(one.contactId))
  const kept = new Set<string>()
  for (const channel of new Set(people.map(one => one.channel))) {
    const own = people.filter(one => one.channel === channel)
    const blocked = await compliance.blocked(storage.reader, channel, own)
    for (const one of own) if (blocked.has(one.contactId)) kept.add(one.id)
  }
  const asked = people.map(one => ({ messageId: one.id, contactId: one.contactId, listIds }))
  for (const messageId of (await queueStore.departed(storage.reader, asked)).keys()) kept.add(messageId)
  return page.filter(one => !kept.has(one.id))
}

/** Makes a page ready, and where channels follow each other, waiting behind the first that she can be reached by. */
async function reopenPage(parts: RetryParts, task: Task, page: readonly Missed[], actor: string): Promise<number> {
  const { kernel, storage } = parts
  if (page.length === 0) return 0
  return transaction(
    storage.db,
    async tx => {
      const now = kernel.clock.now()
      const wishes = task.follow ? inTurn(page, now) : page.map(one => ({ ...one, ...readyAt(now) }))
      const reopened = await retryStore.reopen(tx, wishes, now)
      const suffix = await livesStore.suffixes(tx, [...reopened])
      await ledgerStore.append(
        tx,
        page
          .filter(one => reopened.has(one.id))
          .map(({ id, contactId, state, reason, attempts }) => ({
            kind: 'reopened' as const,
            campaignId: task.campaignId,
            messageId: id,
            contactId,
            at: now,
            eventKey: `${id}:reopened${suffix(id)}`,
            data: { n: attempts, from: state, reason, by: actor },
          })),
      )
      return reopened.size
    },
    { name: 'sending.retry', priority: 'bulk' },
  )
}

type Wish = Missed & { readonly to: 'ready' | 'waiting'; readonly dueAt: number }

const readyAt = (now: number) => ({ to: 'ready' as const, dueAt: now })

/** The first message of each person is ready, the others wait for it. */
function inTurn(page: readonly Missed[], now: number): readonly Wish[] {
  const first = new Map<string, number>()
  for (const { contactId, step } of page) first.set(contactId, Math.min(step, first.get(contactId) ?? step))
  return page.map(one =>
    first.get(one.contactId) === one.step ? { ...one, ...readyAt(now) } : { ...one, to: 'waiting', dueAt: NEVER },
  )
}
