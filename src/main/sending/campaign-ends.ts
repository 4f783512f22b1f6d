import type { CampaignWish } from '../../shared/domain/campaign-status.ts'
import { type Accounts, SYSTEM_ACTOR } from '../accounts/index.ts'
import type { Campaigns } from '../campaigns/index.ts'
import type { DomainParts } from '../domain-parts.ts'
import { type Tx, transaction } from '../storage/transaction.ts'
import { fateStore } from './fate-store.ts'
import { queueStore } from './queue-store.ts'

// A part takes some 40 ms, and sending to others waits no longer than that.
const CANCELLED_AT_ONCE = 2000

/** What the ends of campaigns are made from. */
export interface CampaignEndsParts extends Pick<DomainParts, 'kernel' | 'storage'> {
  readonly accounts: Accounts
  readonly campaigns: Campaigns
}

/** The moves of campaigns that sending makes by itself, and what it does when others move them. */
export interface CampaignEnds {
  /** Completes a running campaign that is planned to the end and has nothing open. Asking twice is harmless. */
  completeIfDone(campaignId: string): Promise<void>
  /** Pauses a running campaign and tells why. */
  pause(campaignId: string, reason: string): Promise<void>
  /** Tells a person of something that is not bad enough to pause a campaign. */
  warn(campaignId: string, reason: string): Promise<void>
  /** Ends a campaign that can never be sent. */
  fail(campaignId: string, reason: string): Promise<void>
  /** Cancels what came back to ready after its campaign had ended. */
  sweep(campaignId: string): Promise<void>
  /** Goes with every move, in its transaction. */
  onMoved(tx: Tx, campaignId: string, wish: CampaignWish): Promise<void>
  /** From when on the answers of a campaign count for its breaker: a person who resumes has seen the earlier ones. */
  countsSince(campaignId: string): Promise<number>
}

/** Ends of campaigns. */
export function createCampaignEnds(parts: CampaignEndsParts): CampaignEnds {
  const { kernel, storage, accounts, campaigns } = parts
  const { clock } = kernel
  const resumedKey = (campaignId: string): string => `sending.resumed.${campaignId}`
  const changed = (campaignId: string): void => {
    kernel.events.publish({ kind: 'changed', entity: 'campaign', ids: [campaignId] })
    kernel.events.publish({ kind: 'changed', entity: 'message', ids: [] })
  }
  const notice = (level: 'success' | 'warning' | 'error', title: string, text: string, campaignId: string): void =>
    kernel.events.publish({ kind: 'notice', level, title, text, link: `/campaigns/${campaignId}` })

  /** Moves it unless it is somewhere else by now; returns its name when it was moved. */
  function moveIf(
    campaignId: string,
    wish: 'complete' | 'pause' | 'fail',
    reason: string,
    isSo: (tx: Tx) => Promise<boolean>,
  ): Promise<string | null> {
    return transaction(
      storage.db,
      async tx => {
        const { name, status } = await campaigns.state(tx, campaignId)
        if (status !== 'running' || !(await isSo(tx))) return null
        await campaigns.move(tx, campaignId, wish, { actor: SYSTEM_ACTOR, reason })
        return name
      },
      { name: `sending.${wish}`, priority: 'sending' },
    )
  }
  const always = (): Promise<boolean> => Promise.resolve(true)

  return {
    async completeIfDone(campaignId) {
      if (await queueStore.hasOpenMessages(storage.reader, campaignId)) return
      const name = await moveIf(campaignId, 'complete', '', async tx => {
        const { planState } = await campaigns.state(tx, campaignId)
        return planState === 'done' && !(await queueStore.hasOpenMessages(tx, campaignId))
      })
      if (name === null) return
      changed(campaignId)
      notice('success', `“${name}” is complete`, 'Every recipient has an outcome. The results are ready.', campaignId)
    },
    async pause(campaignId, reason) {
      const name = await moveIf(campaignId, 'pause', reason, always)
      if (name === null) return
      changed(campaignId)
      notice('warning', `“${name}” was paused`, reason, campaignId)
    },
    async warn(campaignId, reason) {
      const { name } = await campaigns.state(storage.reader, campaignId)
      notice('warning', `“${name}” may get into trouble`, reason, campaignId)
    },
    async fail(campaignId, reason) {
      const name = await moveIf(campaignId, 'fail', reason, always)
      if (name === null) return
      changed(campaignId)
      notice('error', `“${name}” cannot be sent`, reason, campaignId)
    },
    async sweep(campaignId) {
      let ended: number
      do {
        ended = await transaction(
          storage.db,
          tx => fateStore.cancelWaiting(tx, campaignId, clock.now(), CANCELLED_AT_ONCE),
          { name: 'sending.sweep' },
        )
      } while (ended === CANCELLED_AT_ONCE)
      changed(campaignId)
    },
    async onMoved(tx, campaignId, wish) {
      // The rest of a large one follows in parts (sweep): nothing of a campaign that has ended begins any more.
      if (wish === 'cancel' || wish === 'fail') {
        await fateStore.cancelWaiting(tx, campaignId, clock.now(), CANCELLED_AT_ONCE)
      }
      if (wish === 'resume') await accounts.setSetting(tx, resumedKey(campaignId), String(clock.now()))
    },
    async countsSince(campaignId) {
      return Number((await accounts.setting(storage.reader, resumedKey(campaignId))) ?? 0)
    },
  }
}
